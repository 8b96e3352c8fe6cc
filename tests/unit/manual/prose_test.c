/* SPDX-License-Identifier: MIT */
#include "manual/prose.h"

#include "ui/style.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect(const char *text, size_t columns, const char *wanted)
{
	SCOPED(buf) struct buf out = BUF(4096);

	prose_text(text, columns, &out);
	cr_assert_str_eq(buf_cstring(&out), wanted);
}

Test(prose, joins_the_lines_of_a_paragraph)
{
	expect("one two\nthree\n\nfour\n", 60, "one two three\n\nfour\n");
	expect("one two\nthree four\n", 9, "one two\nthree\nfour\n");
}

Test(prose, keeps_literal_lines_with_the_blank_lines_between_them)
{
	expect("so:\n  a   b\n\n    c\n\nnext", 60,
		"so:\n  a   b\n\n    c\n\nnext\n");
}

Test(prose, puts_rows_into_one_table)
{
	expect("a :: first\nlong :: second\nand more\n\nafter", 60,
		"  a     first\n  long  second and more\n\nafter\n");
}

Test(prose, takes_headings)
{
	expect("# Title\n\ntext", 60,
		STYLE_BOLD "Title" STYLE_END "\n\ntext\n");
}

Test(prose, has_the_programs_own_tables)
{
	SCOPED(buf) struct buf out = BUF(1 << 16);

	prose_text("0x :: mine\n{exit-codes}\n{readers}\n", 60, &out);
	cr_assert(strstr(buf_cstring(&out), "\n  130 "));
	cr_assert(strstr(buf_cstring(&out), "\n  symfony\n"));
}

Test(prose, is_content_with_nothing)
{
	expect("", 60, "");
	expect("\n\n", 60, "");
}
