/* SPDX-License-Identifier: MIT */
#ifndef LEAKS_RECORD_INTERNAL_H
#define LEAKS_RECORD_INTERNAL_H

#include "leaks/leaks.h"

/* What was found in one stream: the first hit of each tag. */
struct record {
	struct found {
		struct hit hit;
		size_t more;
	} * items; /* owned */
	size_t count;
};

/* A search_found; `context` is the record. */
void record_hit(void *context, const struct hit *hit);

/* Tells each, and starts over. */
void record_tell(struct record *record, const struct leaks *leaks,
	enum leak_place place, const char *path);

void record_release(struct record *record);

#endif
