/* SPDX-License-Identifier: MIT */
/*
 * What is only counted is counted as if each row had been looked at: so many
 * rows have so many times the findings of one.
 */
#include "lint/lint.h"

#include "base/attributes.h"
#include "base/buf.h"

#include <criterion/criterion.h>

/* Beyond what is told one by one. */
#define ROWS (FINDINGS_PER_RULE + 200)

/* Each with a name of its own in place of %. */
static const char *const faults[] = {
	"A%=two words\n",
	"A%=three more words # and a comment\n",
	"A% = blanks\n",
	"export A%=x\n",
	"\tA%='x'\n",
	"A%=a#b\n",
	"A%=a\\b c\n",
	"A%=a&b\n",
	"A%='x' \n",
	"A%=\"a\\\"b\"\n",
	"A%=`x`\n",
	"A%=$(x)\n",
	"A%=$A%\n",
	"A%='$B'\n",
	"A%=~/x\n",
	"A%=\xc3\xa9 x\n",
	"A-%=x\n",
	"A%: x\n",
	"word %\n",
	"run %;\n",
	"A%= \n",
	"   \n",
	"# %\\\n",
	"A%='a\nb'\n",
};

static struct report look_at(const struct buf *text)
{
	struct report report = { .count = 0 };
	const struct subject subject = { .name = ".env",
		.bytes = buf_cstring(text),
		.size = text->size,
		.readers = READERS_ALL };

	lint_env(&report, &subject);
	return report;
}

static void append_row(struct buf *text, const char *fault, size_t number)
{
	for (; *fault; fault++) {
		if (*fault == '%')
			buf_printf(text, "%zu", number);
		else
			buf_byte(text, *fault);
	}
}

static void check_counts(const struct report *report, size_t times,
	const struct report *one, const char *fault)
{
	cr_expect_eq(report->errors, times * one->errors, "%s", fault);
	cr_expect_eq(report->warnings, times * one->warnings, "%s", fault);
	cr_expect_eq(report->infos, times * one->infos, "%s", fault);
	cr_expect_eq(report->fixable, times * one->fixable, "%s: %zu", fault,
		report->fixable);
}

Test(told, so_many_rows_have_so_many_findings)
{
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		SCOPED(buf) struct buf text = BUF((size_t)1 << 20);
		/* The same width of number everywhere. */
		append_row(&text, faults[i], ROWS);
		struct report one = look_at(&text);
		for (size_t row = 1; row < ROWS; row++)
			append_row(&text, faults[i], ROWS + row);
		struct report all = look_at(&text);
		cr_expect_gt(one.errors + one.warnings + one.infos, 0, "%s",
			faults[i]);
		check_counts(&all, ROWS, &one, faults[i]);
		report_release(&one);
		report_release(&all);
	}
}

/* Findings that are told are those of a row, whatever stood above it. */
Test(told, rows_of_another_shape_are_told)
{
	SCOPED(buf) struct buf text = BUF((size_t)1 << 20);

	for (size_t row = 0; row < ROWS; row++)
		append_row(&text, "A%=two words\n", row);
	struct report before = look_at(&text);
	append_row(&text, "B%=two words&\n", ROWS);
	struct report after = look_at(&text);
	cr_expect_eq(after.count, before.count + 1);
	cr_expect_gt(after.errors + after.warnings,
		before.errors + before.warnings + 1);
	report_release(&before);
	report_release(&after);
}
