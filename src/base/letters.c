/* SPDX-License-Identifier: MIT */
#include "base/letters.h"

#include "base/text.h"

#include <string.h>

/* Where the byte stands in a word, each of these may stand in the text. */
static void mark(uint32_t groups[256], char byte, uint32_t bit)
{
	const char others[] = { text_lower(byte), text_upper(byte), '\0' };

	for (const char *at = byte == '_' ? "_- ." : others; *at; at++)
		groups[(unsigned char)*at] |= bit;
}

/* `step` is where the next letter stands, from the one at `at`. */
static void add(
	struct letters *letters, const char *at, ptrdiff_t step, size_t size)
{
	const uint32_t bit = (uint32_t)1 << letters->count++ % 32;

	for (size_t place = 0; place < LETTERS_LOOKED_AT; place++) {
		uint32_t *groups = letters->groups[place];
		if (place < size) {
			mark(groups, at[step * (ptrdiff_t)place], bit);
			continue;
		}
		/* Behind a shorter word any letter may stand, or none. */
		for (size_t i = 0; i < 256; i++)
			groups[i] |= bit;
	}
}

void letters_add_beginning(struct letters *letters, const char *word)
{
	add(letters, word, 1, strlen(word));
}

void letters_add_ending(struct letters *letters, const char *word)
{
	const size_t size = strlen(word);

	add(letters, word + size - 1, -1, size);
}
