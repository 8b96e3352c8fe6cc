/* SPDX-License-Identifier: MIT */
/*
 * What others said, made fit to be printed: one line, no control character
 * (also none that turns writing around), no secret of the profile.
 */
#ifndef GATEWAY_CLEAN_INTERNAL_H
#define GATEWAY_CLEAN_INTERNAL_H

#include "profile/variables.h"

#include <stddef.h>

/* `size` bytes to one line in out; what does not fit is cut, ended by "...".
 * Bytes that are no UTF-8 become "?". */
void clean_line(const char *bytes, size_t size, char *out, size_t out_size);

/* Drops an incomplete character that a cut (snprintf) left at the end. */
void clean_end(char *text);

/* Masks every secret of `variables` in the text, in place: the mask is cut to
 * the room there is. NULL variables: nothing to mask. */
void clean_secrets(
	const struct variables *variables, char *text, size_t text_size);

/* The same for one value; NULL: nothing to mask. */
void clean_secret(const char *value, char *text, size_t text_size);

#endif
