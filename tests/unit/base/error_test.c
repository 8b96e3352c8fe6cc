/* SPDX-License-Identifier: MIT */
#include "base/error.h"

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
	cr_assert_eq(count, 10);
}
