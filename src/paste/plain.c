/* SPDX-License-Identifier: MIT */
/*
 * A paste without what surrounds it in a README, an issue or a comment: of a
 * text with fences, what stands between them; the marks of lists, quotations
 * and block comments; the backticks around a whole line.
 */
#include "paste/paste_internal.h"

static bool is_fence(struct slice line)
{
	line = slice_skip_blanks(line);
	return slice_begins(line, "```") || slice_begins(line, "~~~");
}

/* "`NAME=value`", and "`URL`" at the end of a list's item. */
static struct slice without_backticks(struct slice line)
{
	line = slice_trimmed(line);
	if (line.size > 2 && *line.at == '`' &&
		slice_find(slice_from(line, 1), '`') == line.size - 2)
		return slice_from(slice_first(line, line.size - 1), 1);
	return line;
}

/* " * curl ..." of a comment, "> " of a quotation, "- `...`" of a list. A list
 * of YAML has no backticks. */
static struct slice without_mark(struct slice line)
{
	struct slice rest = slice_skip_blanks(line);

	if (slice_begins(rest, "* ") || slice_begins(rest, "> "))
		return slice_from(rest, 2);
	if (slice_begins(rest, "- `"))
		return without_backticks(slice_from(rest, 2));
	return slice_begins(rest, "`") ? without_backticks(rest) : line;
}

static bool has_fences(struct slice text)
{
	struct slice line;
	size_t fences = 0;

	while (slice_take_line(&text, &line))
		fences += is_fence(line);
	return fences > 1;
}

void plain_read(struct slice text, struct buf *out)
{
	bool fenced = has_fences(text);
	bool inside = false;
	struct slice line;

	while (slice_take_line(&text, &line)) {
		if (fenced && is_fence(line)) {
			inside = !inside;
			continue;
		}
		if (fenced && !inside)
			continue;
		line = without_mark(line);
		buf_append(out, line.at, line.size);
		buf_byte(out, '\n');
	}
}
