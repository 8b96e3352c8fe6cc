/* SPDX-License-Identifier: MIT */
/*
 * A change of the opened profile's settings: a copy is changed at will, what
 * belongs to the change is filled in, and only what is right as a whole becomes
 * the profile's. To be followed by session_save.
 */
#ifndef SESSION_SETTINGS_CHANGE_H
#define SESSION_SETTINGS_CHANGE_H

#include "session/session.h"

#include <jansson.h>
#include <stdbool.h>

struct settings_change {
	struct session *session; /* borrowed; session_begin_change was called */
	json_t *settings;        /* owned: as they will be */
};

/* Copies today's settings into change->settings. */
struct settings_change settings_change_begin(struct session *session);

/*
 * For a change of a single output: writes out those that the profile has by
 * default, so that none of them is dropped. STATUS_INVALID.
 */
bool settings_change_keep_outputs(
	struct settings_change *change, struct error *err) MUST_CHECK;

/*
 * Gives new routes what the catalogue knows of them, checks all of it, warns of
 * new variables that look like secrets, and sets the settings in memory where
 * *changed. STATUS_INVALID, STATUS_IO: a user's template.
 */
bool settings_change_finish(struct settings_change *change, bool *changed,
	struct error *err) MUST_CHECK;

void settings_change_release(struct settings_change *change);

#endif
