/* SPDX-License-Identifier: MIT */
#include "base/shell.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void assert_word(const char *word, const char *expected)
{
	char *quoted = shell_quoted(word);

	cr_assert_str_eq(quoted, expected);
	free(quoted);
}

Test(shell, plain_words_stay_as_they_are)
{
	assert_word("ecosystem.config.cjs", "ecosystem.config.cjs");
	assert_word("--only", "--only");
	assert_word("/a/b-c_d:e@f", "/a/b-c_d:e@f");
}

Test(shell, everything_else_is_quoted)
{
	assert_word("", "''");
	assert_word("my app", "'my app'");
	assert_word("$(x)`y`", "'$(x)`y`'");
	assert_word("~", "'~'");
	assert_word("=x", "'=x'");
	assert_word("%self", "'%self'");
	assert_word("a*", "'a*'");
	assert_word("\xe4\xbd\xa0", "'\xe4\xbd\xa0'");
}

Test(shell, backslash_and_quote_stand_outside_of_the_quotes)
{
	assert_word("it's", "'it'\\''s'");
	assert_word("\\", "\\\\");
	assert_word("x\\' ; touch PWN ; #", "'x'\\\\\\'' ; touch PWN ; #'");
}

Test(shell, what_cannot_be_seen_is_spelt_out)
{
	assert_word("a\033b", "\"$(printf 'a\\033b')\"");
	assert_word("a'\nb\n", "\"$(printf 'a\\047\\012b')\"'\n'");
}

static void assert_with(
	const char *text, const char *variable, const char *expected)
{
	struct buf out = BUF(256);

	shell_word_with(text, variable, &out);
	cr_assert_str_eq(buf_cstring(&out), expected);
	buf_release(&out);
}

Test(shell, variable_follows_a_text)
{
	assert_with("Authorization: Bearer ", "KEY",
		"\"Authorization: Bearer $KEY\"");
	assert_with("a: b", NULL, "\"a: b\"");
	assert_with("wow! ", "KEY", "'wow! '\"$KEY\"");
	assert_with("", "KEY", "\"$KEY\"");
}

Test(shell, a_path_that_does_not_fit_is_not_cut)
{
	char path[1000];
	char *word = shell_quoted_short("/a b/c");

	cr_assert_str_eq(word, "'/a b/c'");
	free(word);
	memset(path, 'a', sizeof(path));
	path[sizeof(path) - 1] = '\0';
	cr_assert_null(shell_quoted_short(path));
}
