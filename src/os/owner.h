/* SPDX-License-Identifier: MIT */
/*
 * Who can write a file or a folder. What aigenv finds by itself is used only
 * where nobody but the user, root, and who called sudo could have put it there
 * (git had the same hole: CVE-2022-24765).
 */
#ifndef OS_OWNER_H
#define OS_OWNER_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/stat.h>

/*
 * That it belongs to the user, to root or to SUDO_UID, and that nobody else can
 * write it: not the world, and no group but the owner's private one (umask 002
 * is fine). A folder with the sticky bit passes, as others can make files in
 * it, but cannot replace ours. STATUS_LOCKED_OUT at `path`; what to do
 * is the caller's to say.
 */
bool owner_check(const char *path, const struct stat *status, struct error *err)
	MUST_CHECK;

/*
 * Root gives a file that he replaces back to its owner, unless somebody other
 * than root and who called sudo could have made that file: `folder`, where it
 * is, can be written by others or by its group. True for other users, who
 * cannot give anything away.
 */
bool owner_may_keep(const struct stat *file, const struct stat *folder);

/*
 * The same for an output at `path`, with all folders from `top` down to it.
 * STATUS_INVALID where it would get what its owner should not see.
 */
bool owner_check_output(const char *top, const char *path, struct error *err)
	MUST_CHECK;

/* That refusal. Returns false. */
bool owner_refuse_output(
	const char *path, const struct stat *file, struct error *err);

#endif
