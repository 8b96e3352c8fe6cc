/* SPDX-License-Identifier: MIT */
/*
 * The man pages, made by the build from what the programs themselves are made
 * of: the tables of commands and options, and the topics of help. Each function
 * appends one page as mdoc(7).
 */
#ifndef MANPAGES_PAGES_H
#define MANPAGES_PAGES_H

#include "base/buf.h"
#include "cli/command.h"

#include <stdbool.h>

/* The page of that name, "aigenv.1"; false where there is none. */
bool pages_write(const char *name, struct buf *out);

/* aigenv(1)'s part on one command and its subcommands. */
void pages_command(const struct command *command, struct buf *out);

/* A list of a table's visible options under `topic` (NULL: those without). */
void pages_options(
	const struct option *options, const char *topic, struct buf *out);

/* What each setting's value may be, from the table of settings. */
void pages_setting_values(struct buf *out);

#endif
