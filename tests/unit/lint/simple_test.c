/* SPDX-License-Identifier: MIT */
/*
 * Rows that are told to be simple at a glance are never shown to the models of
 * the readers: here they are, each sign of theirs in each place.
 */
#include "envfile/walk.h"
#include "lint/judge.h"
#include "readers/view.h"

#include "base/attributes.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* One judge takes no more shapes. */
#define SHAPES_MOST 1500

static struct judge *judge;
static size_t judged, comments;

/* No reader but those without quotes takes the value for something else, and
 * none runs or expands it. */
static void check_value(const struct envfile_row *row, const char *line)
{
	const reader_set raw = row->quoted ? READERS_RAW : 0;
	struct judgement judgement;

	if (judged++ % SHAPES_MOST == 0) {
		judge_free(judge);
		judge = judge_new();
	}
	cr_assert(judge_row(judge, row, &judgement), "%s", line);
	cr_expect_eq(
		judgement.wrong & ~raw, 0, "%s: %x", line, judgement.wrong);
	cr_expect_eq(judgement.runs | judgement.expands, 0, "%s", line);
}

/* Every reader has what stands below it. */
static void check_comment(const char *line)
{
	struct reader_sight sights[READER_MODELS];
	char text[256];

	comments++;
	(void)snprintf(text, sizeof(text), "%sB=2\n", line);
	readers_view(text, strlen(text), "B", sights);
	for (size_t i = 0; i < READER_MODELS; i++)
		cr_expect(sights[i].kind == SEEN_VALUE &&
				strcmp(sights[i].value, "2") == 0,
			"%s: %s", line, reader_name(sights[i].model->reader));
	readers_view_release(sights);
}

static void check_row(const char *line)
{
	struct envfile_walk *walk = envfile_walk_new(line, strlen(line));
	struct envfile_row row;

	cr_assert(envfile_walk_next(walk, &row), "%s", line);
	if (row.simple && row.kind == ROW_NONE)
		check_comment(line);
	else if (row.simple)
		check_value(&row, line);
	envfile_walk_free(walk);
}

static void check(const char *before, const char *value, const char *quote)
{
	char line[128];

	(void)snprintf(
		line, sizeof(line), "%s%s%s%s\n", before, quote, value, quote);
	check_row(line);
}

static void check_everywhere(const char *value)
{
	check("A=", value, "");
	check("A=", value, "'");
	check("A=", value, "\"");
	check("export=", value, "'");
	check("if=", value, "\"");
	check("_=", value, "");
	check("__A=", value, "");
	check("_1=", value, "");
	check("#", value, "");
}

/* Words and digits are alike (judge.c); each other sign stands beside each. */
static const char signs[] = "aZ0_./:@%+,=*?!{}[]^- #&();<>|~\t\"$'`\\";

Test(simple, signs_mean_the_same_to_all_readers)
{
	for (const char *one = signs; *one; one++) {
		for (const char *other = signs; *other; other++) {
			const char pair[] = { *one, *other, '\0' };
			const char within[] = { 'b', *one, *other, 'c', '\0' };
			const char apart[] = { 'b', *one, 'c', *other, 'd',
				'\0' };
			check_everywhere(pair);
			check_everywhere(within);
			check_everywhere(apart);
		}
	}
	cr_assert_gt(judged, 5000);
	cr_assert_gt(comments, 2000);
	judge_free(judge);
}
