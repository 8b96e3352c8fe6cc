/* SPDX-License-Identifier: MIT */
/*
 * What runs of an opened profile, under PM2 or behind a restart command of its
 * own: read, compared, and of PM2 remembered as far as the profile has lost it
 * since.
 */
#ifndef DEPLOY_RUNTIME_H
#define DEPLOY_RUNTIME_H

#include "deploy/service.h"
#include "drift/drift.h"
#include "live/live.h"
#include "session/workspace.h"

/* All owned, but for what drift and wanted borrow from the workspace. */
struct runtime {
	struct live live;
	struct drift drift;
	struct drift_wanted wanted;
	json_t *lost_names, *lost_apps;
	char *vault;      /* its absolute path */
	json_t *own_apps; /* of the user's file, where one is wrapped; or NULL
			   */
	struct error own_error; /* why they are not known; status 0: they are */
	bool is_service;        /* it is not PM2 that runs the app, but this: */
	struct service service;
};

/*
 * Reads and compares. The workspace has its variables, and outlives it. Nothing
 * fails: live.state says what could be read.
 */
void runtime_find(struct runtime *runtime, const struct workspace *workspace);
void runtime_release(struct runtime *runtime);

/* Says what could not be read: a daemon that does not answer, or one that runs
 * elsewhere, where none runs here, or the user's own ecosystem file. */
void runtime_tell(
	const struct runtime *runtime, const struct observer *observer);

/* Whether processes of the profile's app run here at all, or PM2 gave up
 * starting them anew; and whether all that
 * should run here does, with what is to be live. */
bool runtime_runs_here(const struct runtime *runtime);
bool runtime_is_in_sync(const struct runtime *runtime);

/*
 * Before the outputs are remembered anew (plan_remember): which names the
 * profile has lost, and which apps it gives to PM2. To be followed by
 * opened_save_state, as is the next.
 */
void runtime_remember_lost(const struct workspace *workspace);

/* Forgets lost names and apps that nothing live holds any more. */
void runtime_forget_gone(const struct runtime *runtime, struct opened *opened);

#endif
