/* SPDX-License-Identifier: MIT */
/*
 * What runs the app where it is not PM2: the profile's own restart command
 * (setting `restart`), and the process that it is about. Whether that has the
 * new values is seen in the environment it was started with, where that can be
 * read; an app that reads its file by itself, or takes a signal, does not tell.
 */
#ifndef DEPLOY_SERVICE_H
#define DEPLOY_SERVICE_H

#include "session/workspace.h"

#include <sys/types.h>

enum service_state {
	SERVICE_UNKNOWN, /* it runs, or may run, with whatever values */
	SERVICE_ABSENT,  /* it does not run here */
	SERVICE_STALE,   /* its environment has other values */
	SERVICE_IN_SYNC,
};

/* "unknown", "absent", "stale", "in_sync". */
const char *service_state_word(enum service_state state);

struct service {
	enum service_state state;
	pid_t pid; /* of the main process; 0: it is not known, or there is none
		    */
};

/* The command as a list of words, or NULL. Borrowed from the profile. */
const json_t *service_command(const struct profile *profile);

/* What runs now. The workspace has its variables. */
void service_find(struct service *service, const struct workspace *workspace);

/*
 * Runs the command in the vault's folder, with environment_service, and finds
 * what runs then, once it has been the same process for two seconds. What it
 * says, and why it failed, goes to the session's observer. False where it
 * failed.
 */
bool service_restart(
	struct service *service, const struct workspace *workspace);

#endif
