/* SPDX-License-Identifier: MIT */
#include "diagnosis/near_internal.h"

#include "base/clean.h"
#include "base/number.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* Levenshtein's distance, ignoring case; both are shorter than NEAR_NAME. */
static size_t distance(const char *a, const char *b)
{
	size_t row[NEAR_NAME + 1];
	size_t width = strlen(b);

	for (size_t i = 0; i <= width; i++)
		row[i] = i;
	for (size_t y = 1; *a; a++, y++) {
		size_t corner = row[0];

		row[0] = y;
		for (size_t x = 1; x <= width; x++) {
			size_t above = row[x];
			size_t swap = corner +
				(text_lower(*a) != text_lower(b[x - 1]));

			row[x] = number_least(
				swap, number_least(above, row[x - 1]) + 1);
			corner = above;
		}
	}
	return row[width];
}

void near_add(struct near *near, const char *name, const char *wanted)
{
	size_t far;
	size_t at;

	if (strlen(name) >= NEAR_NAME || strlen(wanted) >= NEAR_NAME)
		return;
	far = distance(name, wanted);
	for (at = near->count; at > 0 && near->distance[at - 1] > far; at--)
		;
	if (at >= NEAR_COUNT)
		return;
	if (near->count < NEAR_COUNT)
		near->count++;
	for (size_t i = near->count - 1; i > at; i--) {
		memcpy(near->names[i], near->names[i - 1], NEAR_NAME);
		near->distance[i] = near->distance[i - 1];
	}
	snprintf(near->names[at], NEAR_NAME, "%s", name);
	near->distance[at] = far;
}

void near_format(const struct near *near, char *out, size_t size)
{
	char list[NEAR_COUNT * (NEAR_NAME + 2)] = "";
	size_t used = 0;

	for (size_t i = 0; i < near->count; i++)
		used += (size_t)snprintf(list + used, sizeof(list) - used,
			"%s%s", i > 0 ? ", " : "", near->names[i]);
	clean_line(list, used, out, size);
}
