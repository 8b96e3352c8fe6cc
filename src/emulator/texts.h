/* SPDX-License-Identifier: MIT */
/*
 * A list of owned texts: tokens, keys, models.
 */
#ifndef EMULATOR_TEXTS_H
#define EMULATOR_TEXTS_H

#include <stdbool.h>
#include <stddef.h>

struct texts {
	char **items;
	size_t count;
};

void texts_add(struct texts *texts, const char *text);
bool texts_has(const struct texts *texts, const char *text);
/* Removes it; false where it was not there. */
bool texts_remove(struct texts *texts, const char *text);
void texts_clear(struct texts *texts);

#endif
