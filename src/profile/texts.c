/* SPDX-License-Identifier: MIT */
/* Texts of a profile: those of its settings, and those that defaults made. */
#include "profile/settings_internal.h"

#include "base/memory.h"

const char *profile_keep(struct profile *profile, char *owned)
{
	MEMORY_PUSH(profile->kept, profile->kept_count, owned);
	return owned;
}
