/* SPDX-License-Identifier: MIT */
#include "ui/diff_internal.h"

#include "base/i18n.h"
#include "base/key_block.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/secret.h"

#include <string.h>

/* Lines above one that are looked at: no key is longer. */
#define KEY_LINES 512

static void append_masked(struct buf *out, const char *value, size_t size)
{
	char mask[SECRET_MASK_SIZE];

	secret_mask_text(value, size, mask);
	buf_text(out, mask);
}

static bool is_plain(const struct diff *diff, enum diff_side side,
	const char *text, size_t size)
{
	return diff->is_plain &&
		diff->is_plain(diff->context, side, text, size);
}

static size_t name_size(struct slice text)
{
	size_t size = 0;

	while (size < text.size &&
		(text_is_name_byte(text.at[size]) || text.at[size] == '.' ||
			text.at[size] == '-'))
		size++;
	return size;
}

/*
 * The value of an assignment, also of one that is commented out: returns where
 * it begins; 0 where the line is none.
 */
static size_t find_value(struct slice line)
{
	struct slice rest = slice_skip_blanks(line);

	while (slice_take(&rest, "#"))
		rest = slice_skip_blanks(rest);
	(void)slice_take(&rest, "export ");
	rest = slice_skip_blanks(rest);
	size_t name = name_size(rest);
	rest = slice_skip_blanks(slice_from(rest, name));
	if (name == 0 || !(slice_begins(rest, "=") || slice_begins(rest, ":")))
		return 0;
	return line.size - rest.size + 1;
}

/* The value without its quotes, so that the mask shows its own last bytes. */
static void append_masked_value(struct buf *out, struct slice text)
{
	struct slice value = slice_trimmed(text);
	char quote = value.size >= 2 ? value.at[0] : '\0';

	if ((quote == '"' || quote == '\'') &&
		value.at[value.size - 1] == quote)
		value = (struct slice){ value.at + 1, value.size - 2 };
	if (value.size)
		append_masked(out, value.at, value.size);
}

/* Whether it stands below the -----BEGIN of a key, in whose base64 a line may
 * look like a name with nothing behind it. */
static bool is_in_key(
	const struct diff *diff, enum diff_side side, const struct slice *line)
{
	const char *bytes = side == DIFF_BEFORE ? diff->before : diff->after;
	struct slice above = *line;

	for (size_t i = 0; i < KEY_LINES && key_block_has(above); i++) {
		if (above.at == bytes)
			return false;
		const char *end = above.at - 1;
		const char *start = end;
		while (start > bytes && start[-1] != '\n')
			start--;
		above = (struct slice){ start, (size_t)(end - start) };
		if (slice_contains(above, KEY_BLOCK_BEGIN))
			return true;
	}
	return false;
}

static void append_assignment(const struct diff *diff, enum diff_side side,
	const struct slice *line, struct buf *out)
{
	struct slice text = slice_skip_blanks(*line);
	bool in_key = text.size && is_in_key(diff, side, line);
	size_t value = in_key ? 0 : find_value(*line);

	if (value && !is_plain(diff, side, line->at, line->size)) {
		redact(diff->redactor, line->at, value, out);
		append_masked_value(out, slice_from(*line, value));
	} else if (value || text.size == 0 || slice_begins(text, "#")) {
		redact(diff->redactor, line->at, line->size, out);
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
static size_t common_size(
	const struct slice *a, const struct slice *b, size_t most, bool at_end)
{
	size_t whole = 0;

	for (size_t i = 0; i < most; i++) {
		size_t in_a = at_end ? a->size - 1 - i : i;
		size_t in_b = at_end ? b->size - 1 - i : i;

		if (a->at[in_a] != b->at[in_b])
			break;
		if (ends_part(a->at[in_a]))
			whole = i + 1;
	}
	return whole;
}

/* A line of the old text that the new one does not have. */
static void append_gone(const struct diff *diff, const struct slice *line,
	const struct slice *instead, struct buf *out)
{
	static const struct slice nothing = { "", 0 };
	const struct slice *other = instead ? instead : &nothing;
	size_t least = line->size < other->size ? line->size : other->size;
	size_t head = common_size(line, other, least, false);
	size_t tail = common_size(line, other, least - head, true);
	const char *part = line->at + head;
	size_t size = line->size - head - tail;

	redact(diff->redactor, line->at, head, out);
	if (is_plain(diff, DIFF_BEFORE, part, size))
		redact(diff->redactor, part, size, out);
	else if (size > 0)
		append_masked(out, "", 0);
	redact(diff->redactor, part + size, tail, out);
}

/* Blanks and what cannot be seen, made visible; the rest as it is. */
static void append_visible(const struct diff *diff, struct slice text,
	bool at_end, struct buf *out)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.at[i] == '\t')
			buf_text(out, "\\t");
		else if (text.at[i] == '\r')
			buf_text(out, "\\r");
		else if (text.at[i] == ' ' && at_end)
			buf_text(out, "·");
		else
			redact(diff->redactor, text.at + i, 1, out);
	}
}

