/* SPDX-License-Identifier: MIT */
#include "lint/lint_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "import/import.h"

#include <string.h>

/* What is shown of a line. */
#define EXCERPT_BEFORE 60
#define EXCERPT_AFTER 60
#define BULLET "•"

/* Whether the row's value may be read: it is no secret by name or by value.
 * When in doubt it is one. */
static bool is_plain(const struct envfile_row *row)
{
	SCOPED(buf) struct buf value = BUF(4096);
	char *name = slice_text(envfile_row_name(row));

	envfile_row_value(row, &value);
	bool plain = row->rows <= 1 && !buf_failed(&value) &&
		!import_is_secret(name, buf_cstring(&value)) &&
		(text_only(buf_cstring(&value), "0123456789.") ||
			text_starts_with(buf_cstring(&value), "http"));
	memory_free(name, strlen(name));
	return plain;
}

/* The column behind what is there. */
static size_t next_column(const struct buf *out)
{
	return 1 + text_width(buf_cstring(out), out->size);
}

/* The line within the row that has the offset. */
static void find_line(
	const struct envfile_row *row, size_t at, size_t *start, size_t *end)
{
	*start = at < row->text.size ? at : row->text.size;
	*end = *start;
	while (*start > 0 && row->text.at[*start - 1] != '\n')
		(*start)--;
	while (*end < row->text.size && row->text.at[*end] != '\n')
		(*end)++;
}

char *lint_excerpt(
	const struct envfile_row *row, size_t at, size_t length, size_t *caret)
{
	struct buf out = BUF(4096);
	size_t start = 0;
	size_t end = 0;
	const char *text = row->text.at;
	bool comment = slice_begins(slice_trimmed(row->text), "#");
	size_t hidden = row->name_end ? row->spelling_at : 0;
	/* Of a comment, where values are put out of use, only its form. */
	size_t remark = comment ? 0
		: row->name_end ? row->spelling_end
				: row->text.size;

	if (row->name_end && is_plain(row))
		hidden = row->spelling_end;
	find_line(row, at, &start, &end);
	if (at - start > EXCERPT_BEFORE) {
		start = text_cut(text, at - EXCERPT_BEFORE);
		buf_text(&out, "...");
	}
	*caret = 1;
	for (size_t i = start; i < end && i < at + EXCERPT_AFTER;) {
		uint32_t character = 0;
		size_t size = text_decode(text + i, end - i, &character);
		bool about = length <= 2 && i >= at && i < at + length;
		bool quote =
			i + 1 == row->spelling_end || i == row->spelling_at;
		bool shown = i < hidden || about ||
			(quote && strchr("'\"`", text[i])) ||
			(i >= remark && strchr(" \t#", text[i]));
		if (i == at)
			*caret = next_column(&out);
		if (!shown)
			buf_text(&out, BULLET);
		else if (size == 0 || text_is_invisible(character))
			buf_text(&out, text[i] == '\t' ? " " : "?");
		else
			buf_append(&out, text + i, size);
		i += size ? size : 1;
	}
	if (at >= end)
		*caret = next_column(&out);
	if (end > at + EXCERPT_AFTER)
		buf_text(&out, "...");
	return buf_take(&out, NULL);
}
