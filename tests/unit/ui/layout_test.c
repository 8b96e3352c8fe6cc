/* SPDX-License-Identifier: MIT */
#include "ui/layout.h"

#include "ui/style.h"

#include <criterion/criterion.h>
#include <string.h>

Test(layout, breaks_between_words_and_indents)
{
	SCOPED(buf) struct buf out = BUF(4096);
	struct layout layout = { 12, 2, 4 };

	layout_text(&out, "one two three four", &layout);
	cr_assert_str_eq(buf_cstring(&out), "one two\n    three\n    four");
}

Test(layout, keeps_lines_that_begin_with_a_blank)
{
	SCOPED(buf) struct buf out = BUF(4096);
	struct layout layout = { 10, 0, 0 };

	layout_text(&out, "a b\n  kept   as it is\n\nnext", &layout);
	cr_assert_str_eq(buf_cstring(&out), "a b\n  kept   as it is\n\nnext");
}

Test(layout, counts_wide_characters_twice)
{
	SCOPED(buf) struct buf out = BUF(4096);
	struct layout layout = { 9, 0, 0 };

	layout_text(&out, "小米 小米 a", &layout);
	cr_assert_str_eq(buf_cstring(&out), "小米 小米\na");
}

Test(layout, keeps_a_command_in_backquotes_whole)
{
	SCOPED(buf) struct buf out = BUF(4096);
	struct layout layout = { 20, 0, 0 };

	layout_text(&out, "run `a b c`, then `d e`. Or `one of 20 columns`",
		&layout);
	cr_assert_str_eq(buf_cstring(&out),
		"run `a b c`, then\n`d e`. Or\n`one of 20 columns`");
}

Test(layout, a_command_wider_than_the_window_goes_on_behind_a_backslash)
{
	SCOPED(buf) struct buf out = BUF(4096);
	struct layout layout = { 20, 2, 2 };

	layout_text(
		&out, "or `set it to=one to=two 'a b c' last`, then", &layout);
	cr_assert_str_eq(buf_cstring(&out),
		"or\n"
		"  `set it to=one \\\n"
		"  to=two 'a b c' \\\n"
		"  last`, then");
}

Test(layout, no_word_of_a_command_is_broken)
{
	SCOPED(buf) struct buf out = BUF(4096);
	struct layout layout = { 20, 2, 2 };

	layout_text(&out,
		"`a -C 'it'\\''s here' -f \"a \\\" b\" set it\\'s a last`",
		&layout);
	cr_assert_str_eq(buf_cstring(&out),
		"`a -C \\\n"
		"  'it'\\''s here' \\\n"
		"  -f \"a \\\" b\" set \\\n"
		"  it\\'s a last`");
}

static void expect_lines(const char *text, const char *expected)
{
	SCOPED(buf) struct buf out = BUF(4096);

	layout_lines(&out, text, strlen(text), 16);
	cr_expect_str_eq(buf_cstring(&out), expected);
}

Test(layout, long_lines_go_on_below_their_text)
{
	expect_lines("", "");
	expect_lines("short\n  kept   as it is\n",
		"short\n  kept   as it\n         is\n");
	expect_lines("one two three four\n", "one two three\nfour\n");
	expect_lines("✓ one two three four", "✓ one two three\n  four");
	expect_lines(
		"  next   one two three", "  next   one two\n         three");
	expect_lines("  one two three four\n\n", "  one two three\n  four\n\n");
	/* A label in colour is one as well. */
	expect_lines(STYLE_DIM "  next" STYLE_END "   one two three",
		STYLE_DIM "  next" STYLE_END "   one two\n         three");
	expect_lines(STYLE_GOOD "took   " STYLE_END "  one two three",
		STYLE_GOOD "took   " STYLE_END "  one two\n         three");
}

Test(table, columns_line_up)
{
	SCOPED(buf) struct buf out = BUF(4096);
	SCOPED(table) struct table table = TABLE(2);

	table_add(&table, "小米");
	table_add(&table, "x");
	table_add(&table, "a");
	table_add(&table, "y");
	table_render(&table, 1, 40, &out);
	cr_assert_str_eq(buf_cstring(&out), " 小米  x\n a     y\n");
}

Test(table, a_last_column_without_room_has_a_line_of_its_own)
{
	SCOPED(buf) struct buf out = BUF(4096);
	SCOPED(table) struct table table = TABLE(2);

	table_add(&table, "--quite-a-long-option NAME");
	table_add(&table, "what it is for, in more words than fit");
	table_render(&table, 2, 40, &out);
	cr_assert_str_eq(buf_cstring(&out),
		"  --quite-a-long-option NAME\n"
		"      what it is for, in more words than\n"
		"      fit\n");
}

Test(table, a_last_column_wraps_under_itself)
{
	SCOPED(buf) struct buf out = BUF(4096);
	SCOPED(table) struct table table = TABLE(2);

	table_add(&table, "a");
	table_add(&table, "words that go on and on for a while");
	table_render(&table, 0, 30, &out);
	cr_assert_str_eq(buf_cstring(&out),
		"a  words that go on and on for\n   a while\n");
}
