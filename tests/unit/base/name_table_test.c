/* SPDX-License-Identifier: MIT */
#include "base/name_table.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define COUNT 1000

Test(name_table, finds_what_was_put_and_nothing_else)
{
	struct name_table table = { 0 };
	char names[COUNT][16];

	cr_assert_eq(name_table_find(&table, "NAME_0"), NAME_NONE);
	for (size_t i = 0; i < COUNT; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "NAME_%zu", i);
		cr_assert_eq(name_table_put(&table, names[i], i), NAME_NONE);
	}
	for (size_t i = 0; i < COUNT; i++)
		cr_assert_eq(name_table_find(&table, names[i]), i);
	cr_assert_eq(name_table_find(&table, "NAME_1000"), NAME_NONE);
	cr_assert_eq(name_table_find(&table, ""), NAME_NONE);
	name_table_release(&table);
	cr_assert_eq(name_table_find(&table, "NAME_0"), NAME_NONE);
}

Test(name_table, the_last_number_of_a_name_counts_and_the_name_may_move)
{
	struct name_table table = { 0 };
	char first[] = "NAME";
	char second[] = "NAME";

	cr_assert_eq(name_table_put(&table, first, 1), NAME_NONE);
	cr_assert_eq(name_table_put(&table, second, 2), 1);
	first[0] = 'X';
	cr_assert_eq(name_table_find(&table, "NAME"), 2);
	cr_assert_eq(table.count, 1);
	name_table_release(&table);
}
