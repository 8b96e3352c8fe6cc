/* SPDX-License-Identifier: MIT */
/*
 * What main does before anything else (vault-format section 11): sodium_init,
 * no core dumps, not dumpable, closed standard descriptors opened to
 * /dev/null, SIGPIPE ignored (a write to a closed pipe is an error like any).
 */
#ifndef OS_HARDENING_H
#define OS_HARDENING_H

#include "base/error.h"

#include <stdbool.h>

bool hardening_apply(struct error *err) MUST_CHECK;

/* Undoes the core limit and SIGPIPE before exec of a user's program. */
void hardening_undo_for_child(void);

/* Whether memory can be locked at all (doctor). */
bool hardening_can_lock_memory(void);

#endif
