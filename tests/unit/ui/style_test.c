/* SPDX-License-Identifier: MIT */
#include "ui/style.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void expect(struct style style, const char *text, const char *expected)
{
	SCOPED(buf) struct buf out = BUF(4096);

	style_render(&style, text, strlen(text), &out);
	cr_assert_str_eq(buf_cstring(&out), expected);
}

Test(style, marks_are_escapes_on_a_terminal_alone)
{
	expect((struct style){ .color = true }, STYLE_GOOD "ok" STYLE_END,
		"\033[32mok\033[0m");
	expect((struct style){ 0 }, STYLE_GOOD "ok" STYLE_END, "ok");
}

Test(style, lets_no_foreign_control_through)
{
	struct style color = { .color = true };

	expect(color, "a\033]0;title\007b\r", "a\\x1b]0;title\\x07b\\x0d");
	expect(color, "a\tb\n", "a b\n");
	expect(color,
		"\xc2\x9b"
		"2J",
		"\\xc2\\x9b2J");
	expect(color,
		"\xe2\x80\xae"
		"txt",
		"\\xe2\\x80\\xaetxt");
	expect(color, "bad \xff\xc3", "bad \\xff\\xc3");
	expect(color, "\x7f", "\\x7f");
}

/* Any bytes: what comes out is UTF-8 without a control but \n. */
Test(style, no_bytes_whatever_become_a_control)
{
	uint32_t state = 1;

	for (size_t round = 0; round < 20000; round++) {
		SCOPED(buf) struct buf out = BUF(4096);
		struct style style = { 0 };
		char bytes[16];

		for (size_t i = 0; i < sizeof(bytes); i++) {
			state = state * 1664525 + 1013904223;
			/* Half of them where UTF-8's lead bytes are. */
			bytes[i] = (char)(state >> 24 |
				(state >> 16 & 1 ? 0xc0 : 0));
		}
		style_render(&style, bytes, sizeof(bytes), &out);
		cr_assert(text_is_utf8(buf_cstring(&out), out.size));
		for (size_t i = 0; i < out.size; i++) {
			unsigned char byte = (unsigned char)out.data[i];
			cr_assert(byte >= ' ' || byte == '\n', "%02x", byte);
			cr_assert_neq(byte, 0x7f);
			cr_assert(byte != 0xc2 ||
				(unsigned char)out.data[i + 1] >= 0xa0);
		}
	}
}

Test(style, our_signs_have_a_plain_form)
{
	expect((struct style){ .ascii = true }, "✓ a · b … 小米",
		"+ a - b ... 小米");
}

Test(style, marks_take_no_width)
{
	cr_assert_eq(style_width(STYLE_BAD "小a" STYLE_END,
			     strlen(STYLE_BAD "小a" STYLE_END)),
		3);
}

Test(style, the_locale_says_whether_utf8)
{
	unsetenv("LC_ALL");
	unsetenv("LC_CTYPE");
	setenv("LANG", "en_US.UTF-8", 1);
	cr_assert(style_locale_is_utf8());
	setenv("LC_ALL", "C", 1);
	cr_assert(!style_locale_is_utf8());
	setenv("LC_ALL", "C.utf8", 1);
	cr_assert(style_locale_is_utf8());
}
