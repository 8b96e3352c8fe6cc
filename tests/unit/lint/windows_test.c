/* SPDX-License-Identifier: MIT */
/* A large file is mended as a small one is, wherever in it the faults are. */
#include "lint/edits_internal.h"
#include "lint/lint.h"

#include "base/memory.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define FILLER_LINES 650 /* some 130 KiB: two are more than EDITS_WHOLE */

static const char *const pieces[] = {
	"X = 5\n",
	"A=it's\nB=2\nC=it's\n",
	"A=\"one\ntwo\"\nB = 2\n",
	"A=one two\nB=`tick`\nC=1 # c\n",
	"A=1\r\nB=\"x\r\ny\"\r\nC = 3\r\n",
	"A=<<EOF\nx\nEOF\nB = 1\n",
	"# c \\\nA=1\n  \nB= \n",
	"A=x\\\nB = 1\n",
	"A=$(id\nB = 1\n)\n",
	("K=-----BEGIN RSA PRIVATE KEY-----\nabc=\n"
	 "-----END RSA PRIVATE KEY-----\nB = 2\n"),
	"# was A=\"one\nB = 1\n",
	"A=\xe2\x80\x9cx y\xe2\x80\x9d\nB = 1\n",
	"A=\"x\nB = 1\nC=\"y\n",
	"A=`x\nB = 1\n",
	"\xef\xbb\xbfX=a#b\nA = 1\n",
};

static void append_filler(struct buf *out, const char *name)
{
	for (size_t i = 0; i < FILLER_LINES; i++)
		buf_printf(out, "%s_%zu=value-%0190zu\n", name, i, i);
}

static char *mended(const struct buf *text, size_t *size)
{
	struct buf fixed = BUF(2 * LINT_LIMIT);
	size_t left = 0;
	const struct subject subject = { .name = ".env",
		.bytes = buf_cstring(text),
		.size = text->size,
		.readers = lint_default_readers() };

	(void)lint_fix(&subject, &fixed, &left);
	cr_expect_eq(left, 0);
	return buf_take(&fixed, size);
}

Test(windows, mend_as_the_whole_does)
{
	SCOPED(buf) struct buf filler = BUF(LINT_LIMIT);

	append_filler(&filler, "ABOVE");
	cr_assert_gt(2 * filler.size, EDITS_WHOLE);
	for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
		SCOPED(buf) struct buf small = BUF(LINT_LIMIT);
		SCOPED(buf) struct buf large = BUF(LINT_LIMIT);
		size_t small_size = 0;
		size_t large_size = 0;

		buf_printf(&small, "NAME=1\n%sZ=1\n", pieces[i]);
		buf_append(&large, filler.data, filler.size);
		buf_append(&large, small.data, small.size);
		append_filler(&large, "BELOW");
		char *alone = mended(&small, &small_size);
		char *within = mended(&large, &large_size);
		cr_assert_eq(large_size, 2 * filler.size + small_size, "%s",
			pieces[i]);
		cr_expect_eq(memcmp(within + filler.size, alone, small_size), 0,
			"%s", pieces[i]);
		free(alone);
		free(within);
	}
}

Test(windows, mend_the_end)
{
	SCOPED(buf) struct buf text = BUF(LINT_LIMIT);
	size_t size = 0;

	append_filler(&text, "AA");
	append_filler(&text, "AB");
	cr_assert_gt(text.size, EDITS_WHOLE);
	buf_text(&text, "X = 5\nZ=1");
	char *whole = mended(&text, &size);
	cr_assert_eq(size, text.size - 1);
	cr_expect(text_ends_with(whole, "\nX=5\nZ=1\n"));
	free(whole);
}

/* Whether something in it is mended where these read it. */
static bool is_mended(const struct buf *text, reader_set readers)
{
	SCOPED(buf) struct buf fixed = BUF(2 * LINT_LIMIT);
	size_t left = 0;
	const struct subject subject = { .name = ".env",
		.bytes = buf_cstring(text),
		.size = text->size,
		.readers = readers };

	return lint_fix(&subject, &fixed, &left);
}

