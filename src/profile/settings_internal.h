/* SPDX-License-Identifier: MIT */
/* What settings.c, routes.c and answers.c share. */
#ifndef PROFILE_SETTINGS_INTERNAL_H
#define PROFILE_SETTINGS_INTERNAL_H

#include "profile/profile.h"

/* Keeps an owned text as long as the profile lives. */
const char *profile_keep(struct profile *profile, char *owned);

/*
 * Fills *profile from profile->settings, which SETTINGS_WHOLE or SETTINGS_DRAFT
 * accepts, and checks its settings against each other. In a draft what is
 * missing stays NULL, and nothing is said of it. No base URL is made.
 */
bool profile_read(struct profile *profile, struct error *err) MUST_CHECK;

/* The same of the routes. */
bool routes_read(struct profile *profile, struct error *err) MUST_CHECK;

/* The base URL of each route. */
bool routes_join(struct profile *profile, struct error *err) MUST_CHECK;

#endif
