/* SPDX-License-Identifier: MIT */
/*
 * Which commands bring what was rendered to the app (DESIGN "PM2", the table of
 * what is printed): as steps, and as one line that bash, dash, zsh and fish
 * read alike.
 */
#ifndef DRIFT_PLAN_H
#define DRIFT_PLAN_H

#include "drift/drift.h"

#include <jansson.h>
#include <stdbool.h>

struct restart_place {
	const char *vault_directory;   /* absolute */
	const char *current_directory; /* absolute: paths are shown from here */
	/* The profile has to be named: -p is not what would be chosen. */
	bool name_profile;
	const char *vault_option;     /* -f VAULT where it was given, or NULL */
	const char *directory_option; /* -C DIR, likewise */
};

struct restart_plan {
	json_t *steps; /* lists of words, each an argv; owned */
	char *command; /* the same, quoted, with && between; owned */
	char *reason;  /* sentences, one a line, where it is more than a plain
			  restart; or NULL. Owned */
};

/*
 * `drift` is what was found live; an empty one where nothing is known. False
 * where the profile has no PM2 app.
 */
bool restart_plan_make(struct restart_plan *plan, const struct profile *profile,
	const struct drift *drift, const struct restart_place *place);
/* The profile's own command, where it is not PM2 that runs the app: one step.
 */
void restart_plan_of_command(struct restart_plan *plan, const json_t *argv);
void restart_plan_release(struct restart_plan *plan);

#endif
