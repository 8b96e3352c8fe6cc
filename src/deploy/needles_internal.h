/* SPDX-License-Identifier: MIT */
#ifndef DEPLOY_NEEDLES_INTERNAL_H
#define DEPLOY_NEEDLES_INTERNAL_H

#include "os/secret.h"
#include "session/workspace.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A secret's value, as itself or as JSON spells it, to be looked for. */
struct needle {
	const char *name;           /* borrowed from the workspace */
	const struct secret *value; /* in the arena */
	bool is_old;
	bool found;
};

struct needles {
	struct needle *items; /* owned */
	size_t count;
	size_t longest;
	struct secret_arena arena;
};

/* The current and previous values of the profile's secrets. */
void needles_collect(
	struct needles *needles, const struct workspace *workspace);
void needles_release(struct needles *needles);

/*
 * Sets found of each that stands in the last `limit` bytes of a file. Returns
 * how many bytes were looked at; 0 too where it is no regular file or cannot be
 * read.
 */
size_t needles_look(struct needles *needles, const char *path, size_t limit);

#endif
