/* SPDX-License-Identifier: MIT */
/* The search of one call: through files, and through what git has stored of
 * them. */
#ifndef LEAKS_SEARCH_INTERNAL_H
#define LEAKS_SEARCH_INTERNAL_H

#include "base/name_table.h"
#include "leaks/record_internal.h"

struct search {
	const struct leaks *leaks;
	struct tree *tree;
	struct scan *scan;
	struct record record;
	struct name_set told; /* "TAG PATH", "TAG/PATH" of a name */
};

void search_begin(
	struct search *search, const struct leaks *leaks, struct tree *tree);
void search_end(struct search *search);

/* Tells what was found since, less what was told of that path before. */
void search_tell(
	struct search *search, enum leak_place place, const char *path);

/* Tells values in the name; LEAK_TRACKED: git has it. */
void search_look_at_name(
	struct search *search, enum leak_place place, const char *path);

#endif
