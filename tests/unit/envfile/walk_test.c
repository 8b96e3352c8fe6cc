/* SPDX-License-Identifier: MIT */
#include "envfile/walk.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The value of the first row with so much room; NULL where it does not fit. */
static char *value_of(const char *text, size_t limit)
{
	struct envfile_walk *walk = envfile_walk_new(text, strlen(text));
	struct envfile_row row;
	struct buf value = BUF(limit);

	cr_assert(envfile_walk_next(walk, &row));
	envfile_row_value(&row, &value);
	bool fits = !buf_failed(&value);
	char *taken = buf_take(&value, NULL);
	envfile_walk_free(walk);
	if (fits)
		return taken;
	free(taken);
	return NULL;
}

static void check_value(const char *text, size_t limit, const char *expected)
{
	char *value = value_of(text, limit);

	if (expected)
		cr_expect_str_eq(value ? value : "", expected, "%s", text);
	else
		cr_expect_null(value, "%s", text);
	free(value);
}

Test(walk, value_is_decoded_whatever_the_room)
{
	check_value("A=\"a\\nb\"\n", SIZE_MAX, "a\nb");
	check_value("A=\"a\\nb\"\n", SIZE_MAX - 1, "a\nb");
	check_value("A=\"a\\nb\"\n", 3, "a\nb");
	check_value("A=\"\\n\\n\\n\"\n", 3, "\n\n\n");
	check_value("A=\"\\n\\n\\n\\n\"\n", 3, NULL);
	check_value("A=''\n", 0, "");
	check_value("A=\n", 0, "");
	check_value("A=abc\n", 2, NULL);
}

Test(walk, byte_order_mark_is_passed_over)
{
	check_value("\xef\xbb\xbf"
		    "A=1\n",
		8, "1");
	check_value("\xef\xbb\xbf"
		    "A='1' # x\n",
		8, "1");
}
