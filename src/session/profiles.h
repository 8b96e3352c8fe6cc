/* SPDX-License-Identifier: MIT */
/* Whole profiles: copied under another name, and removed. */
#ifndef SESSION_PROFILES_H
#define SESSION_PROFILES_H

#include "profile/profile.h"
#include "session/session.h"

#include <jansson.h>

/*
 * On a session that was loaded: opens `from`, copies its settings and secrets
 * to `to` with a data key of its own and this identity as its only recipient
 * (whoever could read the one cannot read the other), and saves. STATUS_INVALID
 * where there is no such profile, or there is one of the new name; else as
 * session_open and session_save.
 */
bool session_copy_profile(struct session *session, const char *from,
	const char *to, struct error *err) MUST_CHECK;

/* On a session that was loaded: opens the profile that is to be removed, so
 * that it can be looked at before. STATUS_INVALID where there is none. */
bool session_open_for_removal(struct session *session, const char *name,
	struct error *err) MUST_CHECK;

/*
 * Removes it, and saves. *left gets the paths of files that were rendered for
 * it and are still there, in a list: a new reference.
 */
bool session_remove_profile(
	struct session *session, json_t **left, struct error *err) MUST_CHECK;

/*
 * Another profile of the vault that is open, which may have the same files and
 * the same app: the one with that index, as its settings stand in the file,
 * since not every one can be opened here. False where it is the session's own,
 * or makes no sense; else the caller releases it.
 */
bool session_read_other(
	const struct session *session, size_t index, struct profile *other);

#endif
