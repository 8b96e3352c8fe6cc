/* SPDX-License-Identifier: MIT */
/*
 * `check --fix` over any env file. The first byte chooses who reads it; the
 * rest is the file. What is mended has nothing left to mend, and is the same
 * once it is mended again; and who read every row as it was meant has the same
 * values afterwards. And --readers over its first rows.
 */
#include "fuzz.h"

#include "base/memory.h"
#include "base/text.h"
#include "envfile/envfile_internal.h"
#include "lint/compare.h"
#include "lint/judge.h"
#include "lint/lint.h"
#include "readers/view.h"

#include <string.h>

/* What goes wrong with many rows does with few, a hundred times as often. */
#define INPUT_MOST 1024
#define NAMES_CHECKED 20
#define ROWS_COMPARED 5

static reader_set choose_readers(unsigned choice)
{
	if (choice < 64)
		return lint_default_readers();
	if (choice < 96)
		return READERS_ALL;
	return (reader_set)1 << choice % READER_COUNT |
		(reader_set)1 << choice / 8 % READER_COUNT;
}

/* Who does not read every row of the file as it was meant. */
static reader_set find_wrong(const struct subject *subject)
{
	struct judge *judge = judge_new();
	struct envfile_walk *walk =
		envfile_walk_new(subject->bytes, subject->size);
	struct judgement judgement;
	struct envfile_row row;
	reader_set wrong = 0;

	while (envfile_walk_next(walk, &row))
		wrong |= judge_row(judge, &row, &judgement) ? judgement.wrong
							    : READERS_ALL;
	envfile_walk_free(walk);
	judge_free(judge);
	return wrong;
}

/* A row that looks like one before gets the judgement that it would get alone.
 */
static void check_judgement(struct judge *judge, const struct envfile_row *row)
{
	struct judge *fresh = judge_new();
	struct judgement one;
	struct judgement other;

	FUZZ_CHECK(
		judge_row(judge, row, &one) == judge_row(fresh, row, &other));
	FUZZ_CHECK(row->text.size > 4096 || row->is_block ||
		(one.wrong == other.wrong && one.runs == other.runs &&
			one.expands == other.expands));
	judge_free(fresh);
}

/* What is told to be simple at a glance is what a closer look sees, and nobody
 * reads it wrong who knows quotes. */
static void check_simple(const struct subject *subject, struct judge *judge,
	const struct envfile_row *row)
{
	struct scanner scanner = { .text = subject->bytes,
		.size = subject->size };
	struct judgement judgement;

	if (!row->simple)
		return;
	struct line line = scan_line(&scanner, row->at, false, NULL);
	FUZZ_CHECK(line.size == row->text.size + row->end_size &&
		line.end_size == row->end_size && line.rows == row->rows);
	FUZZ_CHECK(line.name_at == row->name_at &&
		line.name_end == row->name_end &&
		line.spelling_at == row->spelling_at &&
		line.spelling_end == row->spelling_end &&
		line.quoted == row->quoted && !line.comment_at);
	FUZZ_CHECK(row->kind == ROW_NONE ||
		!judge_row(judge, row, &judgement) ||
		!(judgement.wrong & ~READERS_RAW));
}

static void check_sight(
	const struct reader_sight *old, const struct reader_sight *new)
{
	FUZZ_CHECK(old->kind == new->kind);
	FUZZ_CHECK(old->value_size == new->value_size);
	FUZZ_CHECK(!old->value ||
		memcmp(old->value, new->value, old->value_size) == 0);
}

/* The value of that name is the same in both files to who reads right. */
static void check_value(const struct subject *before,
	const struct subject *after, reader_set right, struct slice name)
{
	struct reader_sight sights[READER_MODELS];
	struct reader_sight mended[READER_MODELS];
	char *text = slice_text(name);

	readers_view(before->bytes, before->size, text, sights);
	readers_view(after->bytes, after->size, text, mended);
	for (size_t i = 0; i < READER_MODELS; i++) {
		if (right >> reader_models[i].reader & 1U)
			check_sight(&sights[i], &mended[i]);
	}
	readers_view_release(sights);
	readers_view_release(mended);
	memory_free(text, name.size);
}

