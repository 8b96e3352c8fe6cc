/* SPDX-License-Identifier: MIT */
/*
 * One writer of a vault at a time (vault-format section 9): flock on the
 * vault's folder, which leaves no file behind and dies with its process. Where
 * the file system has no such lock, `.aigenv.lock` beside the vault.
 */
#ifndef OS_LOCK_H
#define OS_LOCK_H

#include "base/error.h"

#include <stdbool.h>

struct lock {
	int file; /* -1 where nothing is held */
};

#define LOCK_NONE ((struct lock){ .file = -1 })

/*
 * Takes the lock on the folder; tries for `patience_ms`. STATUS_BUSY where
 * another process holds it (named where the system tells), STATUS_IO for all
 * else.
 */
bool lock_take(struct lock *lock, const char *directory, int patience_ms,
	struct error *err) MUST_CHECK;

void lock_release(struct lock *lock);

#endif
