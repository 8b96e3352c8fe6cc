/* SPDX-License-Identifier: MIT */
/*
 * No secret of the profile is repeated in what others said; base/clean.h does
 * the rest.
 */
#ifndef GATEWAY_CLEAN_INTERNAL_H
#define GATEWAY_CLEAN_INTERNAL_H

#include "base/clean.h"
#include "profile/variables.h"

#include <stddef.h>

/* Masks every secret of `variables` in the text, in place: the mask is cut to
 * the room there is. NULL variables: nothing to mask. */
void clean_secrets(
	const struct variables *variables, char *text, size_t text_size);

/* The same for one value; NULL: nothing to mask. */
void clean_secret(const char *value, char *text, size_t text_size);

#endif
