/* SPDX-License-Identifier: MIT */
/*
 * How things stand on this machine: files, processes and PM2's saved list
 * against the vault, secrets' ages, when each route was last proven. As the
 * document of `status --json`; no value is in it.
 */
#ifndef DEPLOY_STATUS_H
#define DEPLOY_STATUS_H

#include "session/workspace.h"

#include <jansson.h>
#include <stdbool.h>

struct status_finding {
	bool drifted; /* a file, a process or the saved list has other values
			 than the vault, or an app does not run where PM2
			 does */
	bool unread;  /* PM2 is there and does not say what it runs, or an
			 output cannot be compared: nothing is known of it */
};

/*
 * One profile's record. The workspace has it open. New reference; NULL with
 * STATUS_LOCKED_OUT where a template was tampered with. An output that cannot
 * be compared for another reason is told, and the rest goes on.
 */
json_t *status_of_profile(struct workspace *workspace,
	struct status_finding *found, struct error *err);

/* The whole document around such records; takes the reference. */
json_t *status_document(const struct session *session, json_t *profiles);

#endif
