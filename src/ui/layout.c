/* SPDX-License-Identifier: MIT */
#include "ui/layout.h"

#include "base/memory.h"
#include "base/text.h"
#include "ui/style.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A last column narrower than this reads badly. */
#define LEAST_COLUMN 24

void layout_blanks(struct buf *out, size_t count)
{
	while (count--)
		buf_byte(out, ' ');
}

/*
 * Up to the next blank. A command in backquotes is one word; one that is wider
 * than the window goes on as a shell takes it (layout_command).
 */
static size_t word_size(const char *line, size_t size)
{
	const char *quote = memchr(line, '`', size);
	const char *blank = memchr(line, ' ', size);
	size_t plain = blank ? (size_t)(blank - line) : size;
	size_t left = quote ? size - (size_t)(quote + 1 - line) : 0;
	const char *end = quote ? memchr(quote + 1, '`', left) : NULL;

	if (!end || (size_t)(quote - line) > plain)
		return plain;
	size_t whole = (size_t)(end - line);
	while (whole < size && line[whole] != ' ')
		whole++;
	return whole;
}

/* A word of a shell, with the blanks between its quotes: 'it'\''s a word'. */
static size_t shell_word_size(const char *text, size_t size)
{
	char quote = '\0';
	size_t at = 0;

	for (; at < size && (quote || text[at] != ' '); at++) {
		if (text[at] == '\\' && quote != '\'' && at + 1 < size)
			at++;
		else if (quote ? text[at] == quote
			       : text[at] == '\'' || text[at] == '"')
			quote = quote ? '\0' : text[at];
	}
	return at;
}

/* In lines that end in a backslash, so that it can be copied as it stands;
 * returns the column where it ends. */
static size_t layout_command(struct buf *out, const char *text, size_t size,
	const struct layout *layout, size_t column)
{
	for (size_t at = 0; at < size;) {
		size_t length = shell_word_size(text + at, size - at);
		size_t width = style_width(text + at, length);
		size_t end = at + length < size ? strlen(" \\") : 0;

		if (at && column + 1 + width + end > layout->width) {
			buf_text(out, " \\\n");
			layout_blanks(out, layout->indent);
			column = layout->indent;
		} else if (at) {
			buf_byte(out, ' ');
			column++;
		}
		buf_append(out, text + at, length);
		column += width;
		at += length + (at + length < size);
	}
	return column;
}

/* One line of the text, broken between words; returns where it ended. */
static void layout_words(struct buf *out, const char *line, size_t size,
	const struct layout *layout, size_t column)
{
	bool first = true;

	for (size_t at = 0; at < size;) {
		size_t length = word_size(line + at, size - at);
		if (length == 0) {
			at++;
			continue;
		}
		size_t width = style_width(line + at, length);
		if (!first && column + 1 + width > layout->width) {
			buf_byte(out, '\n');
			layout_blanks(out, layout->indent);
			column = layout->indent;
		} else if (!first) {
			buf_byte(out, ' ');
			column++;
		}
		column = layout_command(out, line + at, length, layout, column);
		at += length;
		first = false;
	}
}

void layout_label(struct buf *out, const char *label, size_t width)
{
	size_t used = text_width(label, strlen(label));

	buf_text(out, label);
	layout_blanks(out, used < width ? width - used : 0);
}

void layout_text(struct buf *out, const char *text, const struct layout *layout)
{
	size_t column = layout->column;

	for (;;) {
		size_t size = strcspn(text, "\n");
		if (text[0] == ' ')
			buf_append(out, text, size);
		else
			layout_words(out, text, size, layout, column);
		if (text[size] == '\0')
			return;
		text += size + 1;
		buf_byte(out, '\n');
		if (*text != '\n' && *text != '\0')
			layout_blanks(out, layout->indent);
		column = layout->indent;
	}
}

#define STYLES STYLE_END STYLE_BOLD STYLE_DIM STYLE_GOOD STYLE_BAD STYLE_WARN

