/* SPDX-License-Identifier: MIT */
/*
 * The text of a vault as lines that can be compared, for `git diff`: names,
 * generations, times and settings, each line with its profile, in an order that
 * does not depend on the file's. Nothing is opened or verified, and no value,
 * key or signature of the file stands in them.
 */
#ifndef VERSIONS_OUTLINE_H
#define VERSIONS_OUTLINE_H

#include "base/buf.h"

#include <stddef.h>

/*
 * Appends the lines. Text that is no vault, as one that a merge left markers
 * in, is said to be none and comes as its own lines, with what looks like
 * encrypted data left out.
 */
void outline_format(const char *text, size_t size, struct buf *out);

/* Its line. */
#define OUTLINE_NO_VAULT "no vault of aigenv:\n"

#endif
