/* SPDX-License-Identifier: MIT */
#include "base/slice.h"

#include "base/attributes.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* Not ended by NUL: what is behind the slice is not looked at. */
static const struct slice bearer = { "Bearer abcXYZ", 10 };

Test(slice, compares_what_it_has_and_no_more)
{
	cr_assert(slice_is(bearer, "Bearer abc"));
	cr_assert(!slice_is(bearer, "Bearer abcX"));
	cr_assert(!slice_is(bearer, "Bearer ab"));
	cr_assert(slice_is_ignoring_case(bearer, "bearer abc"));
	cr_assert(slice_begins(bearer, "Bearer"));
	cr_assert(!slice_begins(bearer, "bearer"));
	cr_assert(slice_begins_ignoring_case(bearer, "bearer "));
	cr_assert(!slice_begins_ignoring_case(bearer, "bearer abcx"));
	cr_assert(slice_ends(bearer, "abc"));
	cr_assert(!slice_ends(bearer, "XYZ"));
	cr_assert(slice_contains(bearer, "r a"));
	cr_assert(slice_contains_ignoring_case(bearer, "bea"));
	cr_assert(!slice_contains(bearer, "cX"));
	cr_assert(slice_contains(bearer, ""));
	cr_assert(slice_only(slice_from(bearer, 7), "cba"));
	cr_assert(!slice_only(bearer, "Bear"));
}

/* Every text of a few letters in every other, beside a plain search. */
Test(slice, finds_a_part_where_it_is_first)
{
	static const char *const texts[] = { "", "a", "vv", "avv", "e env",
		"eenvenv", "process.env", "nv env nvenv", "vvvvva" };
	static const char *const parts[] = { "a", "v", "vv", "env", "va",
		"s.env", "nvenv", "vvvvvva", "z" };

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		for (size_t j = 0; j < ARRAY_SIZE(parts); j++) {
			const char *at = strstr(texts[i], parts[j]);
			size_t expected =
				at ? (size_t)(at - texts[i]) : strlen(texts[i]);

			cr_expect_eq(slice_find_part(slice_of(texts[i]),
					     slice_of(parts[j])),
				expected, "%s in %s", parts[j], texts[i]);
		}
}

Test(slice, takes_a_word_off_its_front_or_nothing)
{
	static const char *const words[] = { "Token ", "Bearer ", "Bear" };
	struct slice rest = bearer;

	cr_assert(!slice_take(&rest, "Bearer abcX"));
	cr_assert(slice_equal(rest, bearer));
	cr_assert(slice_take_any(&rest, words, ARRAY_SIZE(words)));
	cr_assert(slice_is(rest, "abc"));
	cr_assert(!slice_take_any(&rest, words, ARRAY_SIZE(words)));
	cr_assert(slice_take(&rest, "abc"));
	cr_assert_eq(rest.size, 0);
}

Test(slice, looks_at_any_place_and_never_behind_its_end)
{
	cr_assert(slice_has_at(bearer, 7, "abc"));
	cr_assert(!slice_has_at(bearer, 7, "abcX"));
	cr_assert(!slice_has_at(bearer, 7, "ABC"));
	cr_assert(slice_has_at_ignoring_case(bearer, 0, "bearer"));
	cr_assert(!slice_has_at_ignoring_case(bearer, 10, "x"));
	cr_assert(!slice_has_at(bearer, 99, "a"));
	cr_assert(slice_ends_ignoring_case(
		(struct slice){ "TOKEN_KEYS", 9 }, "_key"));
	cr_assert(!slice_ends_ignoring_case(bearer, "xyz"));
}

Test(slice, is_cut_and_trimmed)
{
	struct slice padded = slice_of(" \t a b\r\n");

	cr_assert(slice_is(slice_trimmed(padded), "a b"));
	cr_assert(slice_is(slice_skip_blanks(padded), "a b\r\n"));
	cr_assert_eq(slice_from(bearer, 99).size, 0);
	cr_assert(slice_is(slice_first(bearer, 4), "Bear"));
	cr_assert_eq(slice_first(bearer, 99).size, 10);
	cr_assert_eq(slice_find(bearer, ' '), 6);
	cr_assert_eq(slice_find(bearer, 'X'), 10);
	cr_assert_eq(slice_find((struct slice){ NULL, 0 }, 'X'), 0);
	cr_assert_eq(slice_count(slice_of("a,b,,"), ','), 3);
	cr_assert_eq(slice_count(bearer, ','), 0);
	cr_assert_eq(slice_count((struct slice){ NULL, 0 }, 'X'), 0);
}

Test(slice, fits_one_of_the_words_or_none)
{
	static const char *const words[] = { "bear", "cub" };

	cr_assert(slice_fits_any(
		bearer, slice_begins_ignoring_case, words, ARRAY_SIZE(words)));
	cr_assert(!slice_fits_any(
		bearer, slice_begins, words, ARRAY_SIZE(words)));
	cr_assert(slice_fits_any(
		slice_of("cub"), slice_is, words, ARRAY_SIZE(words)));
	cr_assert(!slice_fits_any(slice_of(""), slice_is, words, 0));
}

Test(slice, gives_its_lines_without_their_ends)
{
	struct slice rest = slice_of("a\r\n\nb");
	struct slice line;

	cr_assert(slice_take_line(&rest, &line) && slice_is(line, "a"));
	cr_assert(slice_take_line(&rest, &line) && slice_is(line, ""));
	cr_assert(slice_take_line(&rest, &line) && slice_is(line, "b"));
	cr_assert(!slice_take_line(&rest, &line));
}

Test(slice, gives_the_items_of_a_list)
{
	struct slice rest = slice_of("a,,bc,");
	struct slice item;

	cr_assert(slice_take_item(&rest, &item) && slice_is(item, "a"));
	cr_assert(slice_take_item(&rest, &item) && slice_is(item, ""));
	cr_assert(slice_take_item(&rest, &item) && slice_is(item, "bc"));
	cr_assert(!slice_take_item(&rest, &item));
}

Test(slice, copy_ends)
{
	char *copy = slice_text(bearer);

	cr_assert_str_eq(copy, "Bearer abc");
	free(copy);
}
