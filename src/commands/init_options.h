/* SPDX-License-Identifier: MIT */
/*
 * What the command lines of `init` and `import` have in common: --answers, a
 * flag for each setting that has one (settings/table.def), --secret, and the
 * options of `apply`.
 */
#ifndef COMMANDS_INIT_OPTIONS_H
#define COMMANDS_INIT_OPTIONS_H

#include "cli/command.h"
#include "commands/deploy_command.h"
#include "setup/answers.h"

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

#endif
