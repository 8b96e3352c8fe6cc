/* SPDX-License-Identifier: MIT */
/*
 * `init` and `import` with a person: the wizard's questions, the summary, the
 * test call and the files, and what to do where one of them fails. There is a
 * way on from everywhere, and what was typed is kept until the end.
 *
 * Questions go to the terminal itself, wherever stdout and stderr go.
 */
#ifndef COMMANDS_CONVERSATION_CONVERSATION_H
#define COMMANDS_CONVERSATION_CONVERSATION_H

#include "cli/command.h"
#include "commands/setup_command.h"
#include "setup/setup.h"

/*
 * From setup_begin to the end. STATUS_FOUND: no was said to the summary. After
 * a failure that somebody stopped at, its status.
 */
enum status converse(const struct invocation *call, struct setup *setup,
	struct given_secrets *secrets, const struct init_values *values,
	struct error *err);

#endif
