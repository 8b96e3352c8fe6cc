/* SPDX-License-Identifier: MIT */
#include "ui/line_paste_internal.h"

#include <criterion/criterion.h>
#include <string.h>

static bool has_key(const char *text, size_t size)
{
	return size > 3 && memcmp(text, "sk-", 3) == 0;
}

/* Puts all bytes; what can be taken, and what was kept aside. */
static void expect(const char *sent, const char *taken, const char *lines)
{
	struct line_paste paste = LINE_PASTE;

	paste.conceals = has_key;
	SCOPED(buf) struct buf got = BUF(4096);
	char byte = 0;

	for (; *sent; sent++)
		line_paste_put(&paste, *sent);
	while (line_paste_take(&paste, &byte))
		buf_byte(&got, byte);
	cr_assert_str_eq(buf_cstring(&got), taken);
	cr_assert_str_eq(buf_cstring(&paste.lines), lines);
	line_paste_release(&paste);
}

#define PASTE(text) "\033[200~" text "\033[201~"

Test(line_paste, what_is_typed_goes_through)
{
	expect("abc\r", "abc\r", "");
	expect("\033[A\033[3~x", "\033[A\033[3~x", "");
	expect("\033[20", "", "");
	expect("\033[20x", "\033[20x", "");
}

Test(line_paste, one_line_comes_as_if_it_were_typed)
{
	expect("a" PASTE("bcd") "e", "abcde", "");
	expect(PASTE("key\n"), "key", "");
	expect(PASTE("key\r\n\r\n"), "key", "");
	expect(PASTE("a\tb\003\033c"), "a bc", "");
	expect(PASTE(""), "", "");
}

Test(line_paste, several_lines_are_kept_aside_and_end_the_line)
{
	expect("a" PASTE("b\rc"), "a\r", "b\nc");
	expect(PASTE("b\n\tc\n"), "\r", "b\n\tc");
	expect(PASTE("b\r\nc\r\n"), "\r", "b\nc");
	expect(PASTE("b\r\r\nc"), "\r", "b\n\nc");
}

Test(line_paste, a_line_that_is_to_be_concealed_is_kept_aside_too)
{
	expect("a" PASTE("sk-1\n"), "a\r", "sk-1");
	expect("sk-1\r", "sk-1\r", "");
}

Test(line_paste, a_mark_inside_a_paste_is_no_mark)
{
	expect(PASTE("a\033[200~b"), "a[200~b", "");
	expect(PASTE("a\033\033[20b"), "a[20b", "");
}

Test(line_paste, an_escape_before_a_mark_is_a_key)
{
	expect("\033" PASTE("a"), "\033a", "");
}