struct names {
	struct slice items[NAMES_CHECKED]; /* borrowed from the file */
	size_t count;
};

static void put_name(struct names *names, struct slice name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (names->items[i].size == name.size &&
			memcmp(names->items[i].at, name.at, name.size) == 0)
			return;
	}
	if (names->count < NAMES_CHECKED)
		names->items[names->count++] = name;
}

/* Each is looked up by all models at once, which takes most of the time. */
static void check_values(
	const struct subject *before, const struct subject *after)
{
	reader_set right = before->readers & ~find_wrong(before);
	struct names names = { .count = 0 };

	for (size_t i = 0; i < READER_MODELS; i++) {
		const struct reader_model *model = &reader_models[i];
		struct reading reading;
		struct seen seen = { .kind = SEEN_NOTHING };
		if (!(right >> model->reader & 1U))
			continue;
		reading_begin(&reading, model, before->bytes, before->size);
		while (reading_next(&reading, &seen)) {
			if (seen.kind == SEEN_VALUE)
				put_name(&names, seen.name);
		}
		reading_release(&reading);
	}
	for (size_t i = 0; i < names.count; i++)
		check_value(before, after, right, names.items[i]);
}

/* What each reader makes of a row, as --readers tells it. */
static void check_comparison(
	const struct subject *subject, const struct envfile_row *row)
{
	SCOPED(buf) struct buf text = BUF((size_t)1 << 20);
	struct comparison comparison;

	comparison_make(&comparison, subject->bytes, subject->size, row,
		subject->readers);
	comparison_spell(&comparison, row);
	for (size_t i = 0; i < comparison.count; i++) {
		const struct outcome *outcome = &comparison.outcomes[i];
		FUZZ_CHECK(outcome->models);
		comparison_show_value(&comparison, outcome->sight, 20, &text);
		comparison_show_name(&comparison, outcome->sight, &text);
		comparison_format_models(outcome->models, &text);
	}
	if (comparison.spelled)
		comparison_show_spelling(&comparison, &text);
	json_decref(comparison_json(&comparison, subject->name));
	comparison_release(&comparison);
}

static void check_rows(const struct subject *subject)
{
	struct judge *judge = judge_new();
	struct envfile_walk *walk =
		envfile_walk_new(subject->bytes, subject->size);
	struct envfile_row row;

	for (size_t i = 0; i < ROWS_COMPARED && envfile_walk_next(walk, &row);
		i++) {
		check_comparison(subject, &row);
		check_judgement(judge, &row);
		check_simple(subject, judge, &row);
	}
	envfile_walk_free(walk);
	judge_free(judge);
}

/* Bytes of which rules about the file as a whole speak. */
static bool is_usual(const char *bytes, size_t size)
{
	return !size ||
		(!memchr(bytes, '\0', size) && !memchr(bytes, '\r', size) &&
			text_is_utf8(bytes, size) &&
			!(size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	SCOPED(buf) struct buf fixed = BUF(4 * LINT_LIMIT);
	SCOPED(buf) struct buf again = BUF(4 * LINT_LIMIT);
	struct report report = { .count = 0 };

	if (size < 1 || size > INPUT_MOST)
		return 0;
	const struct subject before = {
		.name = ".env",
		.bytes = (const char *)input + 1,
		.size = size - 1,
		.readers = choose_readers(input[0]),
	};
	struct subject after = before;
	size_t left = 0;
	bool changed = lint_fix(&before, &fixed, &left);
	after.bytes = buf_cstring(&fixed);
	after.size = fixed.size;
	FUZZ_CHECK(changed || fixed.size == before.size);

	FUZZ_CHECK(!lint_fix(&after, &again, &left));
	FUZZ_CHECK(again.size == fixed.size);
	lint_env(&report, &after);
	FUZZ_CHECK(report.fixable == 0);
	for (size_t i = 0; i < report.count; i++)
		FUZZ_CHECK(!report.items[i].fixable);
	report_release(&report);
	check_rows(&before);
	if (changed && is_usual(before.bytes, before.size))
		check_values(&before, &after);
	return 0;
}
