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
#include <stddef.h>

/* Help is read, not filled into: wider lines tire. */
#define HELP_COLUMNS 80

/* What `aigenv help` shows: all commands and the global options. */
void help_overview(
	const struct command *const *all, size_t columns, struct buf *out);

/* One command; parent is NULL where it is no subcommand. */
void help_command(const struct command *command, const struct command *parent,
	size_t columns, struct buf *out);

/* "aigenv render [OPTIONS] [OUTPUT]" */
void help_usage(const struct command *command, const struct command *parent,
	struct buf *out);

/* The same facts as data. New references. */
json_t *help_command_json(
	const struct command *command, const struct command *parent);
json_t *help_overview_json(const struct command *const *all);

#endif
