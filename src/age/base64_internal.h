/* SPDX-License-Identifier: MIT */
/*
 * The two Base64 forms of age (RFC 4648 section 4), both canonical: without
 * padding in the header, with padding in the armor. One line at a time.
 */
#ifndef AGE_BASE64_INTERNAL_H
#define AGE_BASE64_INTERNAL_H

#include "base/attributes.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

#define BASE64_COLUMNS 64   /* of a full line */
#define BASE64_LINE_SIZE 48 /* bytes in a full line */

enum base64_form {
	BASE64_BARE,   /* the header's */
	BASE64_PADDED, /* the armor's */
};

/*
 * Decodes at most BASE64_COLUMNS characters. False where there are more, or
 * where they are not canonical; out may hold anything then.
 */
bool base64_decode_line(enum base64_form form, const char *text, size_t size,
	unsigned char out[BASE64_LINE_SIZE], size_t *out_size) MUST_CHECK;

/* Decodes exactly `out_size` (at most BASE64_LINE_SIZE) bytes, or is false. */
bool base64_decode_exactly(const char *text, size_t size, unsigned char *out,
	size_t out_size) MUST_CHECK;

/* Appends at most BASE64_LINE_SIZE bytes, encoded, without a line end. */
void base64_encode_line(enum base64_form form, const unsigned char *bytes,
	size_t size, struct buf *out);

#endif
