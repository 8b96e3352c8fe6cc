/* SPDX-License-Identifier: MIT */
/*
 * Ways to write a secret, each with a map: which bytes of what was written
 * stand for which character. Made without the module under test; tests and the
 * fuzzer plant what comes of it.
 */
#ifndef TEST_REDACT_SPELLED_H
#define TEST_REDACT_SPELLED_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

#define SPELLED_MOST 96 /* characters of a secret */

/* What would lose it: of escapes and Base64, another case and signs between;
 * of a terminal's escapes, blanks as well. */
enum spelled_form {
	SPELLED_PLAIN,
	SPELLED_ESCAPED,
	SPELLED_COLOURED
};

struct spelled {
	struct buf text;
	size_t start[SPELLED_MOST]; /* of each character, in text */
	size_t end[SPELLED_MOST];
	size_t size; /* characters */
	enum spelled_form form;
	unsigned levels; /* of Base64 and hex */
};

/* As it is; release with buf_release(&spelled.text). */
void spelled_init(struct spelled *spelled, const char *secret);

/* How many ways there are, and the name of each. */
size_t spelling_count(void);
const char *spelling_name(size_t way);

/* Writes what is there in one more way; `chance` varies it. False, and
 * nothing is done, where that would lose it or go too deep. */
bool spelled_apply(struct spelled *spelled, size_t way, unsigned chance);

/* Ten characters in a row, or all of fewer, stand in the text as they were
 * spelled. */
bool spelled_shows(
	const struct spelled *spelled, const char *text, size_t size);

#endif
