/* SPDX-License-Identifier: MIT */
/*
 * What a template finds in scope (template/builtin.h lists it), as JSON.
 */
#ifndef APPLY_DATA_H
#define APPLY_DATA_H

#include "apply/rendered.h"
#include "profile/profile.h"
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

#endif
