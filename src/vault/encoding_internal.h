/* SPDX-License-Identifier: MIT */
/*
 * Bytes as text in a vault: standard Base64 with padding, and lower-case hex.
 * Only the one canonical spelling of each is taken (vault-format section 2).
 */
#ifndef VAULT_ENCODING_INTERNAL_H
#define VAULT_ENCODING_INTERNAL_H

#include "base/attributes.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* Exactly `size` bytes. */
bool base64_decode(const char *text, unsigned char *out, size_t size)
	MUST_CHECK;

/* How many bytes the text holds where it is canonical, told by its length; 0
 * where it cannot be. */
size_t base64_size(const char *text);

/* How many bytes the text holds, or 0 where it is not canonical. */
size_t base64_decoded_size(const char *text);

/* Owned text. */
char *base64_encode(const unsigned char *bytes, size_t size);

/* A new JSON string of the bytes in Base64. */
json_t *base64_json(const unsigned char *bytes, size_t size);

/* Exactly 2 * size digits of lower-case hex. */
bool hex_is_valid(const char *text, size_t size);
bool hex_decode(const char *text, unsigned char *out, size_t size) MUST_CHECK;

#endif
