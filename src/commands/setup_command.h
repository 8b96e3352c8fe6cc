/* SPDX-License-Identifier: MIT */
/*
 * What `init` and `import` have in common as commands: the steps of
 * setup/setup.h with a person between them, then those of `apply`.
 */
#ifndef COMMANDS_SETUP_COMMAND_H
#define COMMANDS_SETUP_COMMAND_H

#include "cli/command.h"
#include "commands/init_options.h"
#include "import/import.h"
#include "profile/given_secrets.h"

#include <jansson.h>

/* What there is before anybody is asked; all borrowed. */
struct setup_start {
	/* What --answers, flags, or an imported file gave; completed by the
	 * wizard where a person can be asked. */
	json_t *answers;
	struct given_secrets *secrets; /* those among them */
	const struct init_values *values;
	json_t *defaults; /* of an example (setup/setup.h), or NULL */
	const char *file; /* the env file that gave the answers, or NULL */
	/* What was read of the file, and what tells it once the profile is
	 * open: `known` is setup_known's. NULL for none. */
	const struct imported *imported;
	void (*tell)(struct output *output, const struct imported *imported,
		const json_t *known);
};

/* Returns the exit status. */
enum status setup_carry_out(const struct invocation *call,
	const struct setup_start *start, struct error *err);

#endif
