/* SPDX-License-Identifier: MIT */
/* What catalogue.c and search.c share. */
#ifndef CATALOGUE_CATALOGUE_INTERNAL_H
#define CATALOGUE_CATALOGUE_INTERNAL_H

#include "catalogue/catalogue.h"

#include <jansson.h>

struct catalogue {
	json_t *root; /* texts of the entries are borrowed from it */
	struct provider *entries;
	size_t count;
};

#endif
