/* SPDX-License-Identifier: MIT */
/*
 * The JSON that aigenv itself writes for nearly all profiles, and that most
 * answers are: ASCII without escapes, whole numbers, true, false and null, no
 * name twice. It takes nothing that jansson refuses and makes of it what
 * jansson makes of it, which tests/fuzz/vault_fuzz.c compares; what it does not
 * know is left to jansson.
 *
 * Most of an open is the file's text: in a profile of 242 secrets jansson reads
 * it with 10.9 million instructions of 34, and this with 2.
 */
#ifndef BASE_PLAIN_JSON_H
#define BASE_PLAIN_JSON_H

#include <jansson.h>
#include <stddef.h>

/* Past the value that begins at `at` of a text with a NUL at its end, with up
 * to `depth` levels in it; 0 where it is not of that kind. */
size_t plain_json_skip(const char *text, size_t at, size_t depth);

/* The same, and *value is the value: a new reference, and as it was where the
 * result is 0. `value` NULL: only skipped. */
size_t plain_json_read(
	const char *text, size_t at, size_t depth, json_t **value);

/* A text of `size` bytes that is such a value, white space around it aside: a
 * new reference, or NULL where it is not. Somewhere behind it is a NUL. */
json_t *plain_json_whole(const char *text, size_t size, size_t depth);

#endif
