/* SPDX-License-Identifier: MIT */
/*
 * The sealed start (template ecosystem-sealed): PM2 starts `aigenv run`, which
 * opens the vault and becomes the app. So PM2 is told, and stores, no value.
 */
#ifndef PM2_SEALED_H
#define PM2_SEALED_H

#include "base/error.h"
#include "pm2/launch.h"
#include "profile/profile.h"

#include <stdbool.h>

#define SEALED_TEMPLATE "ecosystem-sealed"

/* Whether a template's name is that. */
bool sealed_is(const char *template);

/*
 * STATUS_INVALID where PM2 is asked for cluster mode: its processes are forked
 * by PM2 itself, which has to know the script and the environment; and where
 * PM2 cannot start this program from the folder that it lies in.
 */
bool sealed_check(const struct launch *launch, struct error *err) MUST_CHECK;

/* Appends what PM2 would run for a launch, word by word, as seen from its
 * folder. */
void sealed_command(const struct launch *launch, json_t *args);

/*
 * Turns a launch into its sealed form: the script is this program's absolute
 * path, and what was to be started stands in its arguments, as seen from the
 * launch's folder. `vault` is the vault's absolute path.
 */
void sealed_launch(struct launch *launch, const struct profile *profile,
	const char *vault);

/* Whether these arguments, as PM2 has them, are of a launch in that form. */
bool sealed_has_arguments(const json_t *args);

#endif
