/* SPDX-License-Identifier: MIT */
/*
 * What of a profile is to be changed after a diagnosis: the secrets that were
 * refused, or the setting that is wrong.
 */
#ifndef DEPLOY_REMEDY_H
#define DEPLOY_REMEDY_H

#include "gateway/gateway.h"
#include "settings/settings.h"

#define REMEDY_NAMES 2

struct remedy {
	/* NULL where none is known to be wrong: a call alone can tell. */
	const struct setting *setting;
	size_t route; /* the result's place in the profile */
	const char
		*names[REMEDY_NAMES]; /* secrets; borrowed from the profile */
	size_t count;
};

struct remedy remedy_of(
	const struct verify_result *result, const struct profile *profile);

#endif
