/* SPDX-License-Identifier: MIT */
#ifndef UI_DIFF_INTERNAL_H
#define UI_DIFF_INTERNAL_H

#include "base/slice.h"
#include "ui/diff.h"

/* Appends a line, without its line end, as it may be shown; `instead` is the
 * one that comes in the place of one that goes, or NULL. */
void diff_mask_line(const struct diff *diff, enum diff_side side,
	const struct slice *line, const struct slice *instead, struct buf *out);

#endif
