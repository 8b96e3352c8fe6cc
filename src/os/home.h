/* SPDX-License-Identifier: MIT */
/*
 * Where a user's own files are: $XDG_CONFIG_HOME and $XDG_STATE_HOME where they
 * are absolute (a relative value is ignored, as the XDG specification says),
 * else .config and .local/state in $HOME, else in the home that the system's
 * user database has.
 */
#ifndef OS_HOME_H
#define OS_HOME_H

#include "base/error.h"

/*
 * The folder and "/" and `name`. Owned. NULL where there is no absolute home:
 * STATUS_LOCKED_OUT, as neither identity nor memory can be found then.
 */
char *path_config(const char *name, struct error *err) MUST_CHECK;
char *path_state(const char *name, struct error *err) MUST_CHECK;

/* That name in the home itself, where other programs keep theirs. */
char *path_home(const char *name, struct error *err) MUST_CHECK;

/* A path as people read it: from the current folder, or from ~. Owned. */
char *path_shown(const char *path);

#endif
