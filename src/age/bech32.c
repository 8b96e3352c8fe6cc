/* SPDX-License-Identifier: MIT */
#include "age/bech32_internal.h"

#include "base/slice.h"
#include "base/text.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#define CHECKSUM_SIZE 6 /* characters */

static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/* One step of BIP 173's checksum: a BCH code over GF(32). */
static uint32_t checksum_step(uint32_t checksum, unsigned value)
{
	static const uint32_t generator[] = { 0x3b6a57b2, 0x26508e6d,
		0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
	uint32_t top = checksum >> 25;

	checksum = (checksum & 0x1ffffff) << 5 ^ value;
	for (unsigned i = 0; i < ARRAY_SIZE(generator); i++)
		if (top >> i & 1)
			checksum ^= generator[i];
	return checksum;
}

/* The checksum over the human-readable part, always in lower case. */
static uint32_t checksum_prefix(const char *prefix)
{
	uint32_t checksum = 1;

	for (const char *at = prefix; *at; at++)
		checksum = checksum_step(
			checksum, (unsigned char)text_lower(*at) >> 5);
	checksum = checksum_step(checksum, 0);
	for (const char *at = prefix; *at; at++)
		checksum = checksum_step(
			checksum, (unsigned char)text_lower(*at) & 31);
	return checksum;
}

/* The value of a character of the data part, or -1. */
static int value_of(char character)
{
	char lower = text_lower(character);
	const char *at = lower ? strchr(alphabet, lower) : NULL;

	return at ? (int)(at - alphabet) : -1;
}

static bool has_one_case(const char *text, size_t size)
{
	bool upper = false, lower = false;

	for (size_t i = 0; i < size; i++) {
		upper = upper || text_is_upper(text[i]);
		lower = lower || text_is_lower(text[i]);
	}
	return !(upper && lower);
}

static bool has_prefix(const char *text, size_t size, const char *prefix)
{
	size_t length = strlen(prefix);

	return size >= length + 1 + CHECKSUM_SIZE && text[length] == '1' &&
		slice_begins_ignoring_case(
			(struct slice){ text, size }, prefix);
}

static bool checksum_holds(const char *prefix, const char *data, size_t size)
{
	uint32_t checksum = checksum_prefix(prefix);

	for (size_t i = 0; i < size; i++) {
		int value = value_of(data[i]);
		if (value < 0)
			return false;
		checksum = checksum_step(checksum, (unsigned)value);
	}
	return checksum == 1;
}

/* Regroups five bits to eight; the bits left over are few and zero. */
static bool join_bits(
	const char *data, size_t size, unsigned char *out, size_t out_size)
{
	uint32_t bits = 0;
	unsigned count = 0;
	size_t filled = 0;

	for (size_t i = 0; i < size; i++) {
		bits = (bits << 5 | (unsigned)value_of(data[i])) & 0xfff;
		count += 5;
		if (count < 8)
			continue;
		if (filled == out_size)
			return false;
		count -= 8;
		out[filled++] = (unsigned char)(bits >> count);
	}
	return filled == out_size && count < 5 &&
		(bits & ((1u << count) - 1)) == 0;
}

bool bech32_decode(const char *text, size_t size, const char *prefix,
	unsigned char *out, size_t out_size)
{
	if (!has_one_case(text, size) || !has_prefix(text, size, prefix))
		return false;
	const char *data = text + strlen(prefix) + 1;
	size_t data_size = size - strlen(prefix) - 1;

	if (!checksum_holds(prefix, data, data_size))
		return false;
	if (!join_bits(data, data_size - CHECKSUM_SIZE, out, out_size)) {
		sodium_memzero(out, out_size);
		return false;
	}
	return true;
}

struct encoder {
	struct buf *out;
	bool upper;
	uint32_t checksum;
};

static void put(struct encoder *encoder, unsigned value)
{
	char character = alphabet[value & 31];

	encoder->checksum = checksum_step(encoder->checksum, value & 31);
	buf_byte(encoder->out,
		encoder->upper ? text_upper(character) : character);
}

void bech32_encode(const char *prefix, const unsigned char *bytes, size_t size,
	struct buf *out)
{
	struct encoder encoder = { .out = out,
		.upper = text_is_upper(prefix[0]),
		.checksum = checksum_prefix(prefix) };
	uint32_t bits = 0;
	unsigned count = 0;

	buf_text(out, prefix);
	buf_byte(out, '1');
	for (size_t i = 0; i < size; i++) {
		bits = (bits << 8 | bytes[i]) & 0xfff;
		count += 8;
		for (; count >= 5; count -= 5)
			put(&encoder, bits >> (count - 5));
	}
	if (count)
		put(&encoder, bits << (5 - count));

	uint32_t checksum = encoder.checksum;
	for (int i = 0; i < CHECKSUM_SIZE; i++)
		checksum = checksum_step(checksum, 0);
	checksum ^= 1;
	for (int i = CHECKSUM_SIZE - 1; i >= 0; i--)
		put(&encoder, checksum >> (5 * i));
}
