/* SPDX-License-Identifier: MIT */
/* Texts between quotes, with the escapes of JSON, JavaScript and Python. */
#ifndef WORDING_QUOTED_H
#define WORDING_QUOTED_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* As UTF-8; what is no character, and NUL, as "?". */
void quoted_character(struct buf *out, uint32_t code);

/*
 * Appends the text that begins at the quote *at and moves *at behind its
 * closing quote; false where that is missing: *at is then where the text was
 * cut off. A line's end inside goes: a terminal broke the line. `start` is
 * where the line can begin at the earliest.
 */
bool quoted_read(
	const char *start, const char **at, const char *end, struct buf *out);

/* The same from within: *at is behind the opening quote. */
bool quoted_rest(const char *start, const char **at, const char *end,
	char quote, struct buf *out);

#endif
