/* SPDX-License-Identifier: MIT */
/* The table that the build makes of providers.json, and what searches it. */
#ifndef CATALOGUE_CATALOGUE_INTERNAL_H
#define CATALOGUE_CATALOGUE_INTERNAL_H

#include "catalogue/catalogue.h"

extern const struct provider catalogue_entries[];
extern const size_t catalogue_size;

#endif
