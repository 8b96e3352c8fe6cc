/* SPDX-License-Identifier: MIT */
#ifndef DRIFT_DRIFT_INTERNAL_H
#define DRIFT_DRIFT_INTERNAL_H

#include "drift/drift.h"
#include "pm2/launch.h"

/* Whether a process, or a record of PM2's dump, holds that very value. */
bool holds(char *value, const struct variable *variable);

/* Sets names, lost and detour of a process that is up. */
void compare_variables(struct drift_process *found,
	const struct drift_wanted *wanted, enum drift_source source);

/* Whether what runs, or is saved, under that name is to end: an app that the
 * profile once gave to PM2, and that no file has any more. */
bool is_given_up(const struct drift_wanted *wanted, const char *app);

bool script_minds_sigint(const char *script);

/*
 * An app of an ecosystem file as PM2 gets it. False where that tells too little
 * to be compared. To be released as any launch.
 */
bool launch_of_own(const json_t *app, struct launch *launch);

/*
 * How the app is to be started, where that is known: from the rendered file, or
 * from the user's own. To be released as any launch.
 */
bool find_launch(const struct drift_wanted *wanted, const char *app,
	struct launch *launch);

/* Sets env and env_offered, where the profile has no pm2.env. */
void find_env(struct drift *drift, const struct drift_wanted *wanted,
	const struct live *live);

/* Appends the settings that differ. `running` is how many processes the app
 * has. */
void compare_launch(const struct live_process *process,
	const struct launch *launch, size_t running, json_t *settings);

void compare_dumps(struct drift *drift, const struct drift_wanted *wanted,
	const struct live *live);

#endif
