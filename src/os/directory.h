/* SPDX-License-Identifier: MIT */
/*
 * Folders and paths.
 */
#ifndef OS_DIRECTORY_H
#define OS_DIRECTORY_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Makes the folder and its parents, each 0700 and synced into its own parent:
 * what is put there later survives a power cut. STATUS_IO.
 */
bool directory_make(const char *path, struct error *err) MUST_CHECK;

/* Whether this user can make files in the folder; of one that is not there, in
 * the first above it that is. */
bool directory_is_writable(const char *path);

/*
 * Syncs an open folder; 0 or the errno value. Some file systems cannot
 * (EINVAL), which is none.
 */
int directory_sync(int folder) MUST_CHECK;

/* directory + "/" + name; the name alone where it is absolute. Owned. */
char *path_join(const char *directory, const char *name);

/* The folder part of a path ("." where there is none). Owned. */
char *path_directory(const char *path);

/* The last part of a path. Borrowed. */
const char *path_name(const char *path);

/* An absolute path with symbolic links resolved; NULL where it has none. */
char *path_resolve(const char *path);

/* The shortest way to write absolute path `to` as seen from `from`. Owned. */
char *path_relative(const char *from, const char *to);

/*
 * Whether relative `path`, seen from `directory`, stays inside it once symbolic
 * links are resolved; its last parts need not exist. Refuses absolute paths,
 * empty ones, "..", control characters, and what is in a .git: its config and
 * hooks name programs that git runs. STATUS_INVALID.
 */
bool path_check_inside(
	const char *directory, const char *path, struct error *err) MUST_CHECK;

/*
 * Paths as a user sees them: below a symbolic link that he went through
 * (/srv/app/current), while the kernel knows what it leads to at the moment
 * (/srv/app/releases/12).
 *
 * The absolute path by which the file at `path` was reached, without "." and
 * "..": $PWD, where it is the current folder, and `path`. NULL where that does
 * not lead to the file, as ".." after a link may not. Owned.
 */
char *path_logical(const char *path);

/* chdir that keeps $PWD as path_logical needs it. -1 and errno on failure. */
int path_enter(const char *directory);

#endif
