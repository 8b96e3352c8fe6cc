/* SPDX-License-Identifier: MIT */
#ifndef COMMANDS_GIT_DRIVERS_H
#define COMMANDS_GIT_DRIVERS_H

#include "cli/command.h"

/* Has git in this clone use aigenv for the vault, and says what was written.
 * STATUS_OK, or what git_drivers_install says. */
enum status git_drivers_set_up(const struct invocation *call,
	const char *vault_path, struct error *err);

#endif
