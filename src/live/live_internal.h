/* SPDX-License-Identifier: MIT */
#ifndef LIVE_LIVE_INTERNAL_H
#define LIVE_LIVE_INTERNAL_H

#include "base/buf.h"
#include "live/live.h"

/* A thousand processes with 32 KiB of variables each, and what jansson takes
 * for them. */
#define LIVE_LIST_LIMIT ((size_t)32 * 1024 * 1024)
#define LIVE_LIST_VALUES ((size_t)1000 * 1000)

/* What a daemon said to one call. */
enum rpc_result {
	RPC_ANSWERED,
	RPC_NO_DAEMON,      /* nobody listens there */
	RPC_NOT_ALLOWED,    /* somebody else's */
	RPC_TIMED_OUT,      /* it took the call, and is silent */
	RPC_NOT_UNDERSTOOD, /* not what the daemons do that we know */
};

/*
 * Calls one method of the daemon in `home`, without arguments, and waits at
 * most `timeout_ms`. `answer` gets the JSON text {"args":[...]}; `daemon`,
 * which process it is.
 */
enum rpc_result rpc_call(const char *home, const char *method, int timeout_ms,
	struct buf *answer, pid_t *daemon);

/* Reads what a list's item says into *process; false where it is none. */
bool process_of_item(json_t *item, struct live_process *process);

/* Appends /proc/PID/NAME, which has NULs; false where it cannot be read or is
 * empty, as that of a process that has ended. */
bool read_of_process(pid_t pid, const char *name, struct buf *out);

/* /proc/PID/environ, or NULL where it cannot be read. Owned. */
char *read_environ(pid_t pid, size_t *size);

/* The value of `name` in such an environment, or NULL. Borrowed. */
const char *environ_value(const char *entries, size_t size, const char *name);

#endif
