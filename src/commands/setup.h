/* SPDX-License-Identifier: MIT */
/*
 * From answers to a working profile, as `init` and `import` share it: settings
 * and secrets are checked and rendered in memory first, then identity and vault
 * are written, then everything goes the way of `apply`.
 */
#ifndef COMMANDS_SETUP_H
#define COMMANDS_SETUP_H

#include "commands/deployment.h"

#include <jansson.h>

/*
 * `answers`: what --answers, flags, or an imported file gave; completed by the
 * wizard where a person can be asked. Returns the exit status.
 */
enum status setup_run(struct invocation *call, json_t *answers,
	const struct deployment_options *options, struct error *err);

#endif
