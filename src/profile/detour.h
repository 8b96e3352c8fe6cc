/* SPDX-License-Identifier: MIT */
/*
 * Variables that take an app past its gateway without a word: SDKs read them by
 * themselves (the openai and anthropic packages, LiteLLM, LangChain and their
 * kin), whatever the app does with CF_AIG_BASE_URL.
 */
#ifndef PROFILE_DETOUR_H
#define PROFILE_DETOUR_H

#include "profile/profile.h"

#include <stdbool.h>

/* Their names, ended by NULL. */
extern const char *const detour_names[];
bool detour_is_name(const char *name);

/* Whether that address is none of the profile's routes: a variable of such a
 * name may well be what brings an SDK to the gateway. */
bool detour_is_elsewhere(const struct profile *profile, const char *address);

#endif
