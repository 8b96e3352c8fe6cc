/* SPDX-License-Identifier: MIT */
/*
 * A change of the opened profile's settings: a copy is changed at will, what
 * belongs to the change is filled in, and only what is right as a whole is
 * saved.
 *
 *     settings_change_begin    after session_begin_change
 *     settings_change_set, settings_change_unset, as often as wanted
 *     settings_change_save
 */
#ifndef SESSION_SETTINGS_CHANGE_H
#define SESSION_SETTINGS_CHANGE_H

#include "session/session.h"

#include <jansson.h>
#include <stdbool.h>

struct settings_change {
	struct session *session; /* borrowed */
	json_t *settings;        /* owned: as they will be */
	bool takes_away;         /* a setting was taken out */
	bool concerns_pm2;
};

/* Copies today's settings into change->settings. */
struct settings_change settings_change_begin(struct session *session);

/*
 * One setting by its key (settings/key.h). A change of a single output keeps
 * the others that the profile has by default. STATUS_INVALID.
 */
bool settings_change_set(struct settings_change *change, const char *key,
	const char *value, struct error *err) MUST_CHECK;
bool settings_change_unset(struct settings_change *change, const char *key,
	struct error *err) MUST_CHECK;

/*
 * Gives new routes what the catalogue knows of them, checks all of it, and
 * saves it unless nothing is *changed. A variable that is set is held to the
 * schema; it warns of those that a new schema does not fit, of new variables
 * that look like secrets, and of what PM2 will stumble over. STATUS_INVALID,
 * STATUS_IO: a user's template; else as session_save.
 */
bool settings_change_save(struct settings_change *change, bool *changed,
	struct error *err) MUST_CHECK;

void settings_change_release(struct settings_change *change);

/*
 * Whether changed settings still make a profile, which `config` and `seal` ask
 * before anything is saved: every member, and that no two variables have one
 * name: those that aigenv renders, the plain ones and the secrets of the opened
 * profile; and that the schema can be met (profile/schema.h), whatever the
 * values are today. STATUS_INVALID.
 */
bool settings_check(const struct session *session, json_t *settings,
	struct error *err) MUST_CHECK;

#endif
