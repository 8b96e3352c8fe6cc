/* SPDX-License-Identifier: MIT */
/*
 * What of a profile is to be changed after a diagnosis: the secrets that were
 * refused, or the setting that is wrong.
 */
#ifndef DEPLOY_REMEDY_H
#define DEPLOY_REMEDY_H

#include "gateway/gateway.h"
#include "settings/settings.h"

enum remedy_secrets {
	REMEDY_NO_SECRET = 0,
	REMEDY_TOKEN = 1,
	REMEDY_KEY = 2,
	REMEDY_BOTH = REMEDY_TOKEN | REMEDY_KEY,
};

struct remedy {
	enum remedy_secrets secrets;
	/* NULL where none is known to be wrong: a call alone can tell. */
	const struct setting *setting;
};

struct remedy remedy_of(enum diagnosis diagnosis);

#define REMEDY_NAMES 2

/*
 * The names of the secrets that a failed result is about, with the route that
 * it went through; returns how many. Borrowed from the profile.
 */
size_t remedy_names(const struct verify_result *result,
	const struct profile *profile, const char *names[REMEDY_NAMES]);

/* The place of the result's route in the profile. */
size_t remedy_route(
	const struct verify_result *result, const struct profile *profile);

#endif
