/* SPDX-License-Identifier: MIT */
/*
 * What a template finds in scope (template/builtin.h lists it), as JSON.
 */
#ifndef APPLY_DATA_H
#define APPLY_DATA_H

#include "apply/rendered.h"
#include "pm2/launch.h"
#include "profile/profile.h"
#include "profile/variables.h"
#include "template/template.h"

#include <jansson.h>

/*
 * For an output, whose path is relative to the vault's directory. In the
 * place of each secret is a stand-in that `secrets` knows, for
 * template_options. New reference.
 */
json_t *template_data(const struct render_input *input,
	const struct profile_output *output, struct template_secrets *secrets);

/* The first output of template "env" that is not for docker alone, or NULL. */
const struct profile_output *find_env_output(const struct profile *profile);

/*
 * What built-in templates for systemd and containers find under `host`: this
 * machine's paths and user, as they are and as a unit of systemd spells them.
 */

/* The object `host` (template/builtin.h); how the app is started is `launch`
 * (pm2/launch.h). New reference. */
json_t *host_data(
	const struct render_input *input, const struct launch *launch);

/* What a .env.example says of each variable (template env-example). */

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
