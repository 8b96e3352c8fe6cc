/* SPDX-License-Identifier: MIT */
/*
 * A program whose stdout and stderr come through a filter, on their way to
 * ours. As far as that goes, it is as if it ran in our place:
 *
 *  - signals that are sent to us go on to it; what the terminal sends, it gets
 *    by itself. Where job control stops it, we stop, and it goes on with us;
 *  - where nobody reads our stdout any more, nobody reads its;
 *  - where it closes its stdout, we close ours;
 *  - it is killed where we are;
 *  - its end is ours: what it has left running is not waited for.
 *
 * Where stdout and stderr are one file, they are one stream, and stay in order.
 */
#ifndef OS_RELAY_H
#define OS_RELAY_H

#include "base/attributes.h"
#include "base/buf.h"
#include "base/error.h"
#include "os/process.h"

#include <stdbool.h>

#define RELAY_STREAMS 2

/* Appends to `out` what is to be written of what came; with size 0 nothing
 * follows. */
typedef void relay_filter(
	void *stream, const char *bytes, size_t size, struct buf *out);

struct relay {
	const char *const *argv;
	const char *const *environment;
	relay_filter *filter;
	void *streams[RELAY_STREAMS]; /* stdout and stderr */
};

/*
 * Runs it to its end. False where it could not be started (then the caller is
 * the new process, which ends with this error as process_exec has it) or
 * attended to, and with STATUS_IO where it ended well and what it wrote could
 * not be written.
 */
bool relay_run(const struct relay *relay, struct process_result *result,
	struct error *err) MUST_CHECK;

/* Ends this process as that one ended: with its exit status, or by its signal.
 */
NORETURN void relay_end_as(const struct process_result *result);

#endif
