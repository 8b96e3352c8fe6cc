/* SPDX-License-Identifier: MIT */
/* The table itself. */
#ifndef WORDING_SAYINGS_INTERNAL_H
#define WORDING_SAYINGS_INTERNAL_H

#include "wording/sayings.h"

extern const struct saying sayings_table[];
extern const size_t sayings_count;

/* How much of the text's beginning the words stand for, ignoring case; 0: they
 * do not. A blank of theirs may be a hyphen, a low line or nothing. */
size_t saying_match(
	const char *text, size_t size, const char *words, size_t length);

#endif
