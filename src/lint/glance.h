/* SPDX-License-Identifier: MIT */
/*
 * What the first and last letters of a row's name and value say: that most rows
 * have nothing for the rules that look at values. Those rules give the letters,
 * out of the tables that they compare with, and decide of all other rows.
 */
#ifndef LINT_GLANCE_H
#define LINT_GLANCE_H

#include "base/letters.h"
#include "envfile/walk.h"

#include <stdbool.h>

/* What a row may have. */
enum {
	GLANCE_GATEWAY = 1,     /* a name of the gateway's */
	GLANCE_PUBLIC = 2,      /* one that is compiled into pages */
	GLANCE_PLACEHOLDER = 4, /* a value that is none */
	GLANCE_ADDRESS = 8,
	GLANCE_EVERYTHING = 15,
};

struct glance {
	struct letters gateway_beginnings, gateway_endings;
	struct letters public_beginnings;
	struct letters placeholder_beginnings, placeholder_endings;
	struct letters address_beginnings;
	bool sees_everything; /* nothing is ruled out */
};

/* In an example values are looked at whatever they look like. */
void glance_begin(struct glance *glance, bool is_example);

/* Of the above what the assignment may have: nothing else does it have. */
unsigned glance_at(const struct glance *glance, const struct envfile_row *row);

/* What lint_collect and lint_secrets look for. */
void lint_collect_letters(struct glance *glance);
void lint_secrets_letters(struct glance *glance);

#endif
