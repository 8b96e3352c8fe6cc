/* SPDX-License-Identifier: MIT */
/*
 * How PM2 is to start the app: what the profile's settings say, and where they
 * name no script, what package.json and the folder do (package/package.h).
 */
#ifndef PM2_LAUNCH_H
#define PM2_LAUNCH_H

#include "base/error.h"
#include "package/package.h"
#include "profile/profile.h"

#include <jansson.h>
#include <stdbool.h>

struct launch {
	/* Where the app runs: pm2.cwd, else the vault's folder. Absolute;
	 * owned, as all below. */
	char *folder;
	/*
	 * The settings of pm2 as PM2 gets them, with script always. Script and
	 * interpreter are paths as seen from the folder, or names that PM2
	 * looks up in PATH.
	 */
	json_t *settings;
	bool sealed;        /* `aigenv run` starts it (pm2/sealed.h) */
	bool script_is_set; /* the profile names it; `start` is then empty */
	struct package_start start;
};

/* Of a profile with a PM2 app; `directory` is the vault's, absolute. */
void launch_find(const struct profile *profile, const char *directory,
	struct launch *launch);
void launch_release(struct launch *launch);

/*
 * Whether PM2 can start that script instead of the launch's own.
 * STATUS_INVALID with what and next, for a question of the wizard and for the
 * warnings below.
 */
bool launch_check_script(const struct launch *launch, const char *script,
	struct error *err) MUST_CHECK;

/* The same of a launch that was found, which may name no script. */
bool launch_check(const struct launch *launch, struct error *err) MUST_CHECK;

/* One sentence for people. */
typedef void launch_tell(void *context, const char *sentence);

/*
 * Tells what PM2 will stumble over, none of which makes the profile invalid: a
 * build may bring the file. Where an ecosystem file of the user's own says what
 * is started, whether values get into it. Nothing without an app.
 */
void launch_warn(const struct profile *profile, const char *directory,
	launch_tell *tell, void *context);

#endif
