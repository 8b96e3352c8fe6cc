/* SPDX-License-Identifier: MIT */
#include "manual/mdoc.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect_prose(const char *text, const char *wanted)
{
	SCOPED(buf) struct buf out = BUF(1 << 16);

	mdoc_prose(text, &out);
	cr_assert_str_eq(buf_cstring(&out), wanted);
}

Test(mdoc, escapes_what_roff_would_change)
{
	expect_prose("a\\b -o it's \"so\" ^~",
		"a\\eb \\-o it\\(aqs \\(dqso\\(dq \\(ha\\(ti\n");
	expect_prose(".env is a file", "\\&.env is a file\n");
	expect_prose("'tis", "\\&\\(aqtis\n");
}

Test(mdoc, puts_each_sentence_on_a_line)
{
	expect_prose("One. Two? (Three.) four", "One.\nTwo?\n(Three.) four\n");
	expect_prose(
		"Ends. .env starts a line.", "Ends.\n\\&.env starts a line.\n");
	expect_prose("i.e. no end", "i.e. no end\n");
}

Test(mdoc, makes_bold_what_is_typed)
{
	expect_prose(
		"run `aigenv apply` now", "run \\fBaigenv apply\\fR now\n");
}

Test(mdoc, breaks_lines_at_blanks_before_they_are_long)
{
	SCOPED(buf) struct buf text = BUF(4096);
	SCOPED(buf) struct buf out = BUF(4096);

	for (int i = 0; i < 60; i++)
		buf_text(&text, "wordword ");
	mdoc_words(buf_cstring(&text), &out);
	for (const char *line = buf_cstring(&out); *line;) {
		size_t size = strcspn(line, "\n");
		cr_assert_leq(size, 80);
		line += size + 1;
	}
}

Test(mdoc, keeps_literals_and_takes_their_indent)
{
	expect_prose("So:\n  a\n    .b\n\nand",
		"So:\n.Bd -literal -offset indent -compact\na\n  "
		".b\n.Ed\n.Pp\nand\n");
	expect_prose(
		"So:\n\n  a\n", "So:\n.Bd -literal -offset indent\na\n.Ed\n");
	expect_prose(
		"  .a\n", ".Bd -literal -offset indent -compact\n\\&.a\n.Ed\n");
}

Test(mdoc, makes_lists_of_rows)
{
	expect_prose("a :: first\nlonger-one :: second\n",
		".Bl -tag -compact -width \"longer\\-one\"\n"
		".It Sy \"a\"\nfirst\n"
		".It Sy \"longer\\-one\"\nsecond\n.El\n");
}

Test(mdoc, makes_parts_of_headings)
{
	expect_prose("# Who\n\ntext\n\nmore", ".Ss \"Who\"\ntext\n.Pp\nmore\n");
}

Test(mdoc, writes_options_and_references)
{
	SCOPED(buf) struct buf out = BUF(4096);

	mdoc_option('o', "out-file", "FILE", &out);
	mdoc_option(0, "json", NULL, &out);
	mdoc_see_also("aigenv(1) aigenv-vault(5)", &out);
	cr_assert_str_eq(buf_cstring(&out),
		".It Fl o , Fl \\-out\\-file Ar \"FILE\"\n"
		".It Fl \\-json\n"
		".Sh SEE ALSO\n.Xr aigenv 1 ,\n.Xr aigenv-vault 5\n");
}
