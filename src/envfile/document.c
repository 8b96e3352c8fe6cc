/* SPDX-License-Identifier: MIT */
#include "envfile/envfile_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#define MARK "\xef\xbb\xbf"
#define MARK_SIZE (sizeof(MARK) - 1)

/* After every edit: numbers the lines, and lists those that assign. */
static void number_lines(struct envfile *document)
{
	size_t number = 1;

	free(document->entries);
	document->entries =
		memory_array(document->count, sizeof(*document->entries));
	document->entry_count = 0;
	for (size_t i = 0; i < document->count; i++) {
		struct line *line = &document->lines[i];
		line->number = number;
		number += line->rows;
		if (line->name)
			document->entries[document->entry_count++] = i;
	}
}

static void insert_line(struct envfile *document, size_t at, struct line line)
{
	struct line *lines = memory_grow(
		document->lines, document->count, sizeof(*document->lines));

	memmove(lines + at + 1, lines + at,
		(document->count - at) * sizeof(*lines));
	lines[at] = line;
	document->lines = lines;
	document->count++;
}

static void delete_line(struct envfile *document, size_t at)
{
	struct line *lines = document->lines;

	line_release(&lines[at]);
	document->count--;
	memmove(lines + at, lines + at + 1,
		(document->count - at) * sizeof(*lines));
}

static void replace_line(
	struct envfile *document, size_t at, const char *bytes, size_t size)
{
	struct line line = make_line(bytes, size, document->raw);

	line_release(&document->lines[at]);
	document->lines[at] = line;
}

/* The line end that most lines have; LF where there are none or as many. */
static const char *usual_line_end(const char *bytes, size_t size)
{
	size_t lf = 0;
	size_t cr = 0;
	size_t both = 0;

	if (size == 0 || !memchr(bytes, '\r', size))
		return "\n";
	for (size_t i = 0; i < size; i++) {
		bool pair = bytes[i] == '\r' && i + 1 < size &&
			bytes[i + 1] == '\n';
		both += pair;
		cr += bytes[i] == '\r' && !pair;
		lf += bytes[i] == '\n';
		i += pair;
	}
	if (both > lf && both >= cr)
		return "\r\n";
	return cr > lf ? "\r" : "\n";
}

static bool check_bytes(const char *bytes, size_t size, struct error *err)
{
	if (size > ENVFILE_LIMIT) {
		error_set(err, STATUS_INVALID,
			_("the file is larger than 1 MiB, too large for an env "
			  "file"));
		return error_next(err, _("check that it is the right file"));
	}
	if (size >= 2 &&
		(memcmp(bytes, "\xff\xfe", 2) == 0 ||
			memcmp(bytes, "\xfe\xff", 2) == 0)) {
		error_set(err, STATUS_INVALID, _("the file is UTF-16"));
		return error_next(err, _("save it as UTF-8"));
	}
	const char *nul = size ? memchr(bytes, '\0', size) : NULL;
	if (nul) {
		error_set(err, STATUS_INVALID, _("the file has a NUL byte"));
		error_at(err, "line %zu",
			count_line_ends(bytes, (size_t)(nul - bytes)) + 1);
		return error_next(err, _("save it as UTF-8 text without it"));
	}
	return true;
}

static bool parse(const char *bytes, size_t size, bool raw,
	struct envfile **document, struct error *err)
{
	if (!check_bytes(bytes, size, err))
		return false;
	struct envfile *made = memory_new(sizeof(*made));

	made->raw = raw;
	made->line_end = usual_line_end(bytes, size);
	made->has_mark =
		size >= MARK_SIZE && memcmp(bytes, MARK, MARK_SIZE) == 0;
	size_t start = made->has_mark ? MARK_SIZE : 0;
	made->text_size = size - start;
	made->text = memory_copy(bytes + start, made->text_size);
	made->strings = memory_new(strings_size(made->text_size));
	char *strings = made->strings;
	struct scanner scanner = { .text = made->text,
		.size = made->text_size };
	for (size_t at = 0; at < scanner.size;) {
		struct line line = scan_line(&scanner, at, raw, &strings);
		at += line.size;
		insert_line(made, made->count, line);
	}
	number_lines(made);
	*document = made;
	return true;
}

