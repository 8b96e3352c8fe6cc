/* SPDX-License-Identifier: MIT */
#include "age/base64_internal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static int variant(enum base64_form form)
{
	return form == BASE64_PADDED
		? sodium_base64_VARIANT_ORIGINAL
		: sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
}

bool base64_decode_line(enum base64_form form, const char *text, size_t size,
	unsigned char out[BASE64_LINE_SIZE], size_t *out_size)
{
	if (size > BASE64_COLUMNS)
		return false;
	/* Without an end pointer libsodium refuses what it cannot read whole.
	 */
	return sodium_base642bin(out, BASE64_LINE_SIZE, text, size, NULL,
		       out_size, NULL, variant(form)) == 0;
}

bool base64_decode_exactly(
	const char *text, size_t size, unsigned char *out, size_t out_size)
{
	unsigned char line[BASE64_LINE_SIZE];
	size_t line_size;

	assert(out_size <= sizeof(line));
	if (!base64_decode_line(BASE64_BARE, text, size, line, &line_size) ||
		line_size != out_size)
		return false;
	memcpy(out, line, out_size);
	return true;
}

void base64_encode_line(enum base64_form form, const unsigned char *bytes,
	size_t size, struct buf *out)
{
	char line[BASE64_COLUMNS + 1];

	assert(size <= BASE64_LINE_SIZE);
	sodium_bin2base64(line, sizeof(line), bytes, size, variant(form));
	buf_text(out, line);
}
