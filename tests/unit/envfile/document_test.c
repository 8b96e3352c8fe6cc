/* SPDX-License-Identifier: MIT */
#include "envfile/envfile.h"

#include "base/memory.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct envfile *parsed(const char *text)
{
	struct envfile *document = NULL;
	struct error err = { .status = STATUS_OK };

	cr_assert(envfile_parse(text, strlen(text), &document, &err), "%s",
		err.what);
	return document;
}

/* Formats, frees, and compares. */
static void assert_text(struct envfile *document, const char *expected)
{
	SCOPED(buf) struct buf text = BUF(ENVFILE_LIMIT);

	envfile_format(document, &text);
	envfile_free(document);
	cr_assert_str_eq(buf_cstring(&text), expected);
}

static void assert_set(const char *before, const char *name,
	const char *spelling, const char *after)
{
	struct envfile *document = parsed(before);
	struct error err = { .status = STATUS_OK };

	envfile_set(document, name, spelling);
	cr_assert(envfile_reads_back(document, &err), "%s", err.what);
	assert_text(document, after);

	/* Once more changes nothing. */
	document = parsed(after);
	envfile_set(document, name, spelling);
	assert_text(document, after);
}

static void assert_removed(
	const char *before, const char *name, const char *after)
{
	struct envfile *document = parsed(before);

	envfile_remove(document, name);
	cr_assert_null(envfile_get(document, name));
	assert_text(document, after);
}

static const char *const files[] = {
	"",
	"\n",
	"A=1",
	"A=1\n",
	"\357\273\277A=1\r\nB=2\r\n",
	"\xef\xbb\xbf",
	"  export A = '1'   # c\n\n\n# x\n",
	"A=1\rB=2\r",
	"A=\"1\n2\r\n3\" # c\nB=2\n",
	"A='unclosed\nB=2\n",
	"hello\nset -e\nA: 1\nA-B=1\n1A=2\n=x\n",
	"A=1\r\nB=2\nC=3\r",
	"A=\xff\xfe\n# \x80\n",
	"export\nexport \nexport=1\nexport A\n",
	"A=`x\ny`\n",
	"A=\"a\\\"b\"\nB='\\'\nC=''\n",
	"A",
	"A=\\",
};

Test(document, what_is_read_is_written)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		assert_text(parsed(files[i]), files[i]);
}

Test(document, a_line_that_says_it_already_stays_untouched)
{
	assert_set("A=1\n# c\nB='x y'\n", "B", "'x y'", "A=1\n# c\nB='x y'\n");
	assert_set("B=1", "B", "1", "B=1");
	assert_set("  export B=1\r\n", "B", "1", "  export B=1\r\n");
}

Test(document, a_new_name_goes_to_the_end)
{
	assert_set("", "A", "1", "A=1\n");
	assert_set("X=1\n", "A", "2", "X=1\nA=2\n");
	assert_set("X=1", "A", "2", "X=1\nA=2\n");
	assert_set("# only a comment", "A", "2", "# only a comment\nA=2\n");
	assert_set("\xef\xbb\xbf", "A", "2",
		"\xef\xbb\xbf"
		"A=2\n");
	assert_set("X=1\n\n\n", "A", "2", "X=1\n\n\nA=2\n");
}

Test(document, new_lines_have_the_files_own_line_ends)
{
	assert_set("X=1\r\nY=2\r\n", "A", "2", "X=1\r\nY=2\r\nA=2\r\n");
	assert_set("X=1\r\nY=2", "A", "2", "X=1\r\nY=2\r\nA=2\r\n");
	assert_set("X=1\rY=2", "A", "2", "X=1\rY=2\rA=2\r");
	assert_set("X=1\nY=2\r\nZ=3\n", "A", "2", "X=1\nY=2\r\nZ=3\nA=2\n");
}

Test(document, a_changed_line_keeps_its_place_and_end)
{
	assert_set("X=1\r\nA=1\r\nY=2\n", "A", "2", "X=1\r\nA=2\r\nY=2\n");
	assert_set("X=1\nA=1", "A", "2", "X=1\nA=2");
	assert_set("export A=1\nX=1\n", "A", "2", "export A=2\nX=1\n");
	assert_set("  A=1\nX=1\n", "A", "2", "  A=2\nX=1\n");
	assert_set("\xef\xbb\xbf"
		   "A=1\n",
		"A", "2",
		"\xef\xbb\xbf"
		"A=2\n");
	assert_set("A='old\nvalue'\nX=1\n", "A", "new", "A=new\nX=1\n");
	assert_set("A=1\nX=1\n", "A", "'two\nlines'", "A='two\nlines'\nX=1\n");
}

