/* SPDX-License-Identifier: MIT */
#ifndef UI_DIFF_INTERNAL_H
#define UI_DIFF_INTERNAL_H

#include "ui/diff.h"

struct diff_line {
	const char *text; /* borrowed, without its line end */
	size_t size;
};

/* Appends a line as it may be shown; `instead` is the one that comes in the
 * place of one that goes, or NULL. */
void diff_mask_line(const struct diff *diff, enum diff_side side,
	const struct diff_line *line, const struct diff_line *instead,
	struct buf *out);

#endif
