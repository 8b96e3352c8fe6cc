/* SPDX-License-Identifier: MIT */
/*
 * Who called sudo. `sudo -E` keeps his HOME: what root makes there has to be
 * his, or he could not use it afterwards.
 */
#ifndef OS_SUDO_CALLER_H
#define OS_SUDO_CALLER_H

#include <stdbool.h>
#include <sys/stat.h>

bool sudo_caller_is(uid_t user);

/* Whether this is root, in a folder of the one who called sudo. */
bool sudo_caller_owns(const struct stat *folder);

#endif
