/* SPDX-License-Identifier: MIT */
/* Texts of a profile: those of its settings, and those that defaults made. */
#include "profile/settings_internal.h"

#include "base/memory.h"

const char *profile_keep(struct profile *profile, char *owned)
{
	profile->kept = memory_grow(
		profile->kept, profile->kept_count, sizeof(*profile->kept));
	profile->kept[profile->kept_count++] = owned;
	return owned;
}
