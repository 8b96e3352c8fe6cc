/* SPDX-License-Identifier: MIT */
#include "age/hkdf.h"

#include <criterion/criterion.h>
#include <sodium.h>
#include <string.h>

/* The first 32 bytes of RFC 5869's outputs, which have 42. */
static void expect(const struct hkdf *from, const char *hex)
{
	unsigned char out[HKDF_SIZE];
	char text[2 * HKDF_SIZE + 1];

	hkdf_sha256(from, out);
	sodium_bin2hex(text, sizeof(text), out, sizeof(out));
	cr_assert_str_eq(text, hex);
}

Test(hkdf, rfc_5869_a1_basic)
{
	unsigned char key[22], salt[13], info[10];

	memset(key, 0x0b, sizeof(key));
	for (size_t i = 0; i < sizeof(salt); i++)
		salt[i] = (unsigned char)i;
	for (size_t i = 0; i < sizeof(info); i++)
		info[i] = (unsigned char)(0xf0 + i);
	expect(&(struct hkdf){ .key = key,
		       .key_size = sizeof(key),
		       .salt = salt,
		       .salt_size = sizeof(salt),
		       .info = info,
		       .info_size = sizeof(info) },
		"3cb25f25faacd57a90434f64d0362f2a"
		"2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
}

Test(hkdf, rfc_5869_a2_inputs_longer_than_a_block)
{
	unsigned char key[80], salt[80], info[80];

	for (size_t i = 0; i < sizeof(key); i++) {
		key[i] = (unsigned char)i;
		salt[i] = (unsigned char)(0x60 + i);
		info[i] = (unsigned char)(0xb0 + i);
	}
	expect(&(struct hkdf){ .key = key,
		       .key_size = sizeof(key),
		       .salt = salt,
		       .salt_size = sizeof(salt),
		       .info = info,
		       .info_size = sizeof(info) },
		"b11e398dc80327a1c8e7f78c596a4934"
		"4f012eda2d4efad8a050cc4c19afa97c");
}

Test(hkdf, rfc_5869_a3_empty_salt_and_info)
{
	unsigned char key[22];

	memset(key, 0x0b, sizeof(key));
	expect(&(struct hkdf){ .key = key, .key_size = sizeof(key) },
		"8da4e775a563c18f715f802a063c5a31"
		"b8a11f5c5ee1879ec3454e5f3c738d2d");
}

Test(hkdf, an_empty_salt_is_32_zero_bytes)
{
	static const unsigned char zeros[32];
	unsigned char without[HKDF_SIZE], with[HKDF_SIZE];

	hkdf_sha256(&(struct hkdf){ .key = "key", .key_size = 3 }, without);
	hkdf_sha256(&(struct hkdf){ .key = "key",
			    .key_size = 3,
			    .salt = zeros,
			    .salt_size = sizeof(zeros) },
		with);
	cr_assert_arr_eq(without, with, HKDF_SIZE);
}
