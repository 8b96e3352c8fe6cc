/* SPDX-License-Identifier: MIT */
/*
 * Secrets of a profile that lie in PM2's files: in its saved list and the
 * backup of that, which hold what PM2 stores of each app, and in logs, where an
 * app or an error put them. Found by value, current and previous; told by name.
 */
#ifndef DEPLOY_SPILL_H
#define DEPLOY_SPILL_H

#include "live/live.h"
#include "session/workspace.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct spilled {
	char *path;       /* absolute; owned */
	json_t *names;    /* of the secrets; owned */
	json_t *old;      /* those that the vault has as previous; owned */
	bool is_list;     /* PM2's saved list or its backup; else a log */
	bool others_read; /* by its mode, users beside its owner can */
	char *clear;      /* a command line that clears it; NULL where none
			   * does: PM2 stores what it gives to an app. Owned */
};

struct spill {
	struct spilled *items; /* owned */
	size_t count;
};

/*
 * Looks through PM2's saved lists, the logs in its folder and those of the
 * profile's apps: of each log the last 16 MiB, and 64 MiB of all. `may_save`:
 * `pm2 save` would store new values, and lose no app. Secrets under eight
 * characters are not looked for, nor what others' folders hold.
 */
void spill_find(struct spill *spill, const struct workspace *workspace,
	const struct live *live, bool may_save);
void spill_release(struct spill *spill);

/* One sentence with what is to be done; NULL: nothing. Owned. */
char *spill_advice(const struct spilled *spilled);

#endif
