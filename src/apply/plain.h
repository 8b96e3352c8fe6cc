/* SPDX-License-Identifier: MIT */
/*
 * What of an output may be shown as it is. Anything else in a file may be
 * somebody's secret: what stands there today is plain only where aigenv itself
 * wrote it there as a plain value, and what will stand there only where the
 * profile has it as one.
 */
#ifndef APPLY_PLAIN_H
#define APPLY_PLAIN_H

#include "apply/rendered.h"

/*
 * Of an env file `text` is a whole line with an assignment, of any other file a
 * part of a line. `today`: it stands there now, and is not what will.
 */
bool plain_may_be_shown(const struct rendered *rendered,
	const struct variables *variables, bool today, const char *text,
	size_t size);

#endif