Test(document, what_readers_stumble_over_goes_from_a_managed_line)
{
	assert_set("A = 1\n", "A", "1", "A=1\n");
	assert_set("A: 1\n", "A", "1", "A=1\n");
	assert_set("A=1  \n", "A", "1", "A=1\n");
	assert_set("\tA=1\n", "A", "1", "A=1\n");
	assert_set("export\tA=1\n", "A", "1", "export A=1\n");
	assert_set("A=\"1\"\n", "A", "1", "A=1\n");
}

Test(document, an_inline_comment_moves_above)
{
	assert_set(
		"X=1\nA=1 # mine\nY=1\n", "A", "2", "X=1\n# mine\nA=2\nY=1\n");
	assert_set("A=1 # mine\n", "A", "1", "# mine\nA=1\n");
	assert_set("A='x' #mine  \r\n", "A", "y", "#mine\r\nA=y\r\n");
	assert_set("A='x' # mine", "A", "y", "# mine\nA=y");
	assert_set("A= # mine\n", "A", "y", "# mine\nA=y\n");
	assert_set("A=1 # C:\\\n", "A", "2", "# C:\\ \nA=2\n");
}

Test(document, a_hash_in_a_bare_value_is_no_comment)
{
	assert_set("A=pa#ss\n", "A", "new", "A=new\n");
}

Test(document, of_several_lines_the_last_stays)
{
	assert_set("A=1\nX=1\nA=2\nY=1\n", "A", "3", "X=1\nA=3\nY=1\n");
	assert_set("A=1 # first\nX=1\nA=2\n", "A", "2", "# first\nX=1\nA=2\n");
	assert_set("A=1\nA=1\nA=1", "A", "1", "A=1");
}

Test(document, spellings_are_compared_as_they_stand)
{
	struct envfile *document = parsed("A=1\nA=\"1\" # c\nB=\n");

	cr_assert(envfile_has_spelling(document, "A", "\"1\""));
	cr_assert(!envfile_has_spelling(document, "A", "1"));
	cr_assert(envfile_has_spelling(document, "B", ""));
	cr_assert(!envfile_has_spelling(document, "C", ""));
	envfile_free(document);
}

Test(document, removing_takes_every_line_of_the_name)
{
	assert_removed("A=1\nX=1\nA=2\n", "A", "X=1\n");
	assert_removed("X=1\nA='1\n2'\nY=1\n", "A", "X=1\nY=1\n");
	assert_removed("X=1\nA=1 # why\nY=1\n", "A", "X=1\n# why\nY=1\n");
	assert_removed("X=1\n", "A", "X=1\n");
	assert_removed("A=1", "A", "");
}

Test(document, foreign_lines_stay_byte_for_byte)
{
	const char *foreign = "\xef\xbb\xbf# caf\xe9 \\\r\n"
			      "\thello\n"
			      "X = \"a\\\"b\" # c\r"
			      "export\tY=`z`\n"
			      "A=1\n"
			      "Z='open\n";
	struct envfile *document = parsed(foreign);

	envfile_set(document, "A", "2");
	envfile_set(document, "B", "3");
	envfile_remove(document, "C");
	assert_text(document,
		"\xef\xbb\xbf# caf\xe9 \\\r\n"
		"\thello\n"
		"X = \"a\\\"b\" # c\r"
		"export\tY=`z`\n"
		"A=2\n"
		"Z='open\n"
		"B=3\n");
}

Test(document, entries_have_line_and_column_after_edits)
{
	struct envfile *document = parsed("# c\nA='1\n2' # x\nexport B=2\n");
	struct envfile_entry entry = { .line = 0 };

	cr_assert_eq(envfile_count(document), 2);
	envfile_entry(document, 0, &entry);
	cr_assert_str_eq(entry.name, "A");
	cr_assert_str_eq(entry.value, "1\n2");
	cr_assert_eq(entry.line, 2);
	cr_assert_eq(entry.column, 3);
	envfile_entry(document, 1, &entry);
	cr_assert_eq(entry.line, 4);
	cr_assert_eq(entry.column, 10);
	envfile_set(document, "A", "1");
	envfile_entry(document, 1, &entry);
	cr_assert_str_eq(entry.name, "B");
	cr_assert_eq(entry.line, 4);
	envfile_free(document);
}

