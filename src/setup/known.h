/* SPDX-License-Identifier: MIT */
/*
 * What is known of a profile before anybody is asked: what answers say, and
 * what it has already.
 */
#ifndef SETUP_KNOWN_H
#define SETUP_KNOWN_H

#include "vault/vault.h"

#include <jansson.h>

/*
 * An env file says of a route what an app reads: provider, path, key, model. Of
 * a route to a provider that the profile has already the rest stays as it is.
 * `present` may be NULL.
 */
void known_complete_routes(json_t *answers, const json_t *present);

/*
 * The settings with the answers over them, and a member of `secrets` for each
 * that is there, without its value. A new reference. `present` and `opened` may
 * be NULL.
 */
json_t *known_of(const json_t *answers, const json_t *present,
	const struct opened *opened);

#endif
