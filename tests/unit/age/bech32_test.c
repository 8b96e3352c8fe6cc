/* SPDX-License-Identifier: MIT */
#include "age/bech32_internal.h"

#include <criterion/criterion.h>
#include <string.h>

/* The pair of age.md: an identity of 32 bytes 0x42. */
#define IDENTITY                                                               \
	"AGE-SECRET-KEY-"                                                      \
	"1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4"               \
	"EGAEX"

static bool decodes(const char *text, const char *prefix, size_t size)
{
	unsigned char out[128];

	cr_assert_leq(size, sizeof(out));
	return bech32_decode(text, strlen(text), prefix, out, size);
}

Test(bech32, takes_the_valid_strings_of_bip_173)
{
	/* The last has 0 data characters and a checksum alone. */
	cr_assert(decodes("A12UEL5L", "a", 0));
	cr_assert(decodes("a12uel5l", "a", 0));
	cr_assert(decodes("an83characterlonghumanreadablepartthatcontainsthenum"
			  "ber1andtheexcludedcharactersbio1tt5tgs",
		"an83characterlonghumanreadablepartthatcontainsthenumber1andthe"
		"excludedcharactersbio",
		0));
	cr_assert(decodes(
		"abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw", "abcdef", 20));
	cr_assert(decodes("?1ezyfcl", "?", 0));
}

Test(bech32, refuses_the_invalid_strings_of_bip_173)
{
	cr_assert(!decodes("pzry9x0s0muk", "p", 0)); /* no separator */
	cr_assert(!decodes("x1b4n0q5v", "x", 0));    /* "b" is no data */
	cr_assert(!decodes("li1dgmt3", "li", 0));    /* checksum too short */
	cr_assert(!decodes("A1G7SGD8", "a", 0)); /* checksum in upper case */
}

Test(bech32, takes_either_case_but_no_mixture)
{
	char text[] = IDENTITY;

	cr_assert(decodes(text, "age-secret-key-", 32));
	for (char *at = text; *at; at++)
		*at = (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
	cr_assert(decodes(text, "age-secret-key-", 32));
	text[0] = 'A';
	cr_assert(!decodes(text, "age-secret-key-", 32));
}

Test(bech32, any_changed_character_breaks_the_checksum)
{
	for (size_t i = 0; i < strlen(IDENTITY); i++) {
		char text[] = IDENTITY;

		text[i] = text[i] == 'Q' ? 'P' : 'Q';
		cr_assert(!decodes(text, "age-secret-key-", 32), "at %zu", i);
	}
}

Test(bech32, refuses_another_size_than_asked)
{
	cr_assert(!decodes(IDENTITY, "age-secret-key-", 31));
	cr_assert(!decodes(IDENTITY, "age-secret-key-", 33));
	cr_assert(!decodes(IDENTITY, "age", 32));
	cr_assert(!decodes("", "age", 32));
	cr_assert(!decodes("age1", "age", 32));
}

Test(bech32, refuses_bits_left_over_that_are_not_zero)
{
	/* Two characters are one byte and two bits: 00, then 01. */
	cr_assert(decodes("a1qqqd87cq", "a", 1));
	cr_assert(!decodes("a1qpamnt9j", "a", 1));
	/* Three are one byte and seven bits: a whole character too many. */
	cr_assert(!decodes("a1qqqd87cpp", "a", 1));
}

Test(bech32, writes_what_it_reads)
{
	unsigned char bytes[100], back[100];

	for (size_t size = 0; size <= sizeof(bytes); size++) {
		SCOPED(buf) struct buf text = BUF(256);

		for (size_t i = 0; i < size; i++)
			bytes[i] = (unsigned char)(i * 37 + size);
		bech32_encode("age", bytes, size, &text);
		cr_assert(!buf_failed(&text));
		cr_assert(
			bech32_decode(text.data, text.size, "age", back, size));
		cr_assert_arr_eq(bytes, back, size);
	}
}
