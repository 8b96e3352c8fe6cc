/* SPDX-License-Identifier: MIT */
#include "lexer/lexer.h"

#include "base/buf.h"

#include <criterion/criterion.h>

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
	expect(&lexicon_javascript, "a = /'/; b / c / 2", "n=/;n/n/n");
	expect(&lexicon_javascript, "return /[/]'/g.test(x)", "n/n.n(n)");
	expect(&lexicon_javascript, "f(x => /\\/\\//.test(x))", "n(n=>/.n(n))");
	expect(&lexicon_javascript, "[ // one\n/'/ ]", "[c/]");
	expect(&lexicon_javascript, "<A b={c} /><B />", "<nn={n}/><n/>");
	expect(&lexicon_javascript, "(a) / b", "(n)/n");
	expect(&lexicon_javascript, "(a) / b / 'c'", "(n)/n/t?");
	expect(&lexicon_javascript, "a = /b\nc/ 'd'", "n=/nn/t?");
}

Test(lexer, has_code_in_texts)
{
	expect(&lexicon_javascript, "`a${b({})}c${`${d}`}` + e",
		"(n({})((ntt+n");
	expect(&lexicon_javascript, "`a\nb` '${c}'", "tt");
	expect(&python, "f\"{a['b']}\" 'c{d'", "n(n[t]t(nt");
}

Test(lexer, ends_what_is_not_closed_with_its_line)
{
	expect(&lexicon_javascript, "'a\nb", "tn");
	expect(&lexicon_javascript, "'a\\\nb' 'a\\\r\nb'", "tt");
	expect(&lexicon_javascript, "/* a", "c");
	expect(&lexicon_javascript, "`a ' b", "t");
	expect(&lexicon_javascript, "'a\\", "t");
	expect(&python, "a # b\n#c", "ncc");
	expect(&python, "a#b", "n#n");
}

Test(lexer, gives_what_is_in_quotes)
{
	struct lexer lexer;
	struct lexeme found;

	lexer_init(&lexer, &python, slice_of("'''a'b''' 'c"));
	cr_assert(lexer_next(&lexer, &found));
	cr_expect(slice_is(found.inside, "a'b"));
	cr_assert(lexer_next(&lexer, &found));
	cr_expect(slice_is(found.inside, "c"));
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
		lexer_init(&lexer, &lexicon_javascript,
			(struct slice){ text.data, text.size });
		while (lexer_next(&lexer, &found))
			;
		cr_expect_eq(lexer.at, text.size);
	}
}
