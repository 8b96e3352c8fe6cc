/* SPDX-License-Identifier: MIT */
/* What catalogue.c and search.c share. */
#ifndef CATALOGUE_CATALOGUE_INTERNAL_H
#define CATALOGUE_CATALOGUE_INTERNAL_H

#include "catalogue/catalogue.h"

#include <jansson.h>

/*
 * One object of the file. Parsing all of it costs more than all the rest that
 * `run` does, so that an entry is parsed when it is first asked for; its slug
 * is known before.
 */
struct slot {
	const char *bytes; /* the object's text, in the embedded file */
	size_t size;
	const char *slug; /* in that text */
	size_t slug_size;
	json_t *root; /* owned; NULL until parsed. Texts are borrowed from it */
	struct provider entry;
};

struct catalogue {
	struct slot *slots;
	size_t count;
};

/* The entry, parsed. */
const struct provider *catalogue_entry(struct slot *slot);

#endif
