/* SPDX-License-Identifier: MIT */
/*
 * What runs under PM2 against what a profile has: which processes hold other
 * values, which were started otherwise than is set, what the next boot would
 * bring back. Values are compared here, and never leave.
 *
 *     live_read(&live)              what runs (live/live.h)
 *     drift_find(&drift, &wanted, &live)
 *     restart_plan(...)             what is to be run (drift/plan.h)
 *
 * Source of the rules: DESIGN "PM2", and what was measured of PM2: its restart
 * merges variables and takes in no changed script, arguments, cwd, interpreter,
 * node_args, instances or exec_mode.
 */
#ifndef DRIFT_DRIFT_H
#define DRIFT_DRIFT_H

#include "live/live.h"
#include "profile/profile.h"
#include "profile/variables.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* What should be live. All borrowed, for as long as the drift is used. */
struct drift_wanted {
	const struct profile *profile; /* with a PM2 app */
	const struct variables *variables;
	const char *directory; /* the vault's; absolute */
	const char *vault;     /* its file's absolute path */
	/* Names that this profile once gave to PM2 and has no more, and apps
	 * that it ever gave: lists of texts, or NULL. */
	const json_t *lost_names;
	const json_t *lost_apps;
	/* The apps of the file that aigenv wraps, each as PM2 gets it
	 * (ecosystem_ask); NULL: there is none, or it is not known. */
	const json_t *own_apps;
	int64_t env_written_ms; /* when the .env last changed; 0: not known */
};

/* How the app gets its variables (DESIGN "PM2"). */
enum drift_source {
	SOURCE_FILE,   /* an ecosystem file that aigenv rendered reads .env */
	SOURCE_SEALED, /* `aigenv run` starts it; PM2 stores no value */
	SOURCE_SHELL,  /* from the shell that called pm2: PM2 stores them */
	SOURCE_APP,    /* the app reads .env by itself */
};

enum drift_state {
	DRIFT_IN_SYNC,
	DRIFT_STALE,
	DRIFT_STOPPED,
	DRIFT_ABSENT,
};

struct drift_process {
	char *app;                          /* owned */
	const struct live_process *process; /* borrowed; NULL: absent */
	enum drift_state state;
	json_t *names; /* variables that differ; owned */
	json_t *lost;  /* of wanted->lost_names, those it still holds; owned */
	/* Of a sealed start: variables that PM2 stores all the same; owned */
	json_t *stored;
	/* Settings of pm2 that a restart does not take in ("script"); owned */
	json_t *settings;
	bool opening;       /* sealed, and aigenv has not become the app yet */
	bool given_up;      /* the profile has no app of that name any more */
	bool no_daemon;     /* no PM2 runs in this PM2_HOME */
	const char *detour; /* holds this name, whose address goes past the
			       gateway; or NULL. Static */
};

enum drift_dump {
	DUMP_ABSENT,
	DUMP_IN_SYNC,
	DUMP_STALE,
};

struct drift {
	enum drift_source source;
	struct drift_process *processes; /* owned */
	size_t count;
	/* Why PM2 could not start the app as it is set, where that is known: a
	 * process that runs is not to be deleted then. Owned; or NULL. */
	char *unstartable;
	/* With which --env the apps were started, where the profile has none
	 * (pm2.env); where none of them runs, one of the user's file that is
	 * called as the profile is. Owned; or NULL. */
	char *env, *env_offered;
	const json_t *lost_names; /* of what was wanted; borrowed */
	enum drift_dump dump, backup;
	/* An app of PM2's dump that does not run now: saving the list would
	 * lose it. Owned; NULL: all of them run. */
	char *unsaved;
};

/* With LIVE_UNKNOWN count is 0; with LIVE_NONE every app is absent. */
void drift_find(struct drift *drift, const struct drift_wanted *wanted,
	const struct live *live);
void drift_release(struct drift *drift);

/* "in_sync", "stale", ... as `status --json` has them. */
const char *drift_state_word(enum drift_state state);
const char *drift_dump_word(enum drift_dump dump);

/* Why it is not in sync, one sentence; NULL where it is. Owned. */
char *drift_reason(const struct drift_process *process);

/* Calls `use` with each name of pm2.app, "api,worker"; NULL has none. */
typedef void drift_use_app(void *context, const char *app);
void drift_each_app(const char *apps, drift_use_app *use, void *context);
bool drift_names_app(const char *apps, const char *app);

/* Whether one of the profile's apps is up and `opening`: what it will have is
 * not to be seen yet. */
bool drift_is_opening(const struct profile *profile, const struct live *live);

/* The template of the output that makes the ecosystem file, or NULL. */
const char *drift_ecosystem_template(const struct profile *profile);

/*
 * Of a process that is not PM2's, by the environment that it was started with:
 * how many of the variables it has, and how many with another value.
 */
void drift_compare_environ(const struct live_process *process,
	const struct variables *variables, size_t *held, size_t *other);

#endif
