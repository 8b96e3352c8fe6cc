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

void clean_end(char *text)
{
	size_t size = strlen(text);
	size_t start = size;
	uint32_t character;

	/* Back to the byte that begins the last character. */
	while (start > 0 && size - start < 4 &&
		((unsigned char)text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start > 0)
		start--;
	if (size > 0 &&
		text_decode(text + start, size - start, &character) == 0)
		text[start] = '\0';
}

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
