/* SPDX-License-Identifier: MIT */
/*
 * A whole run but for what belongs to the process: parse, move to -C, call the
 * command, print what it found or what failed. Knows no command by name.
 */
#ifndef CLI_PROGRAM_H
#define CLI_PROGRAM_H

#include "base/error.h"
#include "cli/command.h"

/* argv as main got it. Returns the exit status. */
enum status program_run(const struct command *const *all, char **argv);

#endif
