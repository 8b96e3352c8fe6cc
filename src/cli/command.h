/* SPDX-License-Identifier: MIT */
/*
 * What a command is: data. Parsing, help, "did you mean", completions and the
 * man page come from these tables. cli knows no command by name.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_type {
	OPTION_FLAG,   /* bool */
	OPTION_TEXT,   /* const char * */
	OPTION_LIST,   /* struct text_list: may be given several times */
	OPTION_NUMBER, /* int64_t, >= 0 */
};

struct text_list {
	const char **items; /* owned; the texts are argv's */
	size_t count;
};

struct option {
	const char *name;  /* long name without "--"; NULL ends a table */
	char letter;       /* or 0 */
	const char *value; /* "FILE"; NULL for a flag */
	enum option_type type;
	size_t offset; /* into the command's struct of values */
	const char *help;
	const char *choices; /* "human|json|sarif", or NULL */
	const char *topic;   /* heading in help, or NULL */
	bool hidden;
};

/* Options before or after COMMAND (DESIGN "Commands"). */
struct global_options {
	const char *directory; /* -C */
	const char *file;      /* -f */
	const char *profile;   /* -p */
	bool json, no_input, no_color, quiet, verbose;
	const char *trust; /* commands that open a vault */
	bool allow_older;
	bool help; /* --help, -h: after any command */
	bool version;
};

struct example {
	const char *command; /* NULL ends a table */
	const char *says;
};

enum command_needs {
	NEEDS_NOTHING = 0,
	NEEDS_VAULT = 1, /* takes --trust and --allow-older */
};

struct invocation;

struct command {
	const char *name;
	const char *arguments;          /* "[NAME]", "-- CMD [ARG...]" */
	const char *summary;            /* one line, for the list */
	const char *description;        /* paragraphs, or NULL */
	const struct option *options;   /* or NULL */
	size_t values_size;             /* of the struct options point into */
	const struct example *examples; /* or NULL */
	const enum status *statuses; /* it may end with, ended by STATUS_OK */
	const struct command *const *subcommands; /* ended by NULL, or NULL */
	unsigned needs;
	size_t least, most;   /* arguments; most SIZE_MAX: any number */
	bool rest_is_command; /* what follows the first argument is not ours */
	bool hidden;
	/* Returns STATUS_OK or STATUS_FOUND; on failure fills err and returns
	 * err->status. */
	enum status (*run)(struct invocation *call, struct error *err);
};

struct invocation {
	const struct command *command; /* the subcommand, where there is one */
	const struct command *const *all;
	const struct global_options *global;
	const void *values; /* the command's struct */
	char **arguments;   /* argv's, ended by NULL */
	size_t argument_count;
	struct output *output; /* where results go: cli/output.h */
};

#define COMMAND_VALUES(type, call) ((const struct type *)(call)->values)

#endif
