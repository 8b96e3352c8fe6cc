/* SPDX-License-Identifier: MIT */
/*
 * The table of options, between the files that fill and read it.
 */
#ifndef EMULATOR_OPTIONS_INTERNAL_H
#define EMULATOR_OPTIONS_INTERNAL_H

#include "emulator/options.h"

struct option_row;

struct parsing {
	struct settings *settings;
	enum options_wish *wish;
	const struct option_row *row; /* the option's that is taken */
};

typedef bool option_take(
	struct parsing *parsing, const char *value, struct error *err);

struct option_row {
	const char *name;
	const char *value; /* NULL: takes none */
	option_take *take;
	const char *help;
	/* Of those alone that set a member of the settings, or a wish: */
	size_t at; /* where in struct settings */
	bool flag; /* what it becomes */
	enum options_wish wish;
};

/* The last has no name. */
#define OPTIONS_MOST 32
extern const struct option_row option_rows[];

#endif
