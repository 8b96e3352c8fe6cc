/* SPDX-License-Identifier: MIT */
#ifndef UI_DIFF_INTERNAL_H
#define UI_DIFF_INTERNAL_H

#include "ui/diff.h"

/* Appends one line, without its line end, as it may be shown. */
void diff_mask_line(const struct diff *diff, const char *line, size_t size,
	struct buf *out);

#endif
