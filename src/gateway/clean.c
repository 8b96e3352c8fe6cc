/* SPDX-License-Identifier: MIT */
#include "gateway/clean_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "os/secret.h"

#include <stdio.h>
#include <string.h>

/* Shorter ones would be found in ordinary words. */
#define SHORTEST_SECRET 4

/* Replaces the value at `found` by its mask; the rest moves up or down, and is
 * cut where it has no more room. Returns where the rest begins. */
static char *mask_one(char *found, size_t room, const char *value)
{
	size_t size = strlen(value);
	char mask[SECRET_MASK_SIZE];
	char *rest = memory_text(found + size);

	secret_mask(value, size, mask);
	snprintf(found, room, "%s%s", mask, rest);
	memory_free(rest, strlen(rest));
	return strlen(mask) < room ? found + strlen(mask)
				   : found + strlen(found);
}

/* A text that was cut may end in the beginning of a secret, which then is not
 * found as a whole: that beginning goes too. */
static void drop_beginning(char *text, const char *value)
{
	size_t size = strlen(text);
	size_t end = text_ends_with(text, "...") ? size - 3 : size;

	for (size_t part = strlen(value) - 1; part >= SHORTEST_SECRET; part--) {
		if (part > end || memcmp(text + end - part, value, part) != 0)
			continue;
		/* There is room: what is dropped is longer than the dots. */
		memcpy(text + end - part, "...", sizeof("..."));
		return;
	}
}

void clean_secret(const char *value, char *text, size_t text_size)
{
	char *at = text;

	if (!value || strlen(value) < SHORTEST_SECRET)
		return;
	while ((at = strstr(at, value)) != NULL)
		at = mask_one(at, text_size - (size_t)(at - text), value);
	drop_beginning(text, value);
}

void clean_secrets(
	const struct variables *variables, char *text, size_t text_size)
{
	for (size_t i = 0; variables && i < variables->count; i++)
		if (variables->items[i].secret)
			clean_secret(
				variables->items[i].value, text, text_size);
	clean_end(text);
}
