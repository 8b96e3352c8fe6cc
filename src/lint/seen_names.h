/* SPDX-License-Identifier: MIT */
/*
 * The names that an env file has so far: four bytes for each line of the file,
 * since a file of ten megabytes may have half a million. A hash table over the
 * file's own bytes, keyed at random.
 */
#ifndef LINT_SEEN_NAMES_H
#define LINT_SEEN_NAMES_H

#include "base/slice.h"

#include <stddef.h>
#include <stdint.h>

struct seen_names;

/* Borrows the bytes, of less than 128 MiB. Never NULL. */
struct seen_names *seen_names_new(const char *bytes, size_t size);
void seen_names_free(struct seen_names *seen);

/*
 * Where a name belongs. The table of a large file is more than a processor
 * keeps near: its place is asked for some rows before the name is put there,
 * and is near by then.
 */
struct seen_place {
	size_t at;
	uint32_t mark;
};
struct seen_place seen_names_place(
	const struct seen_names *seen, struct slice name);

/* Puts a name of these bytes there, one for each line at most. Returns the
 * offset of the one before, and 1; 0 where there is none. */
size_t seen_names_put(struct seen_names *seen, struct slice name,
	const struct seen_place *place);

#endif
