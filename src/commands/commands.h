/* SPDX-License-Identifier: MIT */
/*
 * What aigenv can do: one file per command, COMMAND.c, which defines `const
 * struct command command_NAME` (cli/command.h). A command takes arguments to
 * calls and results to output; it has no rules of its own.
 *
 * To add one: write its file, name the file in CMakeLists.txt, and add one word
 * below, in the order in which `aigenv help` lists them.
 */
#ifndef COMMANDS_COMMANDS_H
#define COMMANDS_COMMANDS_H

#include "cli/command.h"

/* One a line. */
#define COMMANDS(X)                                                            \
	X(init)                                                                \
	X(apply)                                                               \
	X(verify)                                                              \
	X(status)                                                              \
	X(check)                                                               \
	X(explain)                                                             \
	X(doctor)                                                              \
	X(render)                                                              \
	X(run)                                                                 \
	X(secret)                                                              \
	X(rotate)                                                              \
	X(rollback)                                                            \
	X(config)                                                              \
	X(import)                                                              \
	X(profile)                                                             \
	X(seal)                                                                \
	X(share)                                                               \
	X(key)                                                                 \
	X(discover)                                                            \
	X(providers)                                                           \
	X(completion)                                                          \
	X(help)                                                                \
	X(version)                                                             \
	X(age)                                                                 \
	X(template)                                                            \
	X(complete)

#define X(name) extern const struct command command_##name;
COMMANDS(X)
#undef X

/* One of command_profile's own, which has a file to itself. */
extern const struct command command_profile_show;

/* All of them, ended by NULL. */
extern const struct command *const commands[];

/* What most of them may end with: those that read a vault, and those that
 * change it, each also where STATUS_FOUND has a meaning. */
extern const enum status read_statuses[], change_statuses[],
	found_read_statuses[], found_change_statuses[];

#endif
