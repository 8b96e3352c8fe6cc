/* SPDX-License-Identifier: MIT */
#include "vault/encoding_internal.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define MOST 100

Test(encoding, what_libsodium_writes_is_read_back)
{
	unsigned char bytes[MOST];
	unsigned char again[MOST + 1];

	for (size_t size = 1; size <= MOST; size++) {
		randombytes_buf(bytes, size);
		char *text = base64_encode(bytes, size);
		cr_assert_eq(base64_decoded_size(text), size);
		cr_assert(base64_decode(text, again, size));
		cr_assert_eq(memcmp(bytes, again, size), 0);
		cr_assert(!base64_decode(text, again, size - 1));
		cr_assert(!base64_decode(text, again, size + 1));
		free(text);
	}
}

/* Every text of four of these is taken where libsodium takes it and writes the
 * same again. */
Test(encoding, the_canonical_spelling_alone_is_taken)
{
	static const char signs[] = "AQgw/z9=+ -_\n";
	unsigned char ours[3];
	unsigned char theirs[3];
	char text[5] = "";

	for (size_t i = 0; i < 13 * 13 * 13 * 13; i++) {
		size_t size = 0;
		char canonical[5];
		text[0] = signs[i % 13];
		text[1] = signs[i / 13 % 13];
		text[2] = signs[i / 13 / 13 % 13];
		text[3] = signs[i / 13 / 13 / 13];
		bool taken =
			sodium_base642bin(theirs, 3, text, 4, NULL, &size, NULL,
				sodium_base64_VARIANT_ORIGINAL) == 0 &&
			text_equal(sodium_bin2base64(canonical, 5, theirs, size,
					   sodium_base64_VARIANT_ORIGINAL),
				text);
		cr_assert_eq(base64_decoded_size(text), taken ? size : 0,
			"\"%s\"", text);
		for (size_t asked = 1; asked <= 3; asked++)
			cr_assert_eq(base64_decode(text, ours, asked),
				taken && asked == size, "\"%s\"", text);
		cr_assert(!taken || memcmp(ours, theirs, size) == 0);
	}
	cr_assert_eq(base64_decoded_size(""), 0);
	cr_assert_eq(base64_decoded_size("AAA"), 0);
	cr_assert_eq(base64_decoded_size("AA==AAAA"), 0);
}
