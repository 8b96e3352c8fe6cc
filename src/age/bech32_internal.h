/* SPDX-License-Identifier: MIT */
/*
 * Bech32 (BIP 173) as age uses it: no limit on the length, all upper or all
 * lower case. The text may be a private key, so nothing is copied.
 */
#ifndef AGE_BECH32_INTERNAL_H
#define AGE_BECH32_INTERNAL_H

#include "base/attributes.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Decodes a text whose human-readable part is `prefix` (given in lower case)
 * into exactly `out_size` bytes. False where it is anything else; out is wiped
 * then.
 */
bool bech32_decode(const char *text, size_t size, const char *prefix,
	unsigned char *out, size_t out_size) MUST_CHECK;

/* Appends PREFIX1DATA in the case of `prefix`, which is all upper or lower. */
void bech32_encode(const char *prefix, const unsigned char *bytes, size_t size,
	struct buf *out);

#endif