/* Columns in front of a label's text: a longer gap is no label's. */
#define MOST_LABEL 20

/* A blank, or a mark of a style, which takes no column. */
static bool is_gap(char byte)
{
	return byte == ' ' || (byte && strchr(STYLES, byte));
}

/* Where the text of a line begins that goes on below itself, in bytes. */
static size_t find_text(const char *line, size_t size)
{
	size_t start = 0;
	size_t mark = 0;

	while (start < size && is_gap(line[start]))
		start++;
	for (size_t at = start; at + 2 < size && at < MOST_LABEL; at++) {
		if (line[at] != ' ' || line[at + 1] != ' ')
			continue;
		while (at < size && is_gap(line[at]))
			at++;
		return at;
	}
	while (start + mark < size && line[start + mark] != ' ')
		mark++;
	/* A sign of ours is no ASCII: "a" may be a word. */
	bool is_mark = style_width(line + start, mark) == 1 && mark > 2 &&
		start + mark < size;
	return is_mark ? start + mark + 1 : start;
}

void layout_lines(struct buf *out, const char *text, size_t size, size_t width)
{
	while (size > 0) {
		const char *end = memchr(text, '\n', size);
		size_t length = end ? (size_t)(end - text) : size;
		size_t before = find_text(text, length);
		size_t column = style_width(text, before);
		const struct layout layout = { width, column, column };

		buf_append(out, text, before);
		if (style_width(text, length) <= width)
			buf_append(out, text + before, length - before);
		else
			layout_words(out, text + before, length - before,
				&layout, column);
		if (end)
			buf_byte(out, '\n');
		length += end ? 1 : 0;
		text += length;
		size -= length;
	}
}

void table_add(struct table *table, const char *text)
{
	MEMORY_PUSH(table->cells, table->count, memory_text(text));
}

void table_add_all(struct table *table, const char *const *texts)
{
	for (; *texts; texts++)
		table_add(table, *texts);
}

static size_t cell_width(const char *cell)
{
	return style_width(cell, strlen(cell));
}

static size_t column_width(const struct table *table, size_t column)
{
	size_t widest = 0;

	for (size_t i = column; i < table->count; i += table->columns) {
		size_t width = cell_width(table->cells[i]);
		if (width > widest)
			widest = width;
	}
	return widest;
}

/* The columns before the last, padded; returns the column it ends at. */
static size_t render_head(const struct table *table, size_t row,
	const size_t *widths, size_t indent, struct buf *out)
{
	size_t column = indent;

	layout_blanks(out, indent);
	for (size_t i = 0; i + 1 < table->columns; i++) {
		const char *cell = table->cells[row + i];
		buf_text(out, cell);
		layout_blanks(out, widths[i] + 2 - cell_width(cell));
		column += widths[i] + 2;
	}
	return column;
}

static void trim_blanks(struct buf *out)
{
	while (out->size && out->data[out->size - 1] == ' ')
		buf_truncate(out, out->size - 1);
}

void table_render(
	const struct table *table, size_t indent, size_t width, struct buf *out)
{
	size_t widths[TABLE_COLUMNS] = { 0 };

	for (size_t i = 0; i < table->columns; i++)
		widths[i] = column_width(table, i);
	for (size_t row = 0; row + table->columns <= table->count;
		row += table->columns) {
		size_t column = render_head(table, row, widths, indent, out);
		const char *last = table->cells[row + table->columns - 1];
		struct layout layout = { width, column, column };

		if (column + LEAST_COLUMN > width &&
			column + cell_width(last) > width) {
			trim_blanks(out);
			buf_byte(out, '\n');
			layout.column = layout.indent = indent + 4;
			layout_blanks(out, layout.indent);
		}
		layout_text(out, last, &layout);
		trim_blanks(out);
		buf_byte(out, '\n');
	}
}

void table_release(struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		free(table->cells[i]);
	free(table->cells);
	*table = (struct table){ 0 };
}
