/* SPDX-License-Identifier: MIT */
#include "redact/view_internal.h"

#include "base/text.h"

/* Of the standard alphabet and the one for URLs (RFC 4648); -1 for others. */
static int base64_digit(const struct view *source, size_t at)
{
	char byte = (char)source->bytes[at];

	if (text_is_upper(byte))
		return byte - 'A';
	if (text_is_lower(byte))
		return byte - 'a' + 26;
	if (text_is_digit(byte))
		return byte - '0' + 52;
	if (byte == '+' || byte == '-')
		return 62;
	return byte == '/' || byte == '_' ? 63 : -1;
}

/* The 0 of "0x2f" is none. */
static int hex_digit(const struct view *source, size_t at)
{
	char byte = (char)source->bytes[at];

	if (byte == '0' && at + 1 < source->size &&
		text_lower((char)source->bytes[at + 1]) == 'x')
		return -1;
	return text_hex_value(byte);
}

/* Digits of `width` bits each, put together to bytes. */
static void decode(const struct view *source, size_t skipped, unsigned width,
	int (*digit)(const struct view *source, size_t at), struct view *out)
{
	uint32_t bits = 0;
	unsigned count = 0;
	size_t before = 0; /* the place of the digit before */

	view_init(out, source->size);
	for (size_t at = 0; at < source->size; at++) {
		int value = digit(source, at);

		if (value < 0)
			continue;
		if (skipped > 0) {
			skipped--;
			continue;
		}
		bits = bits << width | (uint32_t)value;
		count += width;
		if (count >= 8) {
			count -= 8;
			view_add(out, (unsigned char)(bits >> count), source,
				before, at + 1);
		}
		before = at;
	}
}

void view_base64(const struct view *source, size_t skipped, struct view *out)
{
	decode(source, skipped, 6, base64_digit, out);
}

void view_hex(const struct view *source, size_t skipped, struct view *out)
{
	decode(source, skipped, 4, hex_digit, out);
}
