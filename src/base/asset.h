/* SPDX-License-Identifier: MIT */
/*
 * Files of the source tree that live inside the program (templates, the
 * provider catalogue): no installed file, so no path to get wrong.
 * aigenv_embed in scripts/cmake/House.cmake makes the arrays.
 */
#ifndef BASE_ASSET_H
#define BASE_ASSET_H

#include <stddef.h>

struct asset {
	const char *name;  /* file name; NULL ends an array */
	const char *bytes; /* content, followed by a NUL that is not counted */
	size_t size;
};

/* The asset of that name, or NULL. */
const struct asset *asset_find(const struct asset *assets, const char *name);

#endif
