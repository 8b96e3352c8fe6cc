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
 * it, but cannot replace ours. STATUS_LOCKED_OUT at `path`, about `what` ("the
 * vault"); what to do is the caller's to say.
 */
bool owner_check(const char *path, const struct stat *status, const char *what,
	struct error *err) MUST_CHECK;

/* Whether somebody other than root and the user can make files in a folder. */
bool owner_shares_folder(const struct stat *folder);

#endif
