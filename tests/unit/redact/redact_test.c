/* SPDX-License-Identifier: MIT */
#include "spelled.h"

#include "base/attributes.h"
#include "redact/redact.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define KEY "sk-Ab3/kQ9+zT_7m=Xw2&LpR5.vN8cD9e1f"
#define BULLETS                                                                \
	"\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2"                     \
	"\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2"

static struct redactor *knowing(const char *secret)
{
	struct redactor *redactor = redactor_new();

	redactor_add_text(redactor, secret, strlen(secret));
	return redactor;
}

static void assert_redacted(
	const char *secret, const char *text, const char *expected)
{
	struct redactor *redactor = knowing(secret);
	struct buf out = BUF(4096);

	redact(redactor, text, strlen(text), &out);
	cr_expect_str_eq(
		buf_cstring(&out), expected, "%s: %s", text, buf_cstring(&out));
	buf_release(&out);
	redactor_free(redactor);
}

Test(redact, whole_value_shows_its_last_four_characters)
{
	assert_redacted(KEY, "the key " KEY " is wrong",
		"the key " BULLETS "9e1f is wrong");
	assert_redacted("hunter2", "is hunter2.", "is " BULLETS ".");
	assert_redacted(KEY, KEY KEY, BULLETS "9e1f");
}

Test(redact, part_of_ten_characters_is_hidden_and_of_nine_is_not)
{
	assert_redacted(
		"0123456789abcdefghij", "x 6789abcdef y", "x " BULLETS " y");
	assert_redacted(
		"0123456789abcdefghij", "x 6789abcde y", "x 6789abcde y");
	assert_redacted("0123456789abcdefghij",
		"0123456789abc... and 9abcdefghij", BULLETS "... and " BULLETS);
	assert_redacted("hunter2", "hunter", "hunter");
}

Test(redact, what_stands_around_it_stays)
{
	assert_redacted(KEY,
		"Authorization: Basic dXNlcjpzay1BYjMva1E5K3pUXzc=",
		"Authorization: Basic dXNlcj" BULLETS "=");
	assert_redacted(KEY, "a%20" KEY "%20b", "a%20" BULLETS "9e1f%20b");
}

Test(redact, other_texts_are_left_alone)
{
	static const char *const texts[] = {
		"",
		"Incorrect API key provided: sk-proj-****MxYA.",
		"{\"error\":{\"message\":\"\\u4f59\\u989d\\u4e0d\\u8db3\"}}",
		"cf-ray: 8f0000000000000a-AMS",
		"chatcmpl-9xYz0123456789abcdefghijklmnop",
		"\xff\xfe not UTF-8 \xc3",
		"100% & more &amp; \\ \\u12 %zz &#; \x1b",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_redacted(KEY, texts[i], texts[i]);
}

Test(redact, nothing_is_masked_where_nothing_is_known)
{
	struct redactor *redactor = knowing("abc");
	char line[32];

	redact_line(redactor, "abc", 3, line, sizeof(line));
	cr_assert_str_eq(line, "abc");
	redact_line(NULL, "a\tb", 3, line, sizeof(line));
	cr_assert_str_eq(line, "a b");
	redactor_free(redactor);
	redactor_free(NULL);
}

Test(redact, line_is_cut_after_it_was_masked)
{
	struct redactor *redactor = knowing("0123456789abcdefghij");
	char line[24];

	redact_line(redactor, "a long text: 0123456789abcdefghij", 33, line,
		sizeof(line));
	cr_assert_null(strstr(line, "01234"), "%s", line);
	redactor_free(redactor);
}

Test(redact, secret_that_has_escapes_in_it_is_found_with_and_without)
{
	assert_redacted("pass%2Fword\\n1&amp;2", "x pass%2Fword\\n1&amp;2 y",
		"x " BULLETS "mp;2 y");
	assert_redacted("pass%2Fword\\n1&amp;2", "x pass/word 1", "x " BULLETS);
}

/* Hidden as it is, and as Base64 and hex of it. */
static void assert_all_hidden(const char *secret, const char *const *spellings)
{
	for (; *spellings; spellings++)
		assert_redacted(secret, *spellings, BULLETS);
}

Test(redact, short_text_has_room_for_a_secret_beyond_ascii)
{
	assert_all_hidden("\u5bc6\u7801",
		(const char *const[]){
			"\u5bc6\u7801", "5a+G56CB", "e5af86e7a081", NULL });
	assert_all_hidden(
		"\xc3\xa9\xc3\xa8", (const char *const[]){ "w6nDqA", NULL });
}

Test(redact, short_text_has_room_for_a_secret_of_signs)
{
	assert_all_hidden("~!@#",
		(const char *const[]){ "~!@#", "~ ! @ #", "fiFAIw", "7e214023",
			"%7E%21%40%23", "\\u007e\\x21\\100&num;", "JTdFJTIxQCM",
			NULL });
}

Test(redact, many_secrets_are_known_at_once)
{
	struct redactor *redactor = redactor_new();
	char secret[40];
	struct buf out = BUF(4096);

	for (int i = 0; i < 300; i++) {
		snprintf(secret, sizeof(secret), "secret-%d-of-many-%d", i,
			i * 7919);
		redactor_add_text(redactor, secret, strlen(secret));
	}
	for (int i = 0; i < 300; i++) {
		buf_clear(&out);
		snprintf(secret, sizeof(secret), "secret-%d-of-many-%d", i,
			i * 7919);
		redact(redactor, secret, strlen(secret), &out);
		cr_expect(strncmp(buf_cstring(&out), BULLETS,
				  strlen(BULLETS)) == 0 &&
				out.size <= strlen(BULLETS) + 4,
			"%s", buf_cstring(&out));
	}
	buf_release(&out);
	redactor_free(redactor);
}

/* In each way, and in each way of each way. */
static void assert_hidden(
	const char *secret, const struct spelled *spelled, const char *ways)
{
	struct redactor *redactor = knowing(secret);
	struct buf text = BUF(1 << 20);
	struct buf out = BUF(1 << 21);

	buf_text(&text, "{\"error\":\"you sent ");
	buf_append(&text, spelled->text.data, spelled->text.size);
	buf_text(&text, "\"}");
	redact(redactor, buf_cstring(&text), text.size, &out);
	cr_expect(spelled_shows(spelled, buf_cstring(&text), text.size));
	cr_expect_not(spelled_shows(spelled, buf_cstring(&out), out.size),
		"%s: %s -> %s", ways, buf_cstring(&text), buf_cstring(&out));
	buf_release(&text);
	buf_release(&out);
	redactor_free(redactor);
}

static void assert_all_ways(const char *secret)
{
	char ways[96];

	for (unsigned chance = 0; chance < 12; chance++)
		for (size_t first = 0; first < spelling_count(); first++)
			for (size_t then = 0; then <= spelling_count();
				then++) {
				struct spelled spelled;

				spelled_init(&spelled, secret);
				(void)spelled_apply(&spelled, first, chance);
				if (then < spelling_count())
					(void)spelled_apply(
						&spelled, then, chance);
				snprintf(ways, sizeof(ways), "%s, then %s",
					spelling_name(first),
					then < spelling_count()
						? spelling_name(then)
						: "no more");
				assert_hidden(secret, &spelled, ways);
				buf_release(&spelled.text);
			}
}

Test(redact, secret_is_hidden_in_every_spelling, .timeout = 60)
{
	assert_all_ways("p@ss w");
}

Test(redact, secret_of_many_letters_is_hidden_in_every_spelling, .timeout = 60)
{
	assert_all_ways(KEY);
}
