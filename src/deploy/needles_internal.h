/* SPDX-License-Identifier: MIT */
#ifndef DEPLOY_NEEDLES_INTERNAL_H
#define DEPLOY_NEEDLES_INTERNAL_H

#include "search/search.h"
#include "session/workspace.h"

#include <stdbool.h>
#include <stddef.h>

/* A secret's value, to be looked for in every spelling. */
struct wanted {
	const char *name; /* borrowed from the workspace */
	bool is_old;
	bool found;
};

struct wanted_values {
	struct wanted *items; /* owned */
	size_t count;
	struct needles *needles; /* owned; an item's number is its tag */
	struct scan *scan;       /* owned */
};

/* The current and previous values of the profile's secrets. They stay where
 * they are until they are released. */
void wanted_collect(
	struct wanted_values *wanted, const struct workspace *workspace);
void wanted_release(struct wanted_values *wanted);

/*
 * Sets found of each that stands in the last `limit` bytes of a file. Returns
 * how many bytes were looked at; 0 too where it is no regular file or cannot be
 * read.
 */
size_t wanted_look(
	struct wanted_values *wanted, const char *path, size_t limit);

#endif
