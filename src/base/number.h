/* SPDX-License-Identifier: MIT */
/*
 * Numbers from text, strictly: decimal digits alone, no sign, no blanks, no
 * leading zero but "0" itself, nothing left over, no locale.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/attributes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Parses `size` bytes as a number from `least` to `most`. */
bool number_parse(const char *text, size_t size, uint64_t least, uint64_t most,
	uint64_t *number) MUST_CHECK;

/* The smaller one of two. */
size_t number_least(size_t a, size_t b);

/* How many are in a set of one bit each. */
unsigned number_bits(uint64_t set);

#endif
