/* SPDX-License-Identifier: MIT */
/*
 * The flags of `init` and `import`, one for each setting that has one
 * (settings/table.def), and --answers: together one JSON document of the form
 * that DESIGN gives for --answers. A flag wins over the file.
 */
#ifndef COMMANDS_INIT_ANSWERS_H
#define COMMANDS_INIT_ANSWERS_H

#include "base/json.h"
#include "cli/command.h"
#include "commands/deploy_command.h"
#include "settings/settings.h"

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
	union init_flag flags[SETTING_COUNT];
	struct text_list secrets;
};

extern const struct option init_options[];

/*
 * Adds the file, the flags and every secret's source to answers that are there
 * already: those given replace, `vars` and `secrets` by name. STATUS_USAGE for
 * a malformed flag or a literal secret, STATUS_INVALID for a malformed file,
 * STATUS_IO.
 */
bool init_add_answers(json_t *answers, const struct init_values *values,
	struct error *err) MUST_CHECK;

#endif
