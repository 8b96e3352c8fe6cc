/* SPDX-License-Identifier: MIT */
/* Values in the names of files and folders. */
#ifndef LEAKS_NAME_INTERNAL_H
#define LEAKS_NAME_INTERNAL_H

#include "leaks/record_internal.h"

struct naming {
	struct scan *scan;     /* between two streams */
	struct record *record; /* the scan's; what it has is dropped */
	/* As much of the path as has the value in it: up to the end of a name,
	 * which may be a folder's with many files. Borrowed during the call. */
	void (*found)(void *context, const char *part, const struct hit *hit);
	void *context;
};

/* A path from the top. */
void name_look(const struct naming *naming, const char *path);

#endif
