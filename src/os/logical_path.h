/* SPDX-License-Identifier: MIT */
/*
 * Paths as a user sees them: below a symbolic link that he went through
 * (/srv/app/current), while the kernel knows what it leads to at the moment
 * (/srv/app/releases/12).
 */
#ifndef OS_LOGICAL_PATH_H
#define OS_LOGICAL_PATH_H

/*
 * The absolute path by which the file at `path` was reached, without "." and
 * "..": $PWD, where it is the current folder, and `path`. NULL where that does
 * not lead to the file, as ".." after a link may not. Owned.
 */
char *path_logical(const char *path);

/* chdir that keeps $PWD as path_logical needs it. -1 and errno on failure. */
int path_enter(const char *directory);

#endif
