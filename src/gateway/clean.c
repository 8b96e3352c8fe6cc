/* SPDX-License-Identifier: MIT */
#include "gateway/clean_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "os/secret.h"

#include <stdio.h>
#include <string.h>

/* Shorter ones would be found in ordinary words. */
#define SHORTEST_SECRET 4

static bool is_control(uint32_t character)
{
	return character < 0x20 || (character >= 0x7f && character < 0xa0) ||
		(character >= 0x200b && character <= 0x200f) ||
		(character >= 0x2028 && character <= 0x202e) ||
		(character >= 0x2060 && character <= 0x206f) ||
		character == 0xfeff;
}

static void end_with_dots(char *out, size_t used, size_t out_size)
{
	size_t keep = out_size > 4 ? out_size - 4 : 0;

	if (used > keep)
		used = text_cut(out, keep);
	snprintf(out + used, out_size - used, "...");
}

void clean_line(const char *bytes, size_t size, char *out, size_t out_size)
{
	size_t used = 0;
	size_t at = 0;

	while (at < size) {
		uint32_t character = '?';
		size_t length = text_decode(bytes + at, size - at, &character);
		const char *from = length > 0 ? bytes + at : "?";
		size_t copied = length > 0 ? length : 1;

		if (length > 0 && is_control(character)) {
			from = " ";
			copied = 1;
		}
		at += length > 0 ? length : 1;
		/* Runs of blanks, and blanks in front, tell nothing. */
		if (*from == ' ' && (used == 0 || out[used - 1] == ' '))
			continue;
		if (used + copied + 1 > out_size) {
			end_with_dots(out, used, out_size);
			return;
		}
		memcpy(out + used, from, copied);
		used += copied;
	}
	while (used > 0 && out[used - 1] == ' ')
		used--;
	out[used] = '\0';
}

/* Replaces the `size` bytes at `found` by the mask; the rest moves up or down,
 * and is cut where the text has no more room. */
static char *mask_one(
	char *text, size_t text_size, char *found, const char *value)
{
	size_t size = strlen(value);
	char mask[SECRET_MASK_SIZE];
	char *rest = memory_text(found + size);
	size_t before = (size_t)(found - text);

	secret_mask(value, size, mask);
	snprintf(found, text_size - before, "%s%s", mask, rest);
	memory_free(rest, strlen(rest));
	if (strlen(mask) >= text_size - before)
		return NULL;
	return found + strlen(mask);
}

void clean_secrets(
	const struct variables *variables, char *text, size_t text_size)
{
	for (size_t i = 0; variables && i < variables->count; i++) {
		const struct variable *variable = &variables->items[i];
		char *at = text;

		if (!variable->secret ||
			strlen(variable->value) < SHORTEST_SECRET)
			continue;
		while (at && (at = strstr(at, variable->value)))
			at = mask_one(text, text_size, at, variable->value);
	}
	text[text_cut(text, strlen(text))] = '\0';
}
