/* SPDX-License-Identifier: MIT */
/*
 * The one way a file is written: vault, outputs, identity and state alike
 * (vault-format section 9, "Atomic writer").
 *
 *     begin    resolve symbolic links of the target, open its folder, create
 *              .NAME.aigenv-XXXXXX beside it (O_EXCL, O_NOFOLLOW, 0600; a
 *              NAME with a dot in front gets no second one), with a lock on it
 *     write    all bytes, fsync, close; a failure is remembered
 *     commit   rename over the target, fsync the folder
 *     release  unlinks what was not committed
 *
 * Several files: stage all of them, then commit one by one; a failure before
 * the first commit changes nothing. A target that is no regular file (a pipe, a
 * device), or one that a private file's content would be given away with
 * (os/owner.h), is STATUS_INVALID; all other failures are STATUS_IO, and
 * err.next says that nothing was changed: who has changed something else by
 * then says so instead.
 */
#ifndef OS_ATOMIC_FILE_H
#define OS_ATOMIC_FILE_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum atomic_mode {
	ATOMIC_PRIVATE, /* 0600, also over an older file's wider mode */
	ATOMIC_SHARED,  /* 0644 by umask; an older file's mode and owner stay */
	ATOMIC_PASSING, /* private, and a crash may lose it: nothing is synced
			 */
};

struct atomic_file {
	int directory;   /* descriptor of the target's folder */
	char *target;    /* name in that folder */
	char *temporary; /* name in that folder; NULL once renamed */
	int lock;        /* descriptor that holds the temporary file's lock */
	enum atomic_mode mode;
	char *path; /* as the caller gave it, for messages */
};

/* A valid empty one; release does nothing. */
#define ATOMIC_FILE_NONE ((struct atomic_file){ .directory = -1, .lock = -1 })

/* Writes the content to a temporary file beside `path`, synced. */
bool atomic_file_stage(struct atomic_file *file, const char *path,
	enum atomic_mode mode, const void *bytes, size_t size,
	struct error *err) MUST_CHECK;

/* Makes it visible under its name. */
bool atomic_file_commit(struct atomic_file *file, struct error *err) MUST_CHECK;

/* Drops what was not committed; closes the folder. */
void atomic_file_release(struct atomic_file *file);

/* sweep, stage and commit in one; needs no lock. */
bool atomic_file_write(const char *path, enum atomic_mode mode,
	const void *bytes, size_t size, struct error *err) MUST_CHECK;

/*
 * As atomic_file_write with ATOMIC_PRIVATE, but refuses (STATUS_INVALID) where
 * the file exists: identities are never overwritten.
 */
bool atomic_file_create(const char *path, const void *bytes, size_t size,
	struct error *err) MUST_CHECK;

/* Whether there is none yet, for who is asked before it is made; refuses as
 * atomic_file_create. */
bool atomic_file_check_new(const char *path, struct error *err) MUST_CHECK;

/*
 * Removes the temporary files of our pattern that a crash left in the folder of
 * `path`, whatever file they were for. What a writer is still at has a lock,
 * and stays.
 */
void atomic_file_sweep(const char *path);

/* How many of these there are. */
size_t atomic_file_count_left(const char *path);

#endif
