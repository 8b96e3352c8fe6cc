/* SPDX-License-Identifier: MIT */
#ifndef DEPLOY_STEPS_INTERNAL_H
#define DEPLOY_STEPS_INTERNAL_H

#include "drift/plan.h"
#include "live/live.h"
#include "session/workspace.h"

enum steps_result {
	STEPS_NOT_BEGUN, /* there is no pm2 to run them */
	STEPS_FAILED,    /* one of them; those behind it did not run */
	STEPS_DONE,
};

/*
 * Runs the steps one after the other, as && would, without a shell: pm2 from
 * PATH, else from the PATH of the daemon in `live`. What pm2 says goes to the
 * session's observer, and how a step failed. No step hangs for ever.
 */
enum steps_result steps_run(const struct restart_plan *plan,
	const struct live *live, const struct workspace *workspace);

#endif
