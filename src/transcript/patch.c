/* SPDX-License-Identifier: MIT */
#include "transcript/patch_internal.h"

#include "base/number.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Of a file that a patch is for. */
#define LINES_MOST 9999999

/* What is left of a hunk: of the source as it was and as it is to be. */
struct hunk {
	uint64_t before;
	uint64_t after;
	bool counted;
};

/* "12,7": where it is, and how many lines; one where no number tells. */
static bool take_range(struct slice *line, const char *sign, uint64_t *count)
{
	size_t end = 0;

	if (!slice_begins(*line, sign))
		return false;
	*line = slice_from(*line, 1);
	while (end < line->size && line->at[end] != ' ')
		end++;
	struct slice range = slice_first(*line, end);
	size_t comma = slice_find(range, ',');
	struct slice size = slice_from(range, comma + 1);
	uint64_t start;

	*line = slice_from(*line, end + 1);
	*count = 1;
	return number_parse(range.at, comma, 0, LINES_MOST, &start) &&
		(comma == range.size ||
			number_parse(size.at, size.size, 0, LINES_MOST, count));
}

/* "@@ -138,8 +138,7 @@ def call():", and "@@" or "@@ def call():" of programs
 * that do not count. */
static bool read_head(struct slice line, struct hunk *hunk)
{
	if (!slice_begins(line, "@@"))
		return false;
	struct slice rest = slice_from(line, 3);

	hunk->counted = take_range(&rest, "-", &hunk->before) &&
		take_range(&rest, "+", &hunk->after) &&
		slice_begins(rest, "@@");
	return hunk->counted || line.size == 2 || line.at[2] == ' ';
}

static uint64_t one_less(uint64_t count)
{
	return count > 0 ? count - 1 : 0;
}

/* False where the line is none of the hunk's, which is over. Editors take the
 * blank off an empty line. */
static bool take_line(struct hunk *hunk, struct slice line)
{
	char sign = line.size > 0 ? *line.at : ' ';

	if (hunk->counted && hunk->before == 0 && hunk->after == 0)
		return sign == '\\';
	if (!strchr("+- \\", sign) || (line.size == 0 && !hunk->counted))
		return false;
	if (sign == '-' || sign == ' ')
		hunk->before = one_less(hunk->before);
	if (sign == '+' || sign == ' ')
		hunk->after = one_less(hunk->after);
	return true;
}

/* The size of the hunk that begins with the text, its head and its lines, or
 * 0. */
static size_t hunk_size(struct slice text)
{
	struct hunk hunk = { 0 };
	struct slice rest = text;
	struct slice line;
	size_t size;

	if (!slice_take_line(&rest, &line) || !read_head(line, &hunk))
		return 0;
	do
		size = text.size - rest.size;
	while (slice_take_line(&rest, &line) && take_line(&hunk, line));
	return size;
}

/* From "```diff" up to the fence that closes it, where something in it is new
 * or a hunk begins: with nothing but "-" in front, a red error stands there. */
static size_t block_size(struct slice text)
{
	struct slice rest = text;
	struct slice line;
	bool changes = false;

	if (!slice_take_line(&rest, &line) ||
		!slice_begins(slice_skip_blanks(line), "```diff"))
		return 0;
	while (slice_take_line(&rest, &line) &&
		!slice_is(slice_trimmed(line), "```"))
		changes |= slice_begins(line, "+") || slice_begins(line, "@@");
	return changes ? text.size - rest.size : 0;
}

void patch_strip(struct buf *text)
{
	struct slice rest = { text->data, text->size };
	char *out = text->data;
	struct slice line;

	while (rest.size > 0) {
		size_t size = block_size(rest);

		if (size == 0)
			size = hunk_size(rest);
		struct slice from = rest;
		rest = slice_from(rest, size);
		if (size > 0 || !slice_take_line(&rest, &line))
			continue;
		size = from.size - rest.size;
		memmove(out, from.at, size);
		out += size;
	}
	buf_truncate(text, (size_t)(out - text->data));
}
