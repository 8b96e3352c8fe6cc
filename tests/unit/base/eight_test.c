/* SPDX-License-Identifier: MIT */
#include "base/eight.h"

#include <criterion/criterion.h>
#include <stdbool.h>

/* The byte among seven others, at each place. */
static void assert_kinds(unsigned byte, unsigned others)
{
	for (size_t place = 0; place < 8; place++) {
		char text[8];
		bool below = byte < ' ' || others < ' ';
		bool is = byte == '"' || others == '"';
		bool beyond = byte >= 0x80 || others >= 0x80;

		memset(text, (int)others, sizeof(text));
		text[place] = (char)byte;
		cr_assert_eq(eight_below(eight_at(text), ' ') != 0, below,
			"%02x among %02x", byte, others);
		cr_assert_eq(eight_is(eight_at(text), '"') != 0, is,
			"%02x among %02x", byte, others);
		cr_assert_eq(eight_beyond_ascii(eight_at(text)) != 0, beyond,
			"%02x among %02x", byte, others);
	}
}

Test(eight, finds_every_byte_among_all_others)
{
	for (unsigned byte = 0; byte < 256; byte++)
		for (unsigned others = 0; others < 256; others++)
			assert_kinds(byte, others);
}

Test(eight, blanks_stand_for_what_is_not_there)
{
	for (size_t size = 0; size < 8; size++)
		cr_assert_eq(memcmp(&(uint64_t){ eight_of("abcdefgh", size) },
				     "abcdefgh", size),
			0);
	cr_assert_eq(eight_of("", 0), EIGHT_EACH * ' ');
	cr_assert_eq(eight_of("\"bcdefgh", 8), eight_at("\"bcdefgh"));
}