/* Whether the first row is. */
static bool is_first_mended(const struct buf *text, enum reader reader)
{
	SCOPED(buf) struct buf fixed = BUF(2 * LINT_LIMIT);
	size_t left = 0;
	const struct subject subject = { .name = ".env",
		.bytes = buf_cstring(text),
		.size = text->size,
		.readers = (reader_set)1 << reader };

	return lint_fix(&subject, &fixed, &left) &&
		memcmp(fixed.data, text->data, 6) != 0;
}

/* A quote that keeps bash from what stands far below: with it mended, bash
 * would run what it did not. */
Test(windows, run_nothing_more)
{
	static const char *const faults[] = { "A=it's\n", "A=a(b\n" };
	static const char *const below[] = { "E=$(id)\nF=it's\n", "E=1\n" };

	for (size_t i = 0; i < 4; i++) {
		SCOPED(buf) struct buf text = BUF(LINT_LIMIT);
		buf_text(&text, faults[i / 2]);
		for (char name[] = "AA"; *name < 'D'; (*name)++)
			append_filler(&text, name);
		buf_text(&text, below[i % 2]);
		cr_expect_eq(is_first_mended(&text, READER_BASH), i % 2 == 1,
			"%s%s", faults[i / 2], below[i % 2]);
	}
}

Test(windows, look_for_no_more_than_is_told)
{
	SCOPED(buf) struct buf text = BUF(LINT_LIMIT);
	struct report report = { .count = 0 };
	struct edits edits = { .count = 0 };

	while (text.size <= EDITS_WHOLE)
		buf_text(&text, "A=1\r\n");
	const struct subject subject = { .name = ".env",
		.bytes = buf_cstring(&text),
		.size = text.size,
		.readers = (reader_set)1 << READER_BASH };
	lint_look(&report, &subject, &edits);
	cr_expect_leq(edits.count, EDITS_SHOWN + 1);
	cr_expect(report.more_fixable);
	edits_release(&edits);
	report_release(&report);
}

/* Compose keeps the CR within, however far within. */
Test(windows, see_all_of_a_value)
{
	SCOPED(buf) struct buf text = BUF(LINT_LIMIT);

	append_filler(&text, "AA");
	buf_text(&text, "A=\"");
	while (text.size < READING_WHOLE * 3 / 2)
		buf_printf(&text, "%0100d\n", 0);
	buf_text(&text, "x\r\ny\"\n");
	cr_expect_not(is_mended(&text,
		(reader_set)1 << READER_BASH |
			(reader_set)1 << READER_COMPOSE));
}

/* Within a value that is long enough nothing is looked at. */
Test(windows, stop_where_a_reader_is_lost)
{
	SCOPED(buf) struct buf text = BUF(LINT_LIMIT);
	SCOPED(buf) struct buf fixed = BUF(2 * LINT_LIMIT);
	size_t left = 0;

	buf_text(&text, "A = 1\nB=$(id\n");
	for (char name[] = "AA"; *name < 'D'; (*name)++)
		append_filler(&text, name);
	buf_text(&text, "C = 1\n)\n");
	const struct subject subject = { .name = ".env",
		.bytes = buf_cstring(&text),
		.size = text.size,
		.readers = (reader_set)1 << READER_BASH };
	cr_expect(lint_fix(&subject, &fixed, &left));
	cr_expect_gt(left, FILLER_LINES / 2);
	cr_expect(text_starts_with(buf_cstring(&fixed), "A=1\n"));
	cr_expect(text_ends_with(buf_cstring(&fixed), "C = 1\n)\n"));
}

/* How often a text stands in another. */
static size_t count(const char *text, const char *wanted)
{
	size_t found = 0;

	while ((text = strstr(text, wanted)) != NULL) {
		found++;
		text += strlen(wanted);
	}
	return found;
}

/* A line that stands far above already goes, but where a reader may have lost
 * its way at the one above, or takes the two differently. */
