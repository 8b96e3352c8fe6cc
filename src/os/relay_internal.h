/* SPDX-License-Identifier: MIT */
/*
 * The program behind a relay, and the signals between it and us.
 */
#ifndef OS_RELAY_INTERNAL_H
#define OS_RELAY_INTERNAL_H

#include "os/process.h"

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>

struct relay_child {
	int files[2]; /* its stdout and stderr; -1: ours */
	pid_t pid;
	int signals;     /* a signalfd: all of them are held meanwhile */
	sigset_t before; /* the mask that we had */
	int stopped;     /* the signal of job control that stopped it, or 0 */
	bool ended;
	struct process_result result; /* once it has */
};

/* Forks. 0 or errno; in the new process, which has files and signals as the
 * program is to have them, pid is 0. */
int relay_child_start(struct relay_child *child);

/* Takes the signals that have come. Returns whether it has ended now; signals
 * are no longer held then. */
bool relay_child_attend(struct relay_child *child);

/* Stops us as it was stopped, until somebody lets us go on. */
void relay_child_stop_too(struct relay_child *child);

/* Kills and awaits it, where it runs. */
void relay_child_kill(struct relay_child *child);

#endif