Test(document, the_last_of_a_name_is_found)
{
	struct envfile *document = parsed("A=1\nB=2\nexport A=3\n");
	struct envfile_entry entry = { .line = 0 };

	cr_assert(envfile_find(document, "A", &entry));
	cr_assert_str_eq(entry.value, "3");
	cr_assert_eq(entry.line, 3);
	cr_assert_eq(entry.column, 10);
	cr_assert(!envfile_find(document, "C", &entry));
	envfile_free(document);
}

Test(document, an_open_quote_that_a_new_value_would_close_is_told)
{
	struct envfile *document = parsed("X='open\nA=1\n");
	struct error err = { .status = STATUS_OK };

	cr_assert_str_eq(envfile_get(document, "A"), "1");
	cr_assert(envfile_reads_back(document, &err));
	envfile_set(document, "A", "'# now closed'");
	cr_assert(!envfile_reads_back(document, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert_str_eq(err.where, "line 1");
	envfile_free(document);
}

/* What its line ends with is not what was put below it. */
Test(document, the_last_line_stops_nobody_from_reading_on)
{
	struct envfile *document = parsed("A=1\nexport BAZ=1\n");
	struct envfile_stop stop = { .line = 0 };
	size_t at = 0;

	cr_expect_not(envfile_next_stop(
		document, (reader_set)1 << READER_BASH, &at, &stop));
	cr_expect_eq(stop.line, 0);
	envfile_free(document);
}

Test(document, refuses_nul_utf16_and_too_much)
{
	static const struct {
		const char *bytes;
		size_t size;
	} bad[] = {
		{ "A=1\nB=\0\n", 8 },
		{ "\xff\xfe"
		  "A\0=\0",
			6 },
		{ "\xfe\xff\0A", 4 },
	};
	struct envfile *document = NULL;
	struct error err = { .status = STATUS_OK };

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		cr_assert(!envfile_parse(
			bad[i].bytes, bad[i].size, &document, &err));
		cr_assert_eq(err.status, STATUS_INVALID);
		cr_assert_null(document);
	}
	cr_assert(!envfile_parse("A=1\nB=\0\n", 8, &document, &err));
	cr_assert_str_eq(err.where, "line 2");
	char *large = memory_array(ENVFILE_LIMIT + 1, 1);
	memset(large, '#', ENVFILE_LIMIT + 1);
	cr_assert(!envfile_parse(large, ENVFILE_LIMIT + 1, &document, &err));
	cr_assert(envfile_parse(large, ENVFILE_LIMIT, &document, &err));
	envfile_free(document);
	free(large);
}

Test(document, hostile_quotes_take_no_quadratic_time, .timeout = 120)
{
	static const char *const patterns[] = { "A='\\'x\n", "A='\n",
		"A=\"\\\"\n", "A=`\\` \\` x\n", "A=\n", "\r", " " };

	for (size_t i = 0; i < ARRAY_SIZE(patterns); i++) {
		size_t step = strlen(patterns[i]);
		struct envfile *document = NULL;
		struct error err = { .status = STATUS_OK };
		char *text = memory_array(ENVFILE_LIMIT, 1);

		for (size_t at = 0; at + step <= ENVFILE_LIMIT; at += step)
			memcpy(text + at, patterns[i], step);
		cr_assert(envfile_parse(
			text, ENVFILE_LIMIT / step * step, &document, &err));
		cr_assert(envfile_reads_back(document, &err));
		envfile_free(document);
		free(text);
	}
}

Test(document, dockers_grammar_strips_nothing)
{
	static const char text[] = "# c\nA=\"x\" # y\n B= z \nexport C=1\n";
	struct envfile *document = NULL;
	struct error err = { .status = STATUS_OK };

	cr_assert(envfile_parse_for(
		text, strlen(text), READERS_RAW, &document, &err));
	cr_assert_str_eq(envfile_get(document, "A"), "\"x\" # y");
	cr_assert_str_eq(envfile_get(document, "B"), " z ");
	cr_assert_null(envfile_get(document, "C"));
	envfile_set(document, "A", "'\"#");
	envfile_set(document, "D", "it's");
	cr_assert(envfile_reads_back(document, &err));
	assert_text(document, "# c\nA='\"#\n B= z \nexport C=1\nD=it's\n");
}
