/* SPDX-License-Identifier: MIT */
/* What a .env.example says of each variable (template env-example). */
#ifndef APPLY_EXAMPLE_H
#define APPLY_EXAMPLE_H

#include "profile/profile.h"
#include "profile/variables.h"

#include <jansson.h>

/*
 * [{ name, value, required, secret, description, one_of, pattern, base_url_of,
 * token, key_of, model_of, unused }]: the variables in the order of writing,
 * then the further names of the schema. `value` is spelt as an env file has it,
 * and empty for a secret; `unused` is what is neither required nor has one;
 * what there is not is null. No secret is in it. New reference.
 */
json_t *example_data(
	const struct profile *profile, const struct variables *variables);

#endif
