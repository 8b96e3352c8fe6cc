/* SPDX-License-Identifier: MIT */
/*
 * Whether changed settings still make a profile: what `config` and `seal` ask
 * before anything is saved.
 */
#ifndef SESSION_SETTINGS_CHECK_H
#define SESSION_SETTINGS_CHECK_H

#include "session/session.h"

#include <jansson.h>
#include <stdbool.h>

/*
 * Every member, and that no two variables have one name: those that aigenv
 * renders, the plain ones and the secrets of the opened profile; and that the
 * schema can be met (profile/schema.h), whatever the values are today.
 * STATUS_INVALID.
 */
bool settings_check(const struct session *session, json_t *settings,
	struct error *err) MUST_CHECK;

#endif
