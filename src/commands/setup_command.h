/* SPDX-License-Identifier: MIT */
/*
 * What `init` and `import` have in common as commands: their options
 * (--answers, a flag for each setting that has one (settings/table.def),
 * --secret, and those of `apply`), then the steps of setup/setup.h with a
 * person between them, and those of `apply`.
 */
#ifndef COMMANDS_SETUP_COMMAND_H
#define COMMANDS_SETUP_COMMAND_H

#include "cli/command.h"
#include "commands/deploy_command.h"
#include "import/import.h"
#include "profile/given_secrets.h"
#include "setup/answers.h"

#include <jansson.h>

/* A setting's flag as it was given: a list where it may be given several times,
 * else a text, which is NULL where it was not given. */
union init_flag {
	const char *text;
	struct text_list list;
};

/* The values of both commands. */
struct init_values {
	struct deploy_options deploy;
	const char *answers;
	const char *ecosystem;
	const char *api_token; /* a SOURCE */
	union init_flag flags[SETTING_COUNT];
	struct text_list secrets;
	bool git_drivers;
};

extern const struct option init_options[];

/* The same for setup/answers.h; borrowed from the values. */
struct given init_given(const struct init_values *values);

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
