/* SPDX-License-Identifier: MIT */
/*
 * What `init` and `import` have in common as commands: the steps of
 * setup/setup.h with a person between them, then those of `apply`.
 */
#ifndef COMMANDS_SETUP_COMMAND_H
#define COMMANDS_SETUP_COMMAND_H

#include "cli/command.h"
#include "commands/deploy_command.h"
#include "profile/given_secrets.h"

#include <jansson.h>

/*
 * `answers`: what --answers, flags, or an imported file gave; completed by the
 * wizard where a person can be asked. `ecosystem` is the user's own ecosystem
 * file where one was named, or NULL. Returns the exit status.
 */
enum status setup_carry_out(const struct invocation *call, json_t *answers,
	struct given_secrets *secrets, const char *ecosystem,
	const struct deploy_options *options, struct error *err);

#endif
