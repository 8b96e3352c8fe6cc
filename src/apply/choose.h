/* SPDX-License-Identifier: MIT */
/* Which output of a profile is meant. */
#ifndef APPLY_CHOOSE_H
#define APPLY_CHOOSE_H

#include "base/error.h"
#include "profile/profile.h"

#include <stdbool.h>

/*
 * By its path, or by its template; the first one where both are NULL. A
 * built-in template is taken also where no output has it, with its usual path.
 * *output borrows from the profile. STATUS_INVALID.
 */
bool choose_output(const struct profile *profile, const char *path,
	const char *template, struct profile_output *output, struct error *err)
	MUST_CHECK;

#endif
