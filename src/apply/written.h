/* SPDX-License-Identifier: MIT */
/* What aigenv wrote into the file that an output replaces. */
#ifndef APPLY_WRITTEN_H
#define APPLY_WRITTEN_H

#include "profile/profile.h"
#include "vault/vault.h"

#include <jansson.h>

/*
 * The names that this profile wrote there, and those of the profile that wrote
 * it last, where that is another one, as opened_get_rendered has them. New
 * reference; NULL for nothing. *owner gets the other profile's name, owned,
 * where the vault still has it; else it is left alone. `opened` NULL: the
 * profile is new.
 */
json_t *written_before(const struct profile_output *output, const char *profile,
	const struct vault *vault, const struct opened *opened, char **owner);

#endif
