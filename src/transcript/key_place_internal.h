/* SPDX-License-Identifier: MIT */
/*
 * Where a key stands in a sentence, whatever its form: "API key provided: X.",
 * "key 'X' not found", "token X is expired".
 */
#ifndef TRANSCRIPT_KEY_PLACE_INTERNAL_H
#define TRANSCRIPT_KEY_PLACE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

struct key_place {
	size_t start;
	size_t size; /* may be 0: nothing was sent */
	bool key;    /* it may be a key; else it is a word, "undefined" */
	/* "provided: "sk-...": who refuses it writes no quotes of its own. */
	bool quoted;
};

/* The place behind the word text[start, end), where that ends in a name of
 * keys; false where none is there. */
bool key_place_behind(const char *text, size_t size, size_t start, size_t end,
	struct key_place *place);

/* The first place behind `from`. */
bool key_place_find(
	const char *text, size_t size, size_t from, struct key_place *place);

/* The bytes that one of the names takes that begin the text in Chinese, which
 * sets no blanks between words; 0: none does. */
size_t key_place_wide_name(const char *text, size_t size);

#endif
