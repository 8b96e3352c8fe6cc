/* SPDX-License-Identifier: MIT */
#include "git/gitignore.h"

#include "base/attributes.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(gitignore, signs_of_a_path_stand_for_themselves)
{
	static const char *const rows[][2] = {
		{ ".env", ".env" },
		{ "./.env", ".env" },
		{ "config/.env", "config/.env" },
		{ "#env", "\\#env" },
		{ "!env", "\\!env" },
		{ "a#b!c", "a#b!c" },
		{ "a*[b]?\\c", "a\\*\\[b]\\?\\\\c" },
		{ "two words", "two words" },
		{ "ends in a blank ", "ends in a blank\\ " },
		{ "two\n!lines\r", "two?!lines?" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		char *line = gitignore_line(rows[i][0]);
		cr_expect_str_eq(line, rows[i][1]);
		free(line);
	}
}

static void expect_appended(const char *text, const char *expected)
{
	static const char *const lines[] = { ".env", GITIGNORE_TEMPORARY };
	SCOPED(buf) struct buf before = BUF(1024);
	SCOPED(buf) struct buf after = BUF(1024);

	buf_text(&before, text);
	gitignore_append(&before, lines, ARRAY_SIZE(lines), &after);
	cr_expect_str_eq(buf_cstring(&after), expected);
}

Test(gitignore, every_byte_that_is_there_stays)
{
	expect_appended("", ".env\n*.aigenv-*\n");
	expect_appended("node_modules\n", "node_modules\n.env\n*.aigenv-*\n");
	expect_appended("no line end", "no line end\n.env\n*.aigenv-*\n");
	expect_appended("a\r\nb\r\n", "a\r\nb\r\n.env\r\n*.aigenv-*\r\n");
	expect_appended("a\r\nb", "a\r\nb\r\n.env\r\n*.aigenv-*\r\n");
	expect_appended("\n# x \n\n", "\n# x \n\n.env\n*.aigenv-*\n");
}
