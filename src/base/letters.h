/* SPDX-License-Identifier: MIT */
/*
 * The letters that a list of words begins or ends with: that a text begins with
 * none of the words is mostly told from its first three bytes, however many
 * words there are. What is not told so has still to be compared with each.
 */
#ifndef BASE_LETTERS_H
#define BASE_LETTERS_H

#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

#define LETTERS_LOOKED_AT 3

/* { 0 } has no word. */
struct letters {
	/* Per place and letter, which groups of words have it there; a word's
	 * group is a bit. */
	uint32_t groups[LETTERS_LOOKED_AT][256];
	unsigned count;
};

/* Adds a word, not empty, that a text may begin with, in whatever case, and
 * with a -, a blank or a dot for each _. */
void letters_add_beginning(struct letters *letters, const char *word);
/* Likewise one that it may end with. A set has words of one kind alone. */
void letters_add_ending(struct letters *letters, const char *word);

static inline bool letters_have(
	const struct letters *letters, char first, char second, char third)
{
	return letters->groups[0][(unsigned char)first] &
		letters->groups[1][(unsigned char)second] &
		letters->groups[2][(unsigned char)third];
}

/* False where the text begins, or ends, with none of the words. */
static inline bool letters_may_begin(
	const struct letters *letters, struct slice text)
{
	const char *at = text.at;

	if (text.size < LETTERS_LOOKED_AT)
		return text.size > 0 &&
			letters_have(letters, at[0],
				text.size > 1 ? at[1] : '\0', '\0');
	return letters_have(letters, at[0], at[1], at[2]);
}

static inline bool letters_may_end(
	const struct letters *letters, struct slice text)
{
	const char *end = text.at + text.size;

	if (text.size < LETTERS_LOOKED_AT)
		return text.size > 0 &&
			letters_have(letters, end[-1],
				text.size > 1 ? end[-2] : '\0', '\0');
	return letters_have(letters, end[-1], end[-2], end[-3]);
}

#endif
