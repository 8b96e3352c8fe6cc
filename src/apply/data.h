/* SPDX-License-Identifier: MIT */
/*
 * What a template finds in scope (template/builtin.h lists it), as JSON.
 */
#ifndef APPLY_DATA_H
#define APPLY_DATA_H

#include "profile/profile.h"
#include "profile/variables.h"

#include <jansson.h>

/*
 * For the output at `output_path`, relative to `directory`, the vault's. It
 * holds secrets; main has jansson wipe what it frees. New reference.
 */
json_t *template_data(const struct profile *profile,
	const struct variables *variables, const char *directory,
	const char *output_path);

/* The first output of template "env" that is not for docker alone, or NULL. */
const struct profile_output *find_env_output(const struct profile *profile);

#endif
