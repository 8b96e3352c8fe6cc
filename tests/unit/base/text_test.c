/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "base/variable_name.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *const names[] = { "apply", "init", "render", "run", "secret",
	"config", "version", NULL };

Test(text, finds_the_nearest_name)
{
	cr_assert_str_eq(text_nearest("aply", names), "apply");
	cr_assert_str_eq(text_nearest("inti", names), "init");
	cr_assert_str_eq(text_nearest("REDNER", names), "render");
	cr_assert_str_eq(text_nearest("sec", names), "secret");
	cr_assert_null(text_nearest("zzz", names));
	cr_assert_null(text_nearest("x", names));
}

Test(text, refuses_malformed_utf8)
{
	static const char *const bad[] = { "\x80", "\xc0\x80", "\xe0\x80\x80",
		"\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc3", "\xff" };

	cr_assert(text_is_utf8("a\xc3\xa9\xe6\xb8\xac\xf0\x9f\x98\x80", 10));
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		cr_assert(!text_is_utf8(bad[i], strlen(bad[i])), "%zu", i);
}

Test(text, wide_characters_take_two_columns)
{
	cr_assert_eq(text_width("abc", 3), 3);
	cr_assert_eq(text_width("\xe5\xb0\x8f\xe7\xb1\xb3", 6), 4);
	cr_assert_eq(text_width("\xe2\x80\xa2", 3), 1);
}

Test(text, hex_digits_have_values)
{
	const char digits[] = TEXT_LOWER_HEX;

	for (int i = 0; digits[i]; i++) {
		cr_expect_eq(text_hex_value(digits[i]), i);
		cr_expect_eq(text_hex_value(text_upper(digits[i])), i);
	}
	for (const char *at = "/:@G`g \xe1"; *at; at++)
		cr_expect_eq(text_hex_value(*at), -1, "%c", *at);
	cr_expect_eq(text_hex_value('\0'), -1);
	cr_assert(text_only("0aF", TEXT_HEX) && !text_only("x", TEXT_HEX));
}

Test(text, counts_characters)
{
	cr_assert_eq(text_count("a\xc3\xa4\xe6\xbc\xa2", 6), 3);
	cr_assert_eq(text_count("", 0), 0);
}

Test(text, visible_is_what_leaves_a_mark_of_its_own)
{
	static const char *const hidden[] = { "a\tb", "a\nb", "\x7f",
		"\xc2\x9b" /* CSI */, "\xc2\xad" /* soft hyphen */,
		"\xd8\x9c" /* U+061C */, "\xe2\x80\x8b" /* no width */,
		"\xe2\x80\xae" /* turns writing around */,
		"\xef\xb8\x8f" /* variation */, "\xf3\xa0\x81\x81" /* tag */,
		"\xff" /* no UTF-8 */ };

	cr_assert(text_is_visible(""));
	cr_assert(text_is_visible("a b'\\ \xe5\xb0\x8f \xf0\x9f\x98\x80"));
	for (size_t i = 0; i < ARRAY_SIZE(hidden); i++)
		cr_assert(!text_is_visible(hidden[i]), "%zu", i);
}

Test(text, variable_names)
{
	cr_assert(variable_name_is_allowed("MIMO_API_KEY"));
	cr_assert(variable_name_is_allowed("_a1"));
	cr_assert(!variable_name_is_allowed("1A"));
	cr_assert(!variable_name_is_allowed("A-B"));
	cr_assert(!variable_name_is_allowed(""));
}
