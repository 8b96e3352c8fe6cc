/* SPDX-License-Identifier: MIT */
/* The value that a secret is to get, for the commands that take one. */
#ifndef COMMANDS_SECRET_VALUE_H
#define COMMANDS_SECRET_VALUE_H

#include "cli/command.h"
#include "os/secret.h"

#define FROM_OPTION(values_, member_)                                          \
	OPTION(values_, member_, "from", .value = "SOURCE", .is_file = true,   \
		.help = N_("where the value is: - (stdin), @FILE, env:VAR, "   \
			   "fd:N"))

/*
 * From `from` (os/source.h); where that is NULL, from a hidden prompt with that
 * text on a terminal, else from stdin. STATUS_USAGE where nobody can be asked;
 * else as source_read and terminal_read_hidden.
 */
bool secret_value_read(const struct invocation *call, const char *from,
	const char *name, const char *prompt, struct secret *value,
	struct error *err) MUST_CHECK;

#endif
