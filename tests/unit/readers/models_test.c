/* SPDX-License-Identifier: MIT */
/*
 * What is known of readers that no test machine has (tests/interop compares the
 * others with the real ones), and what models do with any bytes.
 */
#include "readers/readers.h"

#include "base/memory.h"

#include <criterion/criterion.h>
#include <string.h>

struct row {
	enum reader reader;
	const char *text;
	const char *seen; /* "A=1;B=?;", ! for refused, . for ended */
};

/* clang-format off */
static const struct row rows[] = {
	{ READER_DOCKER, "A=\"x\" # c\n# c\nB=1 \n", "A=\"x\" # c;B=1 ;" },
	{ READER_DOCKER, "export A=1\n", "!" },
	{ READER_DOCKER, "A\nB=1\n", "A=?;B=1;" },
	{ READER_PODMAN, "export A=1\nB='1'\n", "export A=1;B='1';" },
	{ READER_PODMAN, "\xef\xbb\xbf" "A=1\nB=2\n", "\xef\xbb\xbf" "A=1;B=2;" },
	{ READER_SYSTEMD, "A=1 # c\nB=\"x\"'y'\n; c\nC=a\\\nb\n", "A=1 # c;B=xy;C=ab;" },
	{ READER_SYSTEMD, "export A=1\nB=$X\nC=\"a\\n\"\n", "B=$X;C=a\\n;" },
	{ READER_SYSTEMD, "# c \\\nA=1\nB=\"x\nC=1\n", "B=x\nC=1\n;" },
	{ READER_GODOTENV, "A=1 # c\nB='x' # c\nC=\"a\\nb\"\n", "A=1;B=x;C=a\nb;" },
	{ READER_GODOTENV, "A=$NAME\nB=$name\nC='$NAME'\n", "A=?;B=$name;C=$NAME;" },
	{ READER_GODOTENV, "hello\nA=1\n", "!" },
	{ READER_COMPOSE, "A=1 # c\nB='it\\'s'\nC=\"a\\tb\"\n", "A=1;B=it's;C=a\tb;" },
	{ READER_COMPOSE, "A='$X'\nB=a$$b\nC=\"$X\"\n", "A=$X;B=a$b;C=?;" },
	{ READER_COMPOSE, "A='x\nB=1\n", "!" },
	{ READER_BASH, "A=1\n>B=2\nV=x>C=3\nD=4\n", "A=1;D=4;" },
	{ READER_BASH, "D=$=&&=x\nE=1||F=2\nG=1 &&export H=2\n", "D=$=;E=1;G=1;H=2;" },
	{ READER_NODE, "A= \nB=2\n", "A=B=2;" },
	{ READER_NODE, " \nA=1\n \nB=2\n", "A=1;B=2;" },
	{ READER_DOTENV, "A:\n\tB =1\nC=2\n", "A=B =1;C=2;" },
	{ READER_DOTENV, "A:\r\n\tB =1\r\nC=2\r\n", "A=B =1;C=2;" },
	{ READER_DOTENVX, "A:\r\nB=1\r\nC=2\r\n", "A=B=1;C=2;" },
};
/* clang-format on */

/* The last model of a reader is its latest version's. */
static const struct reader_model *model_of(enum reader reader)
{
	size_t i = READER_MODELS;

	while (reader_models[--i].reader != reader)
		;
	return &reader_models[i];
}

static void describe(
	const struct reader_model *model, const char *text, struct buf *out)
{
	struct reading reading;
	struct seen seen;

	reading_begin(&reading, model, text, strlen(text));
	while (reading_next(&reading, &seen)) {
		if (seen.kind == SEEN_REFUSED)
			buf_byte(out, '!');
		if (seen.kind == SEEN_ENDED)
			buf_byte(out, '.');
		if (seen.name.size == 0)
			continue;
		buf_append(out, seen.name.at, seen.name.size);
		buf_byte(out, '=');
		if (seen.kind == SEEN_EXPANDED)
			buf_byte(out, '?');
		else
			buf_append(out, seen.value.at, seen.value.size);
		buf_byte(out, ';');
	}
	reading_release(&reading);
}

Test(models, see_what_their_readers_do)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		SCOPED(buf) struct buf seen = BUF(1000);
		describe(model_of(rows[i].reader), rows[i].text, &seen);
		cr_expect_str_eq(buf_cstring(&seen), rows[i].seen, "%s: %s",
			reader_name(rows[i].reader), rows[i].text);
	}
}

/* Blanks are a part of the next name, but at the beginning of the file. */
Test(models, node_20_takes_blanks_away_at_the_beginning_alone)
{
	SCOPED(buf) struct buf seen = BUF(1000);

	cr_assert_eq(reader_models[0].reader, READER_NODE);
	cr_assert_str_eq(reader_models[0].version, "20");
	describe(&reader_models[0], " \r \nA=1\n \nB=2\n", &seen);
	cr_expect_str_eq(buf_cstring(&seen), "A=1;\nB=2;");
}

/* Of export it takes one blank away. */
Test(models, node_20_has_the_second_blank_in_the_name)
{
	SCOPED(buf) struct buf seen = BUF(1000);

	describe(&reader_models[0], "export  A=1\nexport B=2\n", &seen);
	cr_expect_str_eq(buf_cstring(&seen), " A=1;B=2;");
}

Test(models, come_to_an_end_with_any_bytes)
{
	static const char pieces[] =
		"A=B<>'\"`\\$({}) #\n\r\t=x;&|~\xff\xc3\xa9";
	unsigned long state = 7;

	for (size_t round = 0; round < 4000; round++) {
		char text[33] = "";
		for (size_t i = 0; i < 32; i++) {
			state = state * 6364136223846793005UL +
				1442695040888963407UL;
			text[i] = pieces[(state >> 33) % (sizeof(pieces) - 1)];
		}
		for (size_t m = 0; m < READER_MODELS; m++) {
			struct reading reading;
			struct seen seen;
			size_t at = 0;
			reading_begin(&reading, &reader_models[m], text, 32);
			while (reading_next(&reading, &seen)) {
				cr_assert(seen.at >= at && seen.end > seen.at);
				cr_assert_leq(seen.end, 32);
				at = seen.end;
			}
			reading_release(&reading);
		}
	}
}

/* Not one of these ends in quadratic time while anybody waits. */
Test(models, take_a_long_value_in_one_pass)
{
	static const struct {
		const char *first, *more;
	} values[] = {
		{ "A=", "${" },
		{ "A=", "\\$(" },
		{ "A=\"", "$(" },
		{ "A=\"", "a\\\"b" },
		{ "A=", "${a" },
		{ "A=", "\xe2\x80\xa8" },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		SCOPED(buf) struct buf text = BUF((size_t)1 << 21);
		buf_text(&text, values[i].first);
		while (text.size < (size_t)1 << 19)
			buf_text(&text, values[i].more);
		for (size_t m = 0; m < READER_MODELS; m++) {
			struct reading reading;
			struct seen seen = { .end = 0 };
			reading_begin(&reading, &reader_models[m], text.data,
				text.size);
			while (reading_next(&reading, &seen))
				;
			cr_assert_gt(seen.end, 0);
			reading_release(&reading);
		}
	}
}
