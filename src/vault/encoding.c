/* SPDX-License-Identifier: MIT */
#include "vault/encoding_internal.h"

#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#define VARIANT sodium_base64_VARIANT_ORIGINAL

/* What a character stands for; over DIGIT_MOST for what is none. */
#define DIGIT_MOST 63
static uint32_t digit_of(char character)
{
	/* clang-format off */
	static const unsigned char digits[256] = {
		['A'] =  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13,
			14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
		['a'] = 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39,
			40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52,
		['0'] = 53, 54, 55, 56, 57, 58, 59, 60, 61, 62,
		['+'] = 63, ['/'] = 64,
	};
	/* clang-format on */

	return (uint32_t)digits[(unsigned char)character] - 1;
}

/* Four characters as three bytes; false where one is no digit. */
static bool decode_group(const char *text, uint32_t *bytes)
{
	uint32_t a = digit_of(text[0]);
	uint32_t b = digit_of(text[1]);
	uint32_t c = digit_of(text[2]);
	uint32_t d = digit_of(text[3]);

	*bytes = a << 18 | b << 12 | c << 6 | d;
	return (a | b | c | d) <= DIGIT_MOST;
}

/* The group at the end, which may be padded: its bits that stand for no byte
 * are zero. */
static bool decode_last(const char *text, size_t padding, uint32_t *bytes)
{
	char whole[4] = { text[0], text[1], padding > 1 ? 'A' : text[2],
		padding > 0 ? 'A' : text[3] };

	return decode_group(whole, bytes) &&
		(*bytes & ((UINT32_C(1) << (8 * padding)) - 1)) == 0;
}

static void put_bytes(uint32_t bytes, size_t count, unsigned char *out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = (unsigned char)(bytes >> (16 - 8 * i));
}

static size_t padding_of(const char *text, size_t length)
{
	return (size_t)(text[length - 1] == '=') +
		(text[length - 1] == '=' && text[length - 2] == '=');
}

/*
 * All that is in a vault may be read by anybody, so this takes no care to run
 * in the same time for all bytes, as libsodium's does, which takes ten times as
 * long: half of opening a vault with many secrets.
 */
static bool decode(
	const char *text, size_t length, unsigned char *out, size_t size)
{
	size_t padding = padding_of(text, length);
	uint32_t bytes = 0;

	if (length / 4 * 3 - padding != size)
		return false;
	for (; length > 4; text += 4, length -= 4, out += 3) {
		if (!decode_group(text, &bytes))
			return false;
		put_bytes(bytes, 3, out);
	}
	if (!decode_last(text, padding, &bytes))
		return false;
	put_bytes(bytes, 3 - padding, out);
	return true;
}

bool base64_decode(const char *text, unsigned char *out, size_t size)
{
	size_t length = strlen(text);

	return length > 0 && length % 4 == 0 && decode(text, length, out, size);
}

size_t base64_size(const char *text)
{
	size_t length = strlen(text);

	return length == 0 || length % 4 != 0
		? 0
		: length / 4 * 3 - padding_of(text, length);
}

size_t base64_decoded_size(const char *text)
{
	size_t size = base64_size(text);
	size_t last = size ? strlen(text) - 4 : 0;
	uint32_t seen = 0;

	for (size_t at = 0; at < last; at++)
		seen |= digit_of(text[at]);
	return size && seen <= DIGIT_MOST &&
			decode_last(
				text + last, padding_of(text, last + 4), &seen)
		? size
		: 0;
}

char *base64_encode(const unsigned char *bytes, size_t size)
{
	size_t room = sodium_base64_encoded_len(size, VARIANT);
	char *text = memory_new(room);

	sodium_bin2base64(text, room, bytes, size, VARIANT);
	return text;
}

json_t *base64_json(const unsigned char *bytes, size_t size)
{
	char *text = base64_encode(bytes, size);
	json_t *json = json_new_text(text);

	memory_free(text, strlen(text));
	return json;
}

bool hex_is_valid(const char *text, size_t size)
{
	return strlen(text) == 2 * size && text_only(text, TEXT_LOWER_HEX);
}

bool hex_decode(const char *text, unsigned char *out, size_t size)
{
	size_t decoded = 0;

	return hex_is_valid(text, size) &&
		sodium_hex2bin(
			out, size, text, 2 * size, NULL, &decoded, NULL) == 0 &&
		decoded == size;
}
