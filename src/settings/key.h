/* SPDX-License-Identifier: MIT */
/*
 * One plain setting by its dotted key, for `aigenv config`:
 *
 *     account_id            pm2.app           vars.LOG_LEVEL
 *     routes.mimo.model     outputs.0.path    x-note
 *
 * A route stands for its name, an output for its place in the list. How values
 * are written, settings/value.h says. What a value must be is checked
 * afterwards, on the whole profile (profile_from_settings).
 */
#ifndef SETTINGS_KEY_H
#define SETTINGS_KEY_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/* Sets it in `settings`, making route, pm2 or vars where they are not there.
 * STATUS_INVALID for a key that is no setting, with the nearest one. */
bool settings_set(json_t *settings, const char *key, const char *value,
	struct error *err) MUST_CHECK;

/* Takes it out; a route without a member ("routes.mimo") goes whole. */
bool settings_unset(json_t *settings, const char *key, struct error *err)
	MUST_CHECK;

/*
 * The value of a key, or of all keys below it ("routes.mimo", "vars").
 * Borrowed. STATUS_INVALID where there is none.
 */
bool settings_get(json_t *settings, const char *key, json_t **value,
	struct error *err) MUST_CHECK;

/* Calls for each plain value in order, with its whole key. */
typedef void settings_visit(
	void *context, const char *key, const json_t *value);
void settings_each(json_t *settings, settings_visit *visit, void *context);

#endif