bool envfile_parse(const char *bytes, size_t size, struct envfile **document,
	struct error *err)
{
	return parse(bytes, size, false, document, err);
}

bool envfile_parse_raw(const char *bytes, size_t size,
	struct envfile **document, struct error *err)
{
	return parse(bytes, size, true, document, err);
}

void envfile_free(struct envfile *document)
{
	if (!document)
		return;
	for (size_t i = 0; i < document->count; i++)
		line_release(&document->lines[i]);
	memory_free(document->text, document->text_size);
	memory_free(document->strings, strings_size(document->text_size));
	free(document->lines);
	free(document->entries);
	free(document);
}

void envfile_format(const struct envfile *document, struct buf *out)
{
	if (document->has_mark)
		buf_append(out, MARK, MARK_SIZE);
	for (size_t i = 0; i < document->count; i++)
		buf_append(
			out, document->lines[i].raw, document->lines[i].size);
}

size_t envfile_count(const struct envfile *document)
{
	return document->entry_count;
}

void envfile_entry(const struct envfile *document, size_t index,
	struct envfile_entry *entry)
{
	const struct line *line = &document->lines[document->entries[index]];

	*entry = (struct envfile_entry){
		.name = line->name,
		.value = line->value,
		.line = line->number,
		.column = line->spelling_at + 1,
	};
}

size_t envfile_next_stray(const struct envfile *document, size_t *at)
{
	while (*at < document->count) {
		const struct line *line = &document->lines[(*at)++];
		struct slice text =
			slice_trimmed((struct slice){ line->raw, line->size });
		if (!line->name && text.size > 0 && *text.at != '#')
			return line->number;
	}
	return 0;
}

/* The last assignment of that name before line `end`, or `end`. */
static size_t find_before(
	const struct envfile *document, const char *name, size_t end)
{
	for (size_t i = end; i-- > 0;) {
		const char *found = document->lines[i].name;
		if (found && text_equal(found, name))
			return i;
	}
	return end;
}

const char *envfile_get(const struct envfile *document, const char *name)
{
	size_t at = find_before(document, name, document->count);

	return at < document->count ? document->lines[at].value : NULL;
}

bool envfile_has_spelling(
	const struct envfile *document, const char *name, const char *spelling)
{
	size_t at = find_before(document, name, document->count);

	if (at == document->count)
		return false;
	const struct line *line = &document->lines[at];
	return text_is(line->raw + line->spelling_at,
		line->spelling_end - line->spelling_at, spelling);
}

/*
 * The comment after the value, as a line without its end. A backslash there
 * would make systemd take the next line for more of the comment.
 */
static void append_comment(const struct line *line, struct buf *out)
{
	size_t end = line->size - line->end_size;

	while (end > line->comment_at && text_is_space(line->raw[end - 1]))
		end--;
	buf_append(out, line->raw + line->comment_at, end - line->comment_at);
	if (line->raw[end - 1] == '\\')
		buf_byte(out, ' ');
}

/* Takes an assignment away; its comment stays as a line. */
static void dissolve(struct envfile *document, size_t at)
{
	const struct line *line = &document->lines[at];
	SCOPED(buf) struct buf text = BUF(line->size + 1);

	if (line->comment_at) {
		append_comment(line, &text);
		buf_append(&text, line->raw + line->size - line->end_size,
			line->end_size);
		replace_line(document, at, text.data, text.size);
	} else {
		delete_line(document, at);
	}
}

/* Gives the last line an end if it has none. */
static void finish_last_line(struct envfile *document)
{
	if (document->count == 0)
		return;
	struct line *last = &document->lines[document->count - 1];
	if (last->end_size)
		return;
	struct line made = end_line(last, document->line_end);
	line_release(last);
	*last = made;
}

