/* SPDX-License-Identifier: MIT */
/*
 * Text laid out in columns: wrapped paragraphs and tables. Works on marked text
 * (ui/style.h) and knows wide characters. Widths are in terminal columns.
 */
#ifndef UI_LAYOUT_H
#define UI_LAYOUT_H

#include "base/buf.h"

#include <stddef.h>

/* Where a paragraph goes. */
struct layout {
	size_t width;  /* columns of a line */
	size_t column; /* where the first line starts: already written */
	size_t indent; /* of all further lines */
};

/*
 * Appends text, broken between words, without a final newline. A newline in it
 * breaks too; a line that begins with a blank is kept as it is, after the
 * indent. A word that is longer than a line stays whole: it may be a command.
 * So does what stands between backquotes.
 */
void layout_text(
	struct buf *out, const char *text, const struct layout *layout);

/* Appends so many blanks. */
void layout_blanks(struct buf *out, size_t count);

/* Appends a label, with blanks behind it to `width` columns; "" is one, too. */
void layout_label(struct buf *out, const char *label, size_t width);

/*
 * Appends lines that were made without a width. One that is too long is broken
 * between words and goes on below its own text: behind the blanks or the mark
 * (a sign and a blank) that it begins with, or, of "  label  text", below text.
 */
void layout_lines(struct buf *out, const char *text, size_t size, size_t width);

#define TABLE_COLUMNS 8

struct table {
	size_t columns;
	char **cells; /* owned, row by row */
	size_t count;
};

#define TABLE(column_count) ((struct table){ .columns = (column_count) })

/* Adds the next cell; a full row begins the next. Copies. */
void table_add(struct table *table, const char *text);
/* The next cells, ended by NULL. */
void table_add_all(struct table *table, const char *const *texts);
#define TABLE_ROW(table, ...)                                                  \
	table_add_all((table), (const char *const[]){ __VA_ARGS__, NULL })

/*
 * Appends the rows, each ended by a newline, `indent` blanks in front, two
 * between columns. The last column wraps under itself; where that leaves it
 * under 24 columns it starts on a line of its own.
 */
void table_render(const struct table *table, size_t indent, size_t width,
	struct buf *out);

void table_release(struct table *table);

#endif
