/* SPDX-License-Identifier: MIT */
/* A paste in the wizard: what is in it, what of it is taken, what is told. */
#ifndef WIZARD_PASTE_INTERNAL_H
#define WIZARD_PASTE_INTERNAL_H

#include "wizard/wizard_internal.h"

/* A part of a paste, and the setting that it becomes. */
struct part {
	const struct setting *setting;
	const char *value; /* NULL where the paste does not have it */
};

#define PARTS 9

/* Every part that a paste can have, in the order of the questions. Borrowed. */
void paste_parts(const struct paste *paste, struct part out[PARTS]);

/* What of a paste is taken, and told. */
struct extent {
	bool all;   /* what it lacks is told too */
	bool route; /* its provider is the route's */
	bool key;   /* it says whose its key is */
};

/* What was found, dropped and missed, as far as it is taken. */
void paste_tell(struct asking *asking, const struct paste *paste,
	const struct extent *extent);

#endif
