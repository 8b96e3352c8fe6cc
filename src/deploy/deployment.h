/* SPDX-License-Identifier: MIT */
/*
 * The main job (DESIGN "Commands", apply), in the order in which it is done:
 *
 *     deployment_prepare   check secrets and schema, render in memory
 *     deployment_check_files   no file of another profile is taken over
 *     deployment_verify    the test call
 *     deployment_write     stage, write, remember
 *     deployment_restart   what is left to do
 *
 * A failed step leaves every file as it was. Nothing is printed here: the plan
 * and the results are there to be shown, warnings go to the session's observer.
 * No lock is held but in deployment_write.
 */
#ifndef DEPLOY_DEPLOYMENT_H
#define DEPLOY_DEPLOYMENT_H

#include "apply/plan.h"
#include "deploy/runtime.h"
#include "drift/plan.h"
#include "gateway/gateway.h"
#include "session/workspace.h"

#include <stdbool.h>
#include <stdint.h>

struct deployment {
	/*
	 * Borrowed; outlives the deployment, its profile and variables do not
	 * change. Its session has the profile open, or none yet where it is
	 * new, until deployment_write.
	 */
	struct workspace *workspace;
	/* Said where Ctrl-C ends the test call: what is saved, how to go on.
	 * Borrowed; NULL: nothing. */
	const char *last_words;
	/* A secret with another value than the vault's present one, which a
	 * refusal says nothing about. Borrowed; NULL: all are the present. */
	const char *tried;
	/* A secret that this brings back. Borrowed; NULL: none. */
	const char *rolled_back;
	bool told; /* the plan's warnings were said: not again */
	struct plan plan;
	struct verify_results results; /* empty before the call */
	bool verified; /* the call was made: there are results */
	bool refused;  /* not one of the files could be written */
	bool written;
};

/* STATUS_INVALID, STATUS_LOCKED_OUT, as render_output has them; STATUS_IO. */
bool deployment_prepare(struct deployment *deployment, struct error *err)
	MUST_CHECK;

/*
 * STATUS_INVALID where another profile of the vault rendered a file that would
 * be written: two profiles on one file need a yes.
 */
bool deployment_check_files(
	const struct deployment *deployment, struct error *err) MUST_CHECK;

/* The same for an app that would be restarted, and that another profile which
 * is used on this machine names too; not for the default profile. */
bool deployment_check_app(
	const struct deployment *deployment, struct error *err) MUST_CHECK;

/*
 * Makes the test call; timeout_ms 0 for 60 s. STATUS_REFUSED or
 * STATUS_UNREACHABLE with the first route's diagnosis: results has them all.
 */
bool deployment_verify(struct deployment *deployment, int64_t timeout_ms,
	struct error *err) MUST_CHECK;

/* Writes under the vault's lock, and has this machine remember it. */
bool deployment_write(struct deployment *deployment, struct error *err)
	MUST_CHECK;

/*
 * The restart commands that are right for what runs now, after
 * deployment_write; false where the profile has neither a PM2 app nor a restart
 * command of its own. What PM2 runs is
 * read for it, and forgotten as far as it is gone.
 */
bool deployment_restart(struct deployment *deployment, struct runtime *runtime,
	struct restart_plan *plan);

void deployment_release(struct deployment *deployment);

#endif