Test(windows, take_out_what_stands_far_above)
{
	static const struct {
		const char *above, *line;
		size_t left;
	} files[] = {
		{ "", "TWIN=1\n", 1 },
		{ "", "TWIN=1\r\n", 1 },
		{ "\xef\xbb\xbf", "TWIN=1\n", 1 },
		{ "# c \\\n", "TWIN=1\n", 1 },
		{ "A='x\ny'\n", "TWIN=1\n", 2 },
		{ "", "TWIN=$A\n", 2 },
		{ "", "TWIN=1\nTWIN=2\nTWIN=1\n", 5 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		SCOPED(buf) struct buf text = BUF(LINT_LIMIT);
		size_t size = 0;
		buf_text(&text, files[i].above);
		buf_text(&text, files[i].line);
		append_filler(&text, "AA");
		append_filler(&text, "AB");
		buf_text(&text, files[i].line);
		append_filler(&text, "AC");
		char *whole = mended(&text, &size);
		cr_expect_eq(count(whole, "TWIN="), files[i].left, "%s%s: %zu",
			files[i].above, files[i].line, count(whole, "TWIN="));
		free(whole);
	}
}

Test(windows, take_out_all_that_are_equal)
{
	SCOPED(buf) struct buf text = BUF(LINT_LIMIT);
	size_t size = 0;

	while (text.size <= EDITS_WHOLE)
		buf_text(&text, "A=1\n");
	char *whole = mended(&text, &size);
	cr_expect_str_eq(whole, "A=1\n");
	free(whole);
}

/* Windows and lines that are alike get one verdict, in each round. */
Test(windows, mend_alike_what_is_alike)
{
	SCOPED(buf) struct buf text = BUF(LINT_LIMIT);
	SCOPED(buf) struct buf expected = BUF(LINT_LIMIT);
	size_t size = 0;

	buf_text(&expected, "# c\nK=v\n");
	while (text.size <= EDITS_WHOLE) {
		if (text.size > 0)
			buf_text(&expected, "# c\n");
		buf_text(&text, "K = v # c\n");
	}
	char *fixed = mended(&text, &size);
	cr_assert_eq(size, expected.size, "%zu", size);
	cr_assert_arr_eq(fixed, expected.data, size);
	memory_free(fixed, size);
}

/* A reader that stops at a line is not lost below it. */
Test(windows, go_on_behind_what_ends_a_reading)
{
	SCOPED(buf) struct buf text = BUF(LINT_LIMIT);
	SCOPED(buf) struct buf fixed = BUF(2 * LINT_LIMIT);
	size_t left = 0;

	buf_text(&text, "A = 1\n)\n");
	for (char name[] = "AA"; *name < 'D'; (*name)++)
		append_filler(&text, name);
	buf_text(&text, "C = 1\n");
	const struct subject subject = { .name = ".env",
		.bytes = buf_cstring(&text),
		.size = text.size,
		.readers = (reader_set)1 << READER_ZSH };
	cr_expect(lint_fix(&subject, &fixed, &left));
	cr_expect_eq(left, 0);
	cr_expect(text_ends_with(buf_cstring(&fixed), "C=1\n"));
}

/* zsh stops at the first of these rows, and comes with it mended to words that
 * it would run, were they not mended as well. */
Test(windows, mend_at_once_what_only_stops)
{
	SCOPED(buf) struct buf text = BUF(LINT_LIMIT);
	struct report report = { .count = 0 };
	struct edits edits = { .count = 0 };
	size_t made = 0;

	for (size_t i = 0; text.size <= EDITS_WHOLE; i++)
		buf_printf(&text,
			"A%zu=https://a.example/?b=c&d=%0190zu\nB%zu=two "
			"words\n",
			i, i, i);
	const struct subject subject = { .name = ".env",
		.bytes = buf_cstring(&text),
		.size = text.size,
		.is_mended = true,
		.readers = (reader_set)1 << READER_ZSH };
	lint_look(&report, &subject, &edits);
	for (size_t i = 0; i < edits.count; i++)
		made += edits.items[i].made;
	cr_expect_eq(made, edits.count);
	cr_expect_gt(made, EDITS_SHOWN);
	edits_release(&edits);
	report_release(&report);
}
