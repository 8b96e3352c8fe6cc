/* SPDX-License-Identifier: MIT */
/* A key's variable that has another name than before. */
#ifndef PROFILE_RENAMED_KEY_H
#define PROFILE_RENAMED_KEY_H

#include <jansson.h>

/*
 * The variable that held the key of `route` in the settings before, where the
 * app reads it from another one now. NULL where there was none, or the provider
 * was another: a key never goes to another provider than its own. Borrowed from
 * `before`, which may be NULL.
 */
const char *renamed_key(const json_t *before, const json_t *route);

#endif
