/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

const struct command *const commands[] = {
#define X(name) &command_##name,
	COMMANDS(X)
#undef X
		NULL,
};
