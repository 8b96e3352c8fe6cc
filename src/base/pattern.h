/* SPDX-License-Identifier: MIT */
/*
 * Patterns of values: POSIX extended regular expressions (regcomp(3)), of which
 * only that is taken which means the same to every engine that people know:
 * no \d, \w or backreference, no (?...), no lazy or doubled repetition, no
 * backslash between [ and ]. A pattern is of printable ASCII and always stands
 * for the whole value. Bytes are matched, in the C locale, so that a pattern
 * means the same on every machine.
 *
 * Patterns come out of a vault and are hostile: their length, the depth of
 * groups and what repetitions multiply them to are limited, and so is the value
 * that one is tried on. regcomp(3) expands x{1,255}, and would take all memory
 * for three of them in each other.
 */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include "base/error.h"

#include <stdbool.h>

#define PATTERN_LIMIT 512        /* bytes of a pattern */
#define PATTERN_VALUE_LIMIT 4096 /* bytes of a value */

/* Whether it is one: STATUS_INVALID, what and next. */
bool pattern_check(const char *pattern, struct error *err) MUST_CHECK;

enum pattern_result {
	PATTERN_MATCHES,
	PATTERN_DIFFERS,
	PATTERN_TOO_LONG, /* the value is longer than PATTERN_VALUE_LIMIT */
	PATTERN_UNUSABLE, /* pattern_check says why; or there was no memory */
};

enum pattern_result pattern_try(const char *pattern, const char *value);

#endif
