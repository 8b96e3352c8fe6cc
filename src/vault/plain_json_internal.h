/* SPDX-License-Identifier: MIT */
/*
 * A quick look at JSON that nobody asks for: the profiles beside the one that
 * is opened. It knows the JSON that aigenv writes for nearly all of them (ASCII
 * without escapes, whole numbers, few or sorted members), and takes nothing
 * that jansson refuses; what it does not know is left to jansson.
 */
#ifndef VAULT_PLAIN_JSON_INTERNAL_H
#define VAULT_PLAIN_JSON_INTERNAL_H

#include <stddef.h>

/* Past the value that begins at `at` of a text with a NUL at its end, with up
 * to `depth` levels in it; 0 where it is not of that kind. */
size_t plain_json_skip(const char *text, size_t at, size_t depth);

#endif
