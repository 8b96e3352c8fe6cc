/* SPDX-License-Identifier: MIT */
/*
 * The few names of a long list that are most like a wanted one, the nearest
 * first. Where nothing is like it, they are simply the first ones: what there
 * is tells more than nothing.
 */
#ifndef DIAGNOSIS_NEAR_INTERNAL_H
#define DIAGNOSIS_NEAR_INTERNAL_H

#include <stddef.h>

#define NEAR_COUNT 3
#define NEAR_NAME 64 /* bytes; longer names are left out */

struct near {
	char names[NEAR_COUNT][NEAR_NAME];
	size_t distance[NEAR_COUNT];
	size_t count;
};

void near_add(struct near *near, const char *name, const char *wanted);

/* "a, b, c", fit to be printed; "" where there are none. */
void near_format(const struct near *near, char *out, size_t size);

#endif
