/* SPDX-License-Identifier: MIT */
/*
 * argv into a command, its values and its arguments, by the tables of
 * cli/command.h. Decides what is wrong usage (STATUS_USAGE) and says the
 * nearest right word; never prints, opens nothing.
 *
 * Global options may stand anywhere, the options of a command after it. Forms:
 * --name VALUE, --name=VALUE, -n VALUE, -nVALUE, joined flags (-qv); `--` ends
 * options. An option that is no list may be given once.
 */
#ifndef CLI_PARSE_H
#define CLI_PARSE_H

#include "base/error.h"
#include "cli/command.h"

#include <stdbool.h>

struct parsed {
	struct global_options global;
	const struct command *command; /* NULL: none was given */
	const struct command *parent;  /* of a subcommand, else NULL */
	void *values;                  /* owned */
	char **arguments;              /* owned; the texts are argv's */
	size_t argument_count;
};

/*
 * Parses argv without its first word. Where --help or --version was given, the
 * number of arguments is not checked.
 */
bool parse_command_line(const struct command *const *all, char **argv,
	struct parsed *parsed, struct error *err) MUST_CHECK;

void parsed_release(struct parsed *parsed);

/* The options that every command takes, and those of NEEDS_VAULT. */
const struct option *parse_global_options(void);
const struct option *parse_vault_options(void);

/* The command of that name, or NULL. */
const struct command *parse_find_command(
	const struct command *const *all, const char *name);

/* The nearest name of a command that is not hidden, or NULL. */
const char *parse_nearest_command(
	const struct command *const *all, const char *name);

#endif
