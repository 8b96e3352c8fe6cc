/* SPDX-License-Identifier: MIT */
/*
 * PM2: which restart command is right (DESIGN "Restart command"), as argv and
 * as a line quoted for a shell.
 */
#ifndef PM2_PM2_H
#define PM2_PM2_H

#include "base/buf.h"
#include "profile/profile.h"

#include <stdbool.h>

#define RESTART_ARGUMENTS 48 /* 32 apps among them */

struct restart {
	char *argv[RESTART_ARGUMENTS]; /* owned, ended by NULL */
	char *command;                 /* the same, quoted for a shell; owned */
};

struct restart_place {
	const char *vault_directory;   /* absolute */
	const char *current_directory; /* absolute: paths are shown from here */
	/* The profile has to be named: -p is not what would be chosen. */
	bool name_profile;
	const char *vault_option;     /* -f VAULT where it was given, or NULL */
	const char *directory_option; /* -C DIR, likewise */
};

/* False where the profile has no PM2 app. */
bool restart_command(const struct profile *profile,
	const struct restart_place *place, struct restart *restart);
void restart_release(struct restart *restart);

#endif
