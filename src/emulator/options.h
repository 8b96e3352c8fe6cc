/* SPDX-License-Identifier: MIT */
/*
 * aig-emulator's command line. One table, a row per option with the function
 * that takes its value; --help is made of it.
 */
#ifndef EMULATOR_OPTIONS_H
#define EMULATOR_OPTIONS_H

#include "base/buf.h"
#include "base/error.h"
#include "emulator/settings.h"

#include <stdbool.h>
#include <stddef.h>

enum options_wish {
	WISH_SERVE,
	WISH_HELP,
	WISH_VERSION,
	WISH_FAULTS, /* --fault help */
};

/*
 * Fills settings from argv (NULL-ended, program name first). Options are taken
 * in order, so a later one wins over an earlier --config. STATUS_USAGE,
 * STATUS_INVALID, STATUS_IO.
 */
bool options_parse(char **argv, struct settings *settings,
	enum options_wish *wish, struct error *err) MUST_CHECK;

/* An option, for those who describe them; borrowed. */
struct option_text {
	const char *name;
	const char *value; /* NULL: takes none */
	const char *help;
};

/* The option of that number, from 0; false behind the last. */
bool options_describe(size_t number, struct option_text *option);

/* What --help and --fault help print. */
void options_help(struct buf *out);
void options_faults(struct buf *out);

#endif
