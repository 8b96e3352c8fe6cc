/* SPDX-License-Identifier: MIT */
/*
 * Help, rendered from the tables that parse. Appends marked text (ui/style.h),
 * at most `columns` wide as far as words allow; 60 columns are enough.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "base/buf.h"
#include "cli/command.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* The columns of help on descriptor `file`: it is read, not filled into, and
 * wider lines than 80 tire. */
size_t help_columns(int file);

/* What `aigenv help` shows: all commands and the global options. */
void help_overview(
	const struct command *const *all, size_t columns, struct buf *out);

/* One command; parent is NULL where it is no subcommand. */
void help_command(const struct command *command, const struct command *parent,
	size_t columns, struct buf *out);

/* "aigenv render [OPTIONS] [OUTPUT]" */
void help_usage(const struct command *command, const struct command *parent,
	struct buf *out);

/* What an option is for, its choices, and whether it may be repeated. */
void help_option(const struct option *option, struct buf *out);

/* A command line; one that is too long goes on after a backslash. */
void help_example(
	const char *command, size_t indent, size_t columns, struct buf *out);

/* Whether a command may end with it: a row of the command's exit codes. */
bool help_ends_with(const struct command *command, enum status status);

/* The same facts as data. New references. */
json_t *help_command_json(
	const struct command *command, const struct command *parent);
json_t *help_overview_json(const struct command *const *all);

#endif
