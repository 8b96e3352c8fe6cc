/* SPDX-License-Identifier: MIT */
/*
 * Values that stand in a team's ecosystem file in plain text.
 */
#ifndef SETUP_OWN_VALUES_H
#define SETUP_OWN_VALUES_H

#include "setup/setup.h"

/* A member of the answers that is an object, made where it is not there. */
json_t *own_values_member(json_t *answers, const char *name);

/*
 * What the env of the named apps (one text or a list; of all apps without
 * one), and over it the env_NAME of pm2.env or of the profile's name, says of
 * the gateway, its token and the routes' keys, into answers that have not said
 * it and a profile that does not have it.
 */
void own_values_take(
	struct setup *setup, const json_t *apps, const json_t *names);

/* Tells the observer which of the profile's variables the file sets itself. */
void own_values_warn(const struct setup *setup, const char *file,
	const json_t *apps, const json_t *names);

#endif
