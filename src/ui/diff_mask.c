/* SPDX-License-Identifier: MIT */
#include "ui/diff_internal.h"

#include "base/text.h"
#include "os/secret.h"

#include <string.h>

static void append_masked(struct buf *out, const char *value, size_t size)
{
	char mask[SECRET_MASK_SIZE];

	secret_mask(value, size, mask);
	buf_text(out, mask);
}

static bool is_plain(const struct diff *diff, enum diff_side side,
	const char *text, size_t size)
{
	return diff->is_plain &&
		diff->is_plain(diff->context, side, text, size);
}

/* Where blanks end, at or after `at`. */
static size_t skip_blanks(const char *line, size_t size, size_t at)
{
	while (at < size && (line[at] == ' ' || line[at] == '\t'))
		at++;
	return at;
}

static bool is_name_byte(char byte)
{
	return text_is_alphanumeric(byte) || byte == '_' || byte == '.' ||
		byte == '-';
}

/*
 * The value of an assignment, also of one that is commented out: returns where
 * it begins; 0 where the line is none.
 */
static size_t find_value(const char *line, size_t size)
{
	size_t at = skip_blanks(line, size, 0);

	while (at < size && line[at] == '#')
		at = skip_blanks(line, size, at + 1);
	if (size - at > 7 && memcmp(line + at, "export ", 7) == 0)
		at = skip_blanks(line, size, at + 7);
	size_t start = at;
	while (at < size && is_name_byte(line[at]))
		at++;
	bool named = at > start;
	at = skip_blanks(line, size, at);
	if (!named || at == size || (line[at] != '=' && line[at] != ':'))
		return 0;
	return at + 1;
}

/* The value without its quotes, so that the mask shows its own last bytes. */
static void append_masked_value(struct buf *out, const char *value, size_t size)
{
	while (size && text_is_space(value[size - 1]))
		size--;
	if (size >= 2 && (value[0] == '"' || value[0] == '\'') &&
		value[size - 1] == value[0]) {
		value++;
		size -= 2;
	}
	if (size)
		append_masked(out, value, size);
}

static void append_assignment(const struct diff *diff, enum diff_side side,
	const struct diff_line *line, struct buf *out)
{
	size_t first = skip_blanks(line->text, line->size, 0);
	size_t value = find_value(line->text, line->size);

	if (value && !is_plain(diff, side, line->text, line->size)) {
		redact(diff->redactor, line->text, value, out);
		append_masked_value(
			out, line->text + value, line->size - value);
	} else if (value || first == line->size || line->text[first] == '#') {
		redact(diff->redactor, line->text, line->size, out);
	} else {
		append_masked(out, "", 0);
	}
}

static bool ends_part(char byte)
{
	return text_is_space(byte) || strchr("\"'`,;(){}[]<>", byte);
}

/* How much the two have in common at one end, up to where a part of a line
 * begins: values that begin alike share nothing. */
static size_t common_size(const struct diff_line *a, const struct diff_line *b,
	size_t most, bool at_end)
{
	size_t whole = 0;

	for (size_t i = 0; i < most; i++) {
		size_t in_a = at_end ? a->size - 1 - i : i;
		size_t in_b = at_end ? b->size - 1 - i : i;

		if (a->text[in_a] != b->text[in_b])
			break;
		if (ends_part(a->text[in_a]))
			whole = i + 1;
	}
	return whole;
}

/* A line that goes. */
static void append_gone(const struct diff *diff, const struct diff_line *line,
	const struct diff_line *instead, struct buf *out)
{
	static const struct diff_line nothing = { "", 0 };
	const struct diff_line *other = instead ? instead : &nothing;
	size_t least = line->size < other->size ? line->size : other->size;
	size_t head = common_size(line, other, least, false);
	size_t tail = common_size(line, other, least - head, true);
	const char *part = line->text + head;
	size_t size = line->size - head - tail;

	redact(diff->redactor, line->text, head, out);
	if (is_plain(diff, DIFF_BEFORE, part, size))
		redact(diff->redactor, part, size, out);
	else if (size > 0)
		append_masked(out, "", 0);
	redact(diff->redactor, part + size, tail, out);
}

void diff_mask_line(const struct diff *diff, enum diff_side side,
	const struct diff_line *line, const struct diff_line *instead,
	struct buf *out)
{
	struct diff_line shown = *line;

	if (shown.size && shown.text[shown.size - 1] == '\r')
		shown.size--;
	if (diff->assignments)
		append_assignment(diff, side, &shown, out);
	else if (side == DIFF_BEFORE && diff->is_plain)
		append_gone(diff, &shown, instead, out);
	else
		redact(diff->redactor, shown.text, shown.size, out);
}
