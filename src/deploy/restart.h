/* SPDX-License-Identifier: MIT */
/*
 * Running a restart plan, and seeing that what is live afterwards is what was
 * rendered (DESIGN "PM2", --restart).
 */
#ifndef DEPLOY_RESTART_H
#define DEPLOY_RESTART_H

#include "deploy/runtime.h"
#include "drift/plan.h"

#include <stdbool.h>

struct restart_result {
	bool done;    /* every step ran and ended well */
	bool live;    /* all processes are up, stable, and in sync: as they were
			 found, also where a step failed */
	bool unknown; /* they are up, and whether in sync cannot be seen: an app
			 that reads its env file by itself, or a process behind
			 a restart command that does not tell */
};

/*
 * Runs the steps without a shell: pm2 from PATH, else from the PATH of the
 * daemon that runs, in the environment of `run --clean`. What they say goes to
 * the session's observer as notes, and so does why something is not live, as
 * warnings. `runtime` is what was found before, and is found anew.
 *
 * One at a time in one PM2_HOME: another is waited for. Nothing is run where
 * the app is another user's.
 */
struct restart_result restart_run(const struct restart_plan *plan,
	struct runtime *runtime, const struct workspace *workspace);

#endif
