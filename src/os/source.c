/* SPDX-License-Identifier: MIT */
#include "os/source.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_source(const char *source)
{
	return text_equal(source, "-") || (source[0] == '@' && source[1]) ||
		(text_starts_with(source, "env:") && source[4]) ||
		(text_starts_with(source, "fd:") && source[3]);
}

static bool read_variable(
	const char *variable, struct buf *text, struct error *err)
{
	const char *value = getenv(variable);

	if (!value) {
		error_set(err, STATUS_INVALID,
			_("the environment has no variable %.128s"), variable);
		return error_next(err, _("export it, or use another source"));
	}
	buf_text(text, value);
	return true;
}

static bool read_number(const char *digits, struct buf *text, struct error *err)
{
	uint64_t number = 0;

	if (!number_parse(digits, strlen(digits), 0, INT_MAX, &number))
		return error_tell(err, STATUS_USAGE,
			_("fd: needs the number of an open descriptor"),
			_("fd:3 reads what the shell opened with 3<FILE"));
	return file_read_descriptor(
		(int)number, digits - strlen("fd:"), text, err);
}

/* What the source holds, as it is. */
static bool read_raw(const char *source, struct buf *text, struct error *err)
{
	if (text_equal(source, "-"))
		return file_read_descriptor(STDIN_FILENO, "stdin", text, err);
	if (source[0] == '@')
		return file_read_given(source + 1, text, NULL, NULL, err);
	if (text_starts_with(source, "env:"))
		return read_variable(source + 4, text, err);
	return read_number(source + 3, text, err);
}

static void drop_final_newline(struct buf *text)
{
	if (!text->size || text->data[text->size - 1] != '\n')
		return;
	buf_truncate(text, text->size - 1);
	if (text->size && text->data[text->size - 1] == '\r')
		buf_truncate(text, text->size - 1);
}

static bool check_value(const struct buf *text, struct error *err)
{
	if (buf_failed(text) || text->size > SOURCE_LIMIT)
		error_set(err, STATUS_INVALID,
			_("the value is larger than %d bytes"), SOURCE_LIMIT);
	else if (text->size && memchr(text->data, '\0', text->size))
		error_set(err, STATUS_INVALID, _("the value has a NUL byte"));
	else if (!text_is_utf8(buf_cstring(text), text->size))
		error_set(
			err, STATUS_INVALID, _("the value is not UTF-8 text"));
	else
		return true;
	return error_next(err,
		_("make sure that the source holds the key or token alone, as "
		  "text"));
}

bool source_read(const char *source, struct secret *value, struct error *err)
{
	/* Room for the newline that is dropped. */
	SCOPED(buf) struct buf text = BUF(SOURCE_LIMIT + 2);

	if (!is_source(source))
		return error_tell(err, STATUS_USAGE,
			_("a secret's value is not taken from the command "
			  "line: it would show in `ps` and in the shell's "
			  "history"),
			_("give its source: - (stdin), @FILE, env:VAR or "
			  "fd:N"));
	if (!read_raw(source, &text, err))
		return false;
	if (!text_starts_with(source, "env:"))
		drop_final_newline(&text);
	if (!check_value(&text, err))
		return false;
	secret_copy(value, buf_cstring(&text), text.size);
	return true;
}

bool source_read_line(const char *path, struct secret *value, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(SOURCE_LIMIT);
	struct slice rest;
	struct slice line = { "", 0 };

	if (!file_read_given(path, &text, NULL, NULL, err))
		return false;
	rest = (struct slice){ buf_cstring(&text), text.size };
	(void)slice_take_line(&rest, &line);
	secret_copy(value, line.at, line.size);
	return true;
}
