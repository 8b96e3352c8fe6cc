/* SPDX-License-Identifier: MIT */
/* Files that a profile rendered once and that are none of its outputs any more:
 * its secrets stand in them until they are gone. */
#ifndef APPLY_LEFT_OVER_H
#define APPLY_LEFT_OVER_H

#include "profile/profile.h"
#include "vault/vault.h"

#include <jansson.h>

/*
 * Their paths, as settings name them, in a list; a new reference. A file that
 * another profile has taken over, or that holds nothing of aigenv's any more,
 * is none. `profile` NULL: it has no outputs at all, as one that is removed.
 */
json_t *left_over_paths(const struct opened *opened,
	const struct profile *profile, const struct vault *vault);

#endif