/* Where an inline comment begins behind a value, else the size. */
static size_t find_comment(struct slice text)
{
	size_t at = (size_t)(slice_skip_blanks(text).at - text.at);
	size_t end = at + 1;

	if (at < text.size && strchr("'\"`", text.at[at])) {
		while (end < text.size && text.at[end] != text.at[at])
			end++;
		at = end < text.size ? end + 1 : at;
	}
	for (; at < text.size; at++)
		if (text.at[at] == '#' &&
			(at == 0 || text_is_space(text.at[at - 1])))
			return at;
	return text.size;
}

/* A comment's # and the blanks behind it, and a \ at its end. */
static void append_remark(
	const struct diff *diff, struct slice text, struct buf *out)
{
	size_t begin = 0;

	while (begin < text.size && strchr("# \t", text.at[begin]))
		begin++;
	append_visible(diff, slice_first(text, begin), false, out);
	text = slice_from(text, begin);
	bool back = slice_ends(text, "\\");
	if (text.size > back)
		append_masked(out, "", 0);
	if (back)
		buf_byte(out, '\\');
}

/* A value with the blanks and quotes about it, and its comment's form. */
static void append_spelling(
	const struct diff *diff, struct slice text, struct buf *out)
{
	size_t comment = find_comment(text);
	struct slice value = slice_trimmed(slice_first(text, comment));
	size_t at = value.size ? (size_t)(value.at - text.at) : 0;
	char quote = value.size && strchr("'\"`", *value.at) ? *value.at : 0;
	bool closed =
		quote && value.size > 1 && value.at[value.size - 1] == quote;
	struct slice inner = { value.at + (quote != 0),
		value.size - (quote != 0) - closed };

	append_visible(diff, slice_first(text, at), value.size == 0, out);
	if (quote)
		buf_byte(out, quote);
	if (inner.size)
		append_masked(out, inner.at, inner.size);
	if (closed)
		buf_byte(out, quote);
	append_visible(diff,
		slice_from(slice_first(text, comment), at + value.size), true,
		out);
	append_remark(diff, slice_from(text, comment), out);
}

static void append_form(const struct diff *diff, enum diff_side side,
	struct slice line, struct buf *out)
{
	bool ends = slice_ends(line, "\n");
	struct slice text = slice_first(line, line.size - ends);
	bool returns = slice_ends(text, "\r");

	const size_t mark = text_mark_size(text.at, text.size);
	if (mark)
		buf_text(out, "\\ufeff");
	text = slice_from(text, mark);
	text = slice_first(text, text.size - returns);
	struct slice shown = slice_skip_blanks(text);
	size_t value = shown.size && !is_in_key(diff, side, &text)
		? find_value(text)
		: 0;
	bool remark = slice_begins(shown, "#");

	/* "# K=x" is put out of use; "# note: x" is not. */
	if (value && !(remark && text.at[value - 1] == ':')) {
		append_visible(diff, slice_first(text, value), false, out);
		append_spelling(diff, slice_from(text, value), out);
	} else if (shown.size == 0) {
		append_visible(diff, text, true, out);
	} else if (remark) {
		append_remark(diff, text, out);
	} else {
		append_masked(out, "", 0);
	}
	if (returns)
		buf_text(out, "\\r");
	if (!ends)
		buf_printf(out, " %s", _("(no line end)"));
}

void diff_mask_line(const struct diff *diff, enum diff_side side,
	const struct slice *line, const struct slice *instead, struct buf *out)
{
	struct slice shown = *line;

	if (diff->form) {
		append_form(diff, side, *line, out);
		return;
	}
	if (shown.size && shown.at[shown.size - 1] == '\r')
		shown.size--;
	if (diff->assignments)
		append_assignment(diff, side, &shown, out);
	else if (side == DIFF_BEFORE && diff->is_plain)
		append_gone(diff, &shown, instead, out);
	else
		redact(diff->redactor, shown.at, shown.size, out);
}
