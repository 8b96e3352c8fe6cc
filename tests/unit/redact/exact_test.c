/* SPDX-License-Identifier: MIT */
#include "redact/exact.h"

#include "base/attributes.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BULLETS                                                                \
	"\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2"                     \
	"\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2"
#define KEY "sk-Ab3/kQ9+zT'7m\"Xw2&LpR\\vN8cD9e1f"
#define VALUES_MOST 4

/* Values, and one stream that they are kept out of. */
struct trial {
	struct secret values[VALUES_MOST];
	size_t count;
	struct exact *exact;
	struct exact_stream stream;
	struct buf out;
};

static void trial_begin(struct trial *trial, const char *const *values)
{
	*trial = (struct trial){ .exact = exact_new(), .out = BUF(1u << 20) };
	for (; values[trial->count]; trial->count++) {
		struct secret *value = &trial->values[trial->count];
		const char *text = values[trial->count];

		secret_copy(value, text, strlen(text));
		cr_assert_eq(exact_add(trial->exact, value),
			strlen(text) >= EXACT_LEAST);
	}
	exact_prepare(trial->exact);
	exact_stream_init(&trial->stream, trial->exact);
}

static void trial_end(struct trial *trial)
{
	exact_stream_release(&trial->stream);
	exact_free(trial->exact);
	buf_release(&trial->out);
	for (size_t i = 0; i < trial->count; i++)
		secret_release(&trial->values[i]);
}

static void pass(struct trial *trial, const char *text)
{
	exact_pass(&trial->stream, text, strlen(text), &trial->out);
}

static void assert_masked(
	const char *value, const char *text, const char *expected)
{
	struct trial trial;

	/* Byte by byte, as the slowest program writes. */
	trial_begin(&trial, (const char *const[]){ value, NULL });
	for (size_t i = 0; i < strlen(text); i++)
		exact_pass(&trial.stream, text + i, 1, &trial.out);
	exact_end(&trial.stream, &trial.out);
	cr_expect_str_eq(buf_cstring(&trial.out), expected, "%s: %s", text,
		buf_cstring(&trial.out));
	trial_end(&trial);
}

Test(exact, values_are_masked_in_every_spelling)
{
	static const char *const spelt[] = { KEY,
		/* JSON, also as PHP and Go have it */
		"sk-Ab3/kQ9+zT'7m\\\"Xw2&LpR\\\\vN8cD9e1f",
		"sk-Ab3\\/kQ9+zT'7m\\\"Xw2&LpR\\\\vN8cD9e1f",
		"sk-Ab3/kQ9+zT'7m\\\"Xw2\\u0026LpR\\\\vN8cD9e1f",
		/* URLs: Go, JavaScript, Python */
		"sk-Ab3%2FkQ9%2BzT%277m%22Xw2%26LpR%5CvN8cD9e1f",
		"sk-Ab3%2fkQ9%2bzT%277m%22Xw2%26LpR%5cvN8cD9e1f",
		"sk-Ab3%2FkQ9%2BzT'7m%22Xw2%26LpR%5CvN8cD9e1f",
		"sk-Ab3/kQ9%2BzT%277m%22Xw2%26LpR%5CvN8cD9e1f",
		/* base64, xxd -p */
		"c2stQWIzL2tROSt6VCc3bSJYdzImTHBSXHZOOGNEOWUxZg==",
		"736b2d4162332f6b51392b7a5427376d22587732264c70525c764e38634439"
		"65"
		"3166",
		/* Quotes of bash, dash, Python */
		"sk-Ab3/kQ9+zT'\\''7m\"Xw2&LpR\\vN8cD9e1f",
		"sk-Ab3/kQ9+zT'\"'\"'7m\"Xw2&LpR\\vN8cD9e1f",
		"sk-Ab3/kQ9+zT\\'7m\"Xw2&LpR\\\\vN8cD9e1f" };

	for (size_t i = 0; i < ARRAY_SIZE(spelt); i++) {
		char text[256];

		(void)snprintf(text, sizeof(text), "<%s>", spelt[i]);
		assert_masked(KEY, text, "<" BULLETS "9e1f>");
	}
}