/*
 * What stands before the name stays, in the form that most readers know: only
 * blanks (a tab is a part of the name to Node 20), and one after export.
 */
static void append_prefix(const struct line *line, struct buf *out)
{
	size_t blanks = 0;

	while (blanks < line->name_at && line->raw[blanks] == ' ')
		blanks++;
	if (memchr(line->raw, 'e', line->name_at)) {
		buf_append(out, line->raw, blanks);
		buf_text(out, "export ");
	} else if (blanks == line->name_at) {
		buf_append(out, line->raw, blanks);
	}
}

/* Puts the spelling into the line at `at`, and its comment above it. */
static void respell(struct envfile *document, size_t at, const char *spelling)
{
	const struct line *line = &document->lines[at];
	char end[3] = "";
	SCOPED(buf) struct buf prefix = BUF(line->size + sizeof("export "));

	memcpy(end, line->raw + line->size - line->end_size, line->end_size);
	append_prefix(line, &prefix);
	struct line made = compose_line(
		buf_cstring(&prefix), line->name, spelling, end, document->raw);
	if (made.size == line->size &&
		memcmp(made.raw, line->raw, line->size) == 0) {
		line_release(&made);
		return;
	}
	SCOPED(buf) struct buf comment = BUF(line->size + 3);
	if (line->comment_at) {
		append_comment(line, &comment);
		buf_text(&comment, *end ? end : document->line_end);
	}
	line_release(&document->lines[at]);
	document->lines[at] = made;
	if (comment.size) {
		insert_line(document, at,
			make_line(comment.data, comment.size, document->raw));
	}
}

void envfile_set(
	struct envfile *document, const char *name, const char *spelling)
{
	size_t last = find_before(document, name, document->count);

	if (last == document->count) {
		finish_last_line(document);
		insert_line(document, document->count,
			compose_line("", name, spelling, document->line_end,
				document->raw));
	} else {
		respell(document, last, spelling);
		/* Of two, Rust's dotenv takes the first. */
		last = find_before(document, name, document->count);
		for (size_t i = find_before(document, name, last); i < last;
			i = find_before(document, name, last)) {
			size_t before = document->count;
			dissolve(document, i);
			last -= before - document->count;
		}
	}
	number_lines(document);
}

void envfile_remove(struct envfile *document, const char *name)
{
	for (size_t i = find_before(document, name, document->count);
		i < document->count;
		i = find_before(document, name, document->count))
		dissolve(document, i);
	number_lines(document);
}

static bool same_entries(
	const struct envfile *a, const struct envfile *b, size_t *line)
{
	size_t count = envfile_count(a);
	struct envfile_entry x = { .line = 1 };
	struct envfile_entry y = { .line = 1 };

	for (size_t i = 0; i < count && i < envfile_count(b); i++) {
		envfile_entry(a, i, &x);
		envfile_entry(b, i, &y);
		*line = y.line;
		if (!text_equal(x.name, y.name) ||
			!text_equal(x.value, y.value))
			return false;
	}
	return count == envfile_count(b);
}

bool envfile_reads_back(const struct envfile *document, struct error *err)
{
	SCOPED(buf) struct buf bytes = BUF((size_t)4 * ENVFILE_LIMIT);
	struct envfile *again = NULL;
	size_t line = 1;

	envfile_format(document, &bytes);
	if (buf_failed(&bytes) ||
		!parse(buf_cstring(&bytes), bytes.size, document->raw, &again,
			err))
		return error_set(err, STATUS_INVALID,
			_("the file would grow beyond 1 MiB"));
	bool same = same_entries(document, again, &line);
	envfile_free(again);
	if (same)
		return true;
	error_set(err, STATUS_INVALID,
		_("this line's value would take in what follows: its quote is "
		  "not closed, or ends in a backslash"));
	error_at(err, "line %zu", line);
	return error_next(
		err, _("close the quote, or end the value otherwise"));
}
