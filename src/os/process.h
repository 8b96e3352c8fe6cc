/* SPDX-License-Identifier: MIT */
/*
 * Other programs: never through a shell, always with a deadline.
 */
#ifndef OS_PROCESS_H
#define OS_PROCESS_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>

struct process {
	const char *const
		*argv; /* ended by NULL; argv[0] is looked up in PATH */
	const char *const *environment; /* ended by NULL; NULL for our own */
	const char *directory;          /* to run in; NULL for ours */
	int timeout_ms;                 /* then it is killed; 0 for no limit */
	/* It is killed, too, where it neither printed nor used a processor for
	 * so long: it waits for something that does not come. 0: no limit */
	int silence_ms;
	int input;          /* descriptor of its stdin; 0: stays ours */
	struct buf *output; /* its stdout; NULL: stays ours */
	/* In place of `output`: gets its stdout piece by piece, which is wiped
	 * afterwards. False ends the program. NULL: none. */
	bool (*take)(void *context, const char *bytes, size_t size);
	void *context;
	struct buf *errors; /* its stderr; NULL: stays ours */
};

struct process_result {
	bool exited; /* by itself, so exit_code holds */
	int exit_code;
	int signal; /* that ended it, else 0 */
	bool timed_out;
	bool was_silent; /* killed for its silence */
};

/*
 * Runs it to its end, and reads what it said until then: a program that it has
 * left behind is not waited for. STATUS_IO where it could not be started
 * (err.next names the program that is missing); a program that fails is no
 * error here.
 */
bool process_run(const struct process *process, struct process_result *result,
	struct error *err) MUST_CHECK;

/*
 * Replaces this program by argv with that environment; returns on failure
 * alone, with what shells say then: STATUS_NOT_FOUND where there is no such
 * program, else STATUS_CANNOT_RUN. Undoes hardening first. As for shells and
 * execvp, a text that names no interpreter is a script of /bin/sh.
 */
bool process_exec(const char *const *argv, const char *const *environment,
	struct error *err) MUST_CHECK;

/* The absolute path of the program that this process runs. Owned. */
char *process_own(void);

/* The full path of a program in PATH, or NULL. Owned. */
char *process_find(const char *program);

/* The same in a PATH of its own; NULL: none. */
char *process_find_in(const char *program, const char *path);

#endif
