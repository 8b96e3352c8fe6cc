/* SPDX-License-Identifier: MIT */
#include "lexer/lexer.h"

#include "base/buf.h"

#include <criterion/criterion.h>

static const struct lexicon script = { .slashes = true,
	.expressions = true,
	.quotes = "\"'`",
	.spans = "`",
	.inner = "${",
	.inner_quotes = "`" };

static const struct lexicon python = { .hash = true,
	.triple = "\"'",
	.quotes = "\"'",
	.inner = "{",
	.inner_quotes = "\"'" };

/* Names as n, signs as they are, texts as t, and as ( where code follows that
 * is in them, expressions as /, comments as c; ? at the end: in doubt. */
static void expect(
	const struct lexicon *lexicon, const char *text, const char *expected)
{
	static const char kinds[] = { 'n', 's', 't', '/', 'c' };
	SCOPED(buf) struct buf told = BUF(4096);
	struct lexer lexer;
	struct lexeme found;

	lexer_init(&lexer, lexicon, slice_of(text));
	while (lexer_next(&lexer, &found))
		buf_byte(&told,
			found.kind == LEXEME_SIGN ? text[found.at]
				: found.opens     ? '('
						  : kinds[found.kind]);
	if (lexer.doubtful)
		buf_byte(&told, '?');
	cr_expect_str_eq(buf_cstring(&told), expected, "%s", text);
}

Test(lexer, tells_a_regular_expression_from_a_division)
{
	expect(&script, "a = /'/; b / c / 2", "n=/;n/n/n");
	expect(&script, "return /[/]'/g.test(x)", "n/n.n(n)");
	expect(&script, "f(x => /\\/\\//.test(x))", "n(n=>/.n(n))");
	expect(&script, "[ // one\n/'/ ]", "[c/]");
	expect(&script, "<A b={c} /><B />", "<nn={n}/><n/>");
	expect(&script, "(a) / b", "(n)/n");
	expect(&script, "(a) / b / 'c'", "(n)/n/t?");
	expect(&script, "a = /b\nc/ 'd'", "n=/nn/t?");
}

Test(lexer, has_code_in_texts)
{
	expect(&script, "`a${b({})}c${`${d}`}` + e", "(n({})((ntt+n");
	expect(&script, "`a\nb` '${c}'", "tt");
	expect(&python, "f\"{a['b']}\" 'c{d'", "n(n[t]t(nt");
}

Test(lexer, ends_what_is_not_closed_with_its_line)
{
	expect(&script, "'a\nb", "tn");
	expect(&script, "'a\\\nb' 'a\\\r\nb'", "tt");
	expect(&script, "/* a", "c");
	expect(&script, "`a ' b", "t");
	expect(&script, "'a\\", "t");
	expect(&python, "a # b\n#c", "ncc");
	expect(&python, "a#b", "n#n");
}

Test(lexer, gives_what_is_in_quotes)
{
	struct lexer lexer;
	struct lexeme found;

	lexer_init(&lexer, &python, slice_of("'''a'b''' 'c"));
	cr_assert(lexer_next(&lexer, &found));
	cr_expect(slice_is(lexer_inside(&lexer, &found), "a'b"));
	cr_assert(lexer_next(&lexer, &found));
	cr_expect(slice_is(lexer_inside(&lexer, &found), "c"));
	cr_expect_not(lexer_next(&lexer, &found));
}

/* Each of them looked once for an end that is not there would not be done. */
Test(lexer, takes_time_by_the_size_alone)
{
	static const char *const texts[] = { ")/[", "=/[", "`${", "{`", "'\\",
		"/*", ")/[ ]" };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		SCOPED(buf) struct buf text = BUF((size_t)1 << 20);
		struct lexer lexer;
		struct lexeme found;

		while (text.size < (size_t)1 << 19)
			buf_text(&text, texts[i]);
		lexer_init(&lexer, &script,
			(struct slice){ text.data, text.size });
		while (lexer_next(&lexer, &found))
			;
		cr_expect_eq(lexer.at, text.size);
	}
}
