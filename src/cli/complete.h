/* SPDX-License-Identifier: MIT */
/*
 * What may stand next on a command line that is not finished: read off the
 * tables of cli/command.h, for the completions of shells.
 */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include "cli/command.h"
#include "ui/layout.h"

#include <stdbool.h>
#include <stddef.h>

struct completion {
	const struct command *const *all;
	const struct command *command; /* the subcommand, where one is given */
	const struct command *parent;  /* then: what it is a subcommand of */
	const struct option *option;   /* the word is this option's value */
	const char *word;              /* what of it is there already */
	size_t joined;    /* of these bytes, how many are "--name=" in front */
	size_t arguments; /* of the command, before the word */
	const char *file; /* -f's value, or NULL; borrowed as `word` */
	bool ended;       /* what follows is no option of ours */
	bool unknown;     /* a word before it is nothing we know */
};

/*
 * Reads the words behind "aigenv", of which the last is the one to complete,
 * perhaps empty. count > 0.
 */
struct completion complete_find(
	const struct command *const *all, char *const *words, size_t count);

/*
 * Adds rows of word and meaning: the commands or options that can stand there,
 * or an option's choices.
 */
void complete_add(const struct completion *at, struct table *rows);

/* Adds a row for each of "bash|zsh|fish". */
void complete_choices(const char *choices, struct table *rows);

/*
 * What the tables call the value or argument that stands there ("FILE",
 * "PROFILE"), without brackets and dots; false for none. A name that does not
 * fit is cut.
 */
bool complete_wanted(const struct completion *at, char *name, size_t size);

#endif
