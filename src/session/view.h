/* SPDX-License-Identifier: MIT */
/* Settings that are only looked at, also where nothing can be opened. */
#ifndef SESSION_VIEW_H
#define SESSION_VIEW_H

#include "session/session.h"

#include <jansson.h>

/*
 * The chosen profile's settings, from the beginning: opens the session where
 * this machine has an identity. Without one they can still be read, as anybody
 * can read them in the file: who sealed the profile is checked all the same,
 * and that these settings may not be the sealed ones is told. *settings is
 * borrowed from the session. STATUS_*: as session_open.
 */
bool view_chosen(struct session *session, json_t **settings, struct error *err)
	MUST_CHECK;

/*
 * Any profile's settings, on a session that was loaded; nothing is opened.
 * What is wrong with the profile in use is an error; with another one it is
 * told, and *settings is NULL. Borrowed from the vault.
 */
bool view_profile(struct session *session, const char *name, json_t **settings,
	struct error *err) MUST_CHECK;

#endif
