/* SPDX-License-Identifier: MIT */
#include "base/number.h"

#include <criterion/criterion.h>
#include <string.h>

static bool parses(const char *text, uint64_t most)
{
	uint64_t number = 0;

	return number_parse(text, strlen(text), 0, most, &number);
}

Test(number, takes_plain_decimals_alone)
{
	cr_assert(parses("0", 10));
	cr_assert(parses("10", 10));
	cr_assert(parses("18446744073709551615", UINT64_MAX));
	cr_assert(!parses("18446744073709551616", UINT64_MAX));
	cr_assert(!parses("11", 10));
	cr_assert(!parses("", 10));
	cr_assert(!parses("01", 10));
	cr_assert(!parses("+1", 10));
	cr_assert(!parses(" 1", 10));
	cr_assert(!parses("1 ", 10));
	cr_assert(!parses("0x1", 10));
}
