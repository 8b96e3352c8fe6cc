/* SPDX-License-Identifier: MIT */
/* Which pm2 is run, and which node it runs by. */
#ifndef DEPLOY_PM2_PROGRAM_H
#define DEPLOY_PM2_PROGRAM_H

#include "live/live.h"

struct pm2_program {
	char *file; /* owned; NULL: there is none */
	/* The PATH of the daemon that runs, where ours has no such program;
	 * owned; or NULL. */
	char *path;
};

/* "pm2" or "node": of PATH, else of the PATH of the daemon in `live`. */
struct pm2_program pm2_program_find(const struct live *live, const char *name);
void pm2_program_release(struct pm2_program *program);

#endif
