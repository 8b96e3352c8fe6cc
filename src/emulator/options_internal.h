/* SPDX-License-Identifier: MIT */
/*
 * The table of options, between the files that fill and read it.
 */
#ifndef EMULATOR_OPTIONS_INTERNAL_H
#define EMULATOR_OPTIONS_INTERNAL_H

#include "emulator/options.h"

struct parsing {
	struct settings *settings;
	enum options_wish *wish;
};

typedef bool option_take(
	struct parsing *parsing, const char *value, struct error *err);

struct option_row {
	const char *name;
	const char *value; /* NULL: takes none */
	option_take *take;
	const char *help;
};

/* The last has no name. */
#define OPTIONS_MOST 32
extern const struct option_row option_rows[];

#endif
