/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

Test(error, says_what_where_and_next)
{
	struct error err;

	cr_assert(!error_set(&err, STATUS_INVALID, "no profile %s", "x"));
	error_at(&err, "%s:%d", "aigenv.json", 3);
	error_next(&err, "look");
	cr_assert_eq(err.status, 3);
	cr_assert_str_eq(err.what, "no profile x");
	cr_assert_str_eq(err.where, "aigenv.json:3");
	cr_assert_str_eq(err.next, "look");
}

Test(error, cuts_long_text_at_a_character)
{
	struct error err;
	char text[4000];

	memset(text, 0, sizeof(text));
	for (size_t i = 0; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	error_set(&err, STATUS_IO, "x%s", text);
	size_t size = strlen(err.what);
	cr_assert_lt(size, sizeof(err.what));
	cr_assert_str_eq(err.what + size - 3, "...");
	cr_assert_eq((unsigned char)err.what[size - 4], 0xa9);
}

Test(error, table_has_every_exit_code_once)
{
	const struct status_entry *entries = status_entries();
	size_t count = 0;

	for (; entries[count].word; count++) {
		for (size_t i = 0; i < count; i++)
			cr_assert_neq(entries[i].status, entries[count].status);
	}
	cr_assert_eq(count, 12);
}

Test(error, a_precision_cuts_no_character_in_two)
{
	struct error err;

	error_set(&err, STATUS_USAGE, "no profile \"%.4s\"",
		"\xe5\xb0\x8f\xe7\xb1\xb3");
	cr_assert_str_eq(err.what, "no profile \"\xe5\xb0\x8f\"");
	error_at(&err, "%.1s, %.2s", "\xc3\xa4", "\xf0\x9f\x98\x80");
	cr_assert_str_eq(err.where, ", ");
}

Test(error, is_utf8_whatever_it_was_told)
{
	struct error err;
	char text[2000];

	memset(text, 0xff, sizeof(text));
	text[sizeof(text) - 1] = '\0';
	error_set(&err, STATUS_USAGE, "%s", text);
	error_next(&err, "%s",
		"a\xff"
		"b\x80");
	cr_assert(text_is_utf8(err.what, strlen(err.what)));
	cr_assert_str_eq(err.what + strlen(err.what) - 3, "...");
	cr_assert_str_eq(err.next,
		"a\xef\xbf\xbd"
		"b\xef\xbf\xbd");
}