Test(exact, base64_of_a_longer_text_loses_what_is_the_values)
{
	/* "user:abcdefghijklmnop" and "us:..." */
	assert_masked("abcdefghijklmnop", "dXNlcjphYmNkZWZnaGlqa2xtbm9w",
		"dXNlcj"
		"p" BULLETS "mnop");
	assert_masked("abcdefghijklmnop",
		"dXM6YWJjZGVmZ2hpamtsbW5vcA==", "dXM6" BULLETS "mnop");
}

Test(exact, lines_of_a_value_are_masked_by_themselves)
{
	assert_masked("first line of it\nand the second\nits end",
		"log: first line of it\nlog: and the second\nlog: end\n",
		"log: " BULLETS " end\nlog: " BULLETS " end\nlog: end\n");
}

Test(exact, short_values_are_left_alone)
{
	assert_masked("abc", "abc", "abc");
	assert_masked("abcd", "abcd", BULLETS);
}

Test(exact, values_side_by_side_have_a_mask_each_and_overlapping_ones_share_one)
{
	assert_masked("abab", "abababab", BULLETS);
	assert_masked("abcd", "abcdabcd", BULLETS BULLETS);
}

Test(exact, only_a_tail_that_begins_a_value_is_held_back)
{
	struct trial trial;

	trial_begin(&trial,
		(const char *const[]){ "secret-value-1", "value-2-xyz", NULL });
	pass(&trial, "password: ");
	cr_assert_str_eq(buf_cstring(&trial.out), "password: ");
	pass(&trial, "sec");
	cr_assert_str_eq(buf_cstring(&trial.out), "password: ");
	pass(&trial, "?");
	cr_assert_str_eq(buf_cstring(&trial.out), "password: sec?");
	/* What began the one goes on as the other. */
	pass(&trial, " secret-value-2");
	cr_assert_str_eq(buf_cstring(&trial.out), "password: sec? secret-");
	pass(&trial, "-xyz");
	cr_assert_str_eq(
		buf_cstring(&trial.out), "password: sec? secret-" BULLETS);
	/* A whole value is out at once. */
	pass(&trial, " secret-value-1");
	cr_assert_str_eq(buf_cstring(&trial.out),
		"password: sec? secret-" BULLETS " " BULLETS "ue-1");
	exact_end(&trial.stream, &trial.out);
	trial_end(&trial);
}

/* The same by comparing at every place. */
static void mask_slowly(
	const char *const *values, const char *text, struct buf *out)
{
	size_t size = strlen(text);
	size_t covered = 0;

	for (size_t at = 0; at < size; at++) {
		size_t longest = 0;

		for (size_t i = 0; values[i]; i++)
			if (strncmp(text + at, values[i], strlen(values[i])) ==
					0 &&
				strlen(values[i]) > longest)
				longest = strlen(values[i]);
		if (longest > 0 && at >= covered)
			buf_text(out, BULLETS);
		if (at + longest > covered)
			covered = at + longest;
		if (at >= covered)
			buf_byte(out, text[at]);
	}
}

static void random_text(char *out, size_t size)
{
	for (size_t i = 0; i < size; i++)
		out[i] = "aab"[(size_t)rand() % 3];
	out[size] = '\0';
}

Test(exact, is_what_comparing_at_every_place_finds_however_it_is_cut)
{
	char values[VALUES_MOST][12];
	char text[200];

	srand(1);
	for (int round = 0; round < 3000; round++) {
		const char *given[VALUES_MOST] = { 0 };
		SCOPED(buf) struct buf expected = BUF(1u << 16);
		struct trial trial;

		for (size_t i = 0; i + 1 < VALUES_MOST; i++) {
			random_text(values[i], 4 + (size_t)rand() % 7);
			given[i] = values[i];
		}
		random_text(text, (size_t)rand() % (sizeof(text) - 1));
		mask_slowly(given, text, &expected);
		trial_begin(&trial, given);
		for (size_t at = 0; text[at];) {
			size_t now = 1 + (size_t)rand() % 9;

			now = now > strlen(text + at) ? strlen(text + at) : now;
			exact_pass(&trial.stream, text + at, now, &trial.out);
			at += now;
		}
		exact_end(&trial.stream, &trial.out);
		cr_assert_str_eq(buf_cstring(&trial.out),
			buf_cstring(&expected), "%s, %s, %s in %s", values[0],
			values[1], values[2], text);
		trial_end(&trial);
	}
}
