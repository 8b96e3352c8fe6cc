/* SPDX-License-Identifier: MIT */
/*
 * What a command is: data. Parsing, help, "did you mean", completions and the
 * man page come from these tables. cli knows no command by name.
 *
 * A command is one file that defines `const struct command command_NAME`, and
 * one word in COMMANDS (commands/commands.h). The file reads from the top: the
 * command as a user knows it, then its code. Its options point into a struct
 * of its own:
 *
 *     struct values { const char *out; bool all; };
 *
 *     static run_command run;
 *
 *     const struct command command_render = {
 *     	.name = "render",
 *     	OPTIONS(values,
 *     		OPTION(values, out, "out", .letter = 'o', .value = "FILE",
 *     			.help = N_("write here, not to stdout"))),
 *     	.examples = EXAMPLES({ "aigenv render", N_("the first output") }),
 *     	...
 *     	.run = run,
 *     };
 *
 * run() reads them as COMMAND_VALUES(values, call)->out, works, and tells its
 * results to call->output (cli/output.h). It never prints, and never exits.
 * The global options are taken everywhere; a command's own must not repeat
 * their names or letters.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "base/error.h"

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
	const char *value; /* "FILE"; NULL for a flag; "FILE..." of a list whose
			      following words are values, too */
	enum option_type type;
	size_t offset; /* into the command's struct of values */
	const char *help;
	const char *choices; /* "human|json|sarif", or NULL */
	const char *topic;   /* heading in help, or NULL */
	bool hidden;
	bool is_file; /* a file's name, so any bytes; other texts are UTF-8 */
	int32_t least, most; /* of a number; most 0: INT32_MAX */
};

/*
 * A row of a table of options: the one of that name goes into a member of the
 * command's struct of values, whose type is the option's. What else a row has
 * follows, as .help = N_("...").
 */
/* clang-format off */
#define OPTION(values_, member_, name_, ...)                                   \
	{                                                                      \
		.name = (name_),                                               \
		.type = _Generic(((struct values_ *)NULL)->member_,            \
			bool: OPTION_FLAG,                                     \
			const char *: OPTION_TEXT,                             \
			struct text_list: OPTION_LIST,                         \
			int64_t: OPTION_NUMBER),                               \
		.offset = offsetof(struct values_, member_),                   \
		__VA_ARGS__                                                    \
	}
/* clang-format on */

/* Of a command: such rows, and the struct that they point into. */
#define OPTIONS(values_, ...)                                                  \
	.options = (const struct option[]){ __VA_ARGS__, { .name = NULL } },   \
	.values_size = sizeof(struct values_)

/* The longest that a call may take or that is waited between two: --timeout and
 * --watch, in seconds. */
#define OPTION_SECONDS_MOST 3600

/* Options before or after COMMAND (DESIGN "Commands"). */
struct global_options {
	const char *directory; /* -C */
	const char *file;      /* -f */
	const char *profile;   /* -p */
	bool json, no_input, no_color, quiet, verbose;
	const char *trust; /* commands that open a vault */
	bool allow_older;
	int64_t wait; /* seconds for another's lock; -1: it was not given */
	bool help;    /* --help, -h: after any command */
	bool version;
};

struct example {
	const char *command; /* NULL ends a table */
	const char *says;
};

#define EXAMPLES(...) ((const struct example[]){ __VA_ARGS__, { NULL, NULL } })

enum command_needs {
	NEEDS_NOTHING = 0,
	NEEDS_VAULT = 1,    /* takes --trust, --allow-older, --wait */
	NAMES_PROFILES = 2, /* its arguments do, and -p means nothing to it */
	MAKES_PROFILE = 4,  /* without -p it does not take a vault's only one */
};

struct command;
struct invocation;

#define SUBCOMMANDS(...) ((const struct command *const[]){ __VA_ARGS__, NULL })

/* Returns STATUS_OK or STATUS_FOUND; on failure fills err and returns
 * err->status. */
typedef enum status run_command(struct invocation *call, struct error *err);

struct command {
	const char *name;
	const char *arguments;        /* "[NAME]", "-- CMD [ARG...]" */
	const char *summary;          /* one line, for the list */
	const char *description;      /* paragraphs, or NULL */
	const struct option *options; /* or NULL */
	size_t values_size;           /* of the struct options point into */
	const void *defaults;         /* its initial content; NULL for zeroes */
	const struct example *examples; /* or NULL */
	const enum status *statuses; /* it may end with, ended by STATUS_OK */
	/*
	 * Ended by NULL, or NULL. Where the command has a run() of its own too,
	 * that is called when no subcommand is given.
	 */
	const struct command *const *subcommands;
	unsigned needs;
	size_t least, most;   /* arguments; most SIZE_MAX: any number */
	bool rest_is_command; /* options end at the first argument: `run` */
	bool asks_secret;     /* asks for a value, which is no argument */
	bool takes_files;     /* arguments are files' names, so any bytes */
	bool hidden;
	run_command *run;
};

struct invocation {
	const struct command *command; /* the subcommand, where there is one */
	const struct command *parent;  /* then: what it is a subcommand of */
	const struct command *const *all; /* every command, ended by NULL */
	const struct global_options *global;
	const void *values; /* the command's struct */
	/*
	 * The absolute path of the folder that the user is in. The current
	 * folder of the process is DIR where -C was given; a command line that
	 * is printed for the user has its paths as seen from here.
	 */
	const char *started_in;
	char **arguments; /* argv's, ended by NULL */
	size_t argument_count;
	struct output *output; /* where results go: cli/output.h */
};

#define COMMAND_VALUES(type, call) ((const struct type *)(call)->values)

#endif
