/* SPDX-License-Identifier: MIT */
/*
 * What PM2 runs now: its list of processes, read through its daemon's socket,
 * without node and without starting a daemon. What is stored on disk for the
 * next boot: its dump and the backup of that.
 *
 * All of it holds every app's secrets: it is bounded in size and time, wiped
 * when it is freed, and never printed.
 *
 * Source of the formats: measured on PM2 7.0.4 and 5.4.3. The socket speaks AMP
 * frames (rpc.c); its methods are not documented, so the documented way, `pm2
 * jlist`, is taken where the answer is not understood.
 */
#ifndef LIVE_LIVE_H
#define LIVE_LIVE_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* One process of PM2's list. Texts are borrowed from its list. */
struct live_process {
	const char *app; /* the name; several processes may have the same */
	json_int_t pm_id;
	pid_t pid; /* 0 where it is not running */
	const char
		*status; /* PM2's word: "online", "stopped", "errored", ... */
	json_int_t restarts;
	json_int_t started_ms; /* since the epoch */
	bool cluster;
	const char *script;      /* absolute */
	const char *directory;   /* where it runs */
	const char *interpreter; /* "node", "none", a program's name or path */
	const json_t *args;      /* list of texts, one text, or NULL */
	const json_t *node_args; /* likewise */
	json_t *record; /* PM2's own (pm2_env): fields and variables mixed */
	char *environ;  /* /proc/PID/environ, NAME=VALUE each with its NUL;
			   owned; NULL before live_read_environ and where it
			   could not be read */
	size_t environ_size;
};

enum live_state {
	LIVE_READ,    /* there is a daemon, and it answered */
	LIVE_NONE,    /* no daemon runs in this PM2_HOME */
	LIVE_UNKNOWN, /* there is one, and what it runs cannot be read */
};

struct live {
	char *home; /* PM2_HOME: absolute; owned, as all below */
	enum live_state state;
	struct error why; /* LIVE_UNKNOWN: one sentence for people */
	pid_t daemon;     /* 0: not known */
	json_t *list;
	struct live_process *processes;
	size_t count;
};

/*
 * Reads PM2's list, within some two seconds (five where pm2 has to be asked).
 * What cannot be read is no failure: live->state says so.
 */
void live_read(struct live *live);
void live_release(struct live *live);

/* Reads what the process was started with, which PM2's list does not have. */
void live_read_environ(struct live_process *process);

/* The next process of that app behind `after` (NULL: the first), or NULL. */
const struct live_process *live_next(const struct live *live, const char *app,
	const struct live_process *after);

/* Whether it is the script itself that runs still, which is to become another
 * program: of a sealed start, `aigenv run` that has yet to open the vault. */
bool live_is_at_script(const struct live_process *process);

/* Whether PM2 keeps it up: "online", "launching", "waiting restart". */
bool live_is_up(const struct live_process *process);

/*
 * The value that the process was started with, as it sees it: of its own
 * environment where that can be read, else of PM2's record. NULL where it has
 * none. Owned; memory_free with its length wipes it.
 */
char *live_variable(const struct live_process *process, const char *name);

/* The same out of PM2's record alone, which a restart by name brings back. */
char *live_stored(const json_t *record, const char *name);

/* PM2's list as it was saved for the next boot; each item is a record. */
enum live_dump {
	LIVE_DUMP_NONE, /* there is no such file */
	LIVE_DUMP_READ,
	LIVE_DUMP_UNKNOWN, /* it cannot be read; error says why */
};

/* `backup` reads dump.pm2.bak. *list is a new reference, NULL unless READ. */
enum live_dump live_read_dump(
	const char *home, bool backup, json_t **list, struct error *err);

/* Reads such a record into *process, which borrows from it: a process that does
 * not run. False where it is none. */
bool live_process_of_record(json_t *record, struct live_process *process);

/* A daemon of PM2 in another folder or of another user, as its title says. */
struct live_daemon {
	pid_t pid;
	uid_t user;
	char *home; /* owned */
};

/*
 * The name of the other user whose folder `home` is, or under whose PM2
 * something runs whose path is in `folder` (absolute); NULL: none is known.
 * Owned.
 */
char *live_user_of_home(const char *home);
char *live_user_who_runs(const char *folder);

/* Whether it runs something whose path is in `folder` (absolute). */
bool live_runs_in(const struct live_daemon *daemon, const char *folder);

/* All that run here but the one in `home`; owned, and freed by the other. */
struct live_daemon *live_elsewhere(const char *home, size_t *count);
void live_elsewhere_free(struct live_daemon *daemons, size_t count);

/*
 * PATH of the daemon's environment: from cron and under sudo, the one in which
 * pm2 and node are found. NULL where it cannot be read, or the daemon is
 * another user's: then it would decide which program is run. Owned.
 */
char *live_daemon_path(const struct live *live);

/* Which pm2 is run, or which node it runs by. */
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
