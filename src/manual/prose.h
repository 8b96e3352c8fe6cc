/* SPDX-License-Identifier: MIT */
/*
 * The plain text of the manual, taken apart for those who write it: prose_text
 * for a terminal, mdoc.h for man pages.
 *
 *     # A heading
 *
 *     A paragraph, on as many lines as its author
 *     likes, and `what is typed`.
 *
 *       a line that begins with a blank stays as it is
 *
 *     word :: what it means,
 *     on as many lines
 *     another :: the next row of the same table
 *     {exit-codes}
 *
 * A name in braces, alone on its line, stands for rows that the program knows
 * better than a text could (rows.h).
 */
#ifndef MANUAL_PROSE_H
#define MANUAL_PROSE_H

#include "base/buf.h"
#include "ui/layout.h"

#include <stdbool.h>
#include <stddef.h>

enum prose_kind {
	PROSE_HEADING,
	PROSE_PARAGRAPH, /* one line */
	PROSE_LITERAL,   /* lines, as they are in the source */
	PROSE_ROWS,
};

struct prose {
	enum prose_kind kind;
	bool spaced; /* a blank line is above it */
	struct buf text;
	struct table rows; /* word and meaning; PROSE_ROWS */
};

/*
 * The next part of the text at *at, which is moved behind it; false at its end.
 * Zero `part` before the first call and prose_release it after the last.
 */
bool prose_next(const char **at, struct prose *part);
void prose_release(struct prose *part);

/* Appends all of it, at most `columns` wide as far as words allow. */
void prose_text(const char *text, size_t columns, struct buf *out);

#endif
