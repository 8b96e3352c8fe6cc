/* SPDX-License-Identifier: MIT */
/*
 * What main does before anything else (vault-format section 11): sodium_init,
 * a stack that is large enough, no core dumps, not dumpable, closed standard
 * descriptors filled with ones that refuse, SIGPIPE and SIGXFSZ ignored (a
 * write to a closed pipe, or beyond the limit on a file's size, is an error
 * like any).
 */
#ifndef OS_HARDENING_H
#define OS_HARDENING_H

#include "base/error.h"

#include <signal.h>
#include <stdbool.h>

bool hardening_apply(struct error *err) MUST_CHECK;

/* Whether the system let it: no core dump of this process, which has secrets.
 */
bool hardening_forbids_dumps(void);

/* Undoes the core limit and the signals before exec of a user's program. */
void hardening_undo_for_child(void);

/* The signals that a program started by us is to get as they were. */
void hardening_signals_of_child(sigset_t *set);

#endif
