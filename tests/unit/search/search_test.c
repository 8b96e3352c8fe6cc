/* SPDX-License-Identifier: MIT */
#include "search/search.h"

#include "base/memory.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 64

struct found {
	struct hit hits[MOST];
	size_t count;
};

static void note(void *context, const struct hit *hit)
{
	struct found *found = context;

	cr_assert_lt(found->count, MOST);
	found->hits[found->count++] = *hit;
}

static struct found search(const char *value, const char *text, size_t size)
{
	struct needles *needles = needles_new();
	struct found found = { .count = 0 };
	struct secret secret;

	secret_copy(&secret, value, strlen(value));
	cr_assert(needles_add_secret(needles, 7, &secret));
	secret_release(&secret);
	struct scan *scan = scan_new(needles, note, &found);
	scan_feed(scan, text, size);
	scan_end(scan);
	scan_free(scan);
	needles_free(needles);
	return found;
}

static void expect_once(const char *value, const char *text, enum spelling how)
{
	struct found found = search(value, text, strlen(text));

	cr_assert_eq(found.count, 1, "%zu times in: %s", found.count, text);
	cr_expect_eq(found.hits[0].tag, 7);
	cr_expect_eq(found.hits[0].spelling, how, "in: %s", text);
}

static void expect_nothing(const char *value, const char *text)
{
	cr_expect_eq(
		search(value, text, strlen(text)).count, 0, "in: %s", text);
}

#define KEY "sk-Abc123/def+456ghi789"

Test(search, finds_a_value_as_it_is_with_line_and_column)
{
	const char *text = "one\ntwo\nkey = '" KEY "';\n";
	struct found found = search(KEY, text, strlen(text));

	cr_assert_eq(found.count, 1);
	cr_expect_eq(found.hits[0].offset, 15);
	cr_expect_eq(found.hits[0].line, 3);
	cr_expect_eq(found.hits[0].column, 8);
	cr_expect(!found.hits[0].broken);
}

Test(search, finds_it_twice_in_a_line)
{
	const char *text = KEY " " KEY;

	cr_expect_eq(search(KEY, text, strlen(text)).count, 2);
}

Test(search, finds_it_at_every_place_and_across_pieces)
{
	for (size_t before = 0; before < 40; before++) {
		char text[128];
		int size = snprintf(text, sizeof(text), "%.*s%s", (int)before,
			"........................................", KEY);
		expect_once(KEY, text, SPELT_PLAIN);
		cr_assert_gt(size, 0);
	}
	size_t size = 3 << 20;
	char *text = memory_new(size);
	memset(text, 'x', size);
	for (size_t at = 100; at + 5000 < size; at += 250007)
		memcpy(text + at, KEY, strlen(KEY));
	struct found found = search(KEY, text, size);
	cr_expect_eq(found.count, 13);
	cr_expect_eq(found.hits[12].offset, 100 + 12 * 250007);
	free(text);
}

Test(search, finds_what_others_make_of_it)
{
	expect_once("pass\"word\\1\t2", "{\"k\":\"pass\\\"word\\\\1\\t2\"}",
		SPELT_JSON);
	expect_once("https://a/b?c&d", "\"https:\\/\\/a\\/b?c&d\"", SPELT_JSON);
	expect_once("https://a/b?c&d", "\"https://a/b?c\\u0026d\"", SPELT_JSON);
	expect_once("schl\xc3\xbcssel-1", "\"schl\\u00fcssel-1\"", SPELT_JSON);
	expect_once("postgres://u:p@h/d", "x=postgres%3A%2F%2Fu%3Ap%40h%2Fd&",
		SPELT_URL);
	expect_once("postgres://u:p@h/d", "x=postgres%3a%2f%2fu%3ap%40h%2fd&",
		SPELT_URL);
	expect_once("a pass phrase!", "a+pass+phrase%21", SPELT_URL);
}

/* printf %s KEY | base64, with nothing, x and xx in front. */
Test(search, finds_base64_at_each_offset_and_in_both_alphabets)
{
	expect_once(KEY, "c2stQWJjMTIzL2RlZis0NTZnaGk3ODk=", SPELT_BASE64);
	expect_once(KEY, "eHNrLUFiYzEyMy9kZWYrNDU2Z2hpNzg5", SPELT_BASE64);
	expect_once(KEY, "eHhzay1BYmMxMjMvZGVmKzQ1NmdoaTc4OQ==", SPELT_BASE64);
	expect_once("?\?>>?\?>>", "Pz8-Pj8_Pj4", SPELT_BASE64);
	expect_once("?\?>>?\?>>", "Pz8+Pj8/Pj4", SPELT_BASE64);
}

/* As PowerShell's ">" writes it, and the other byte order. */
Test(search, finds_utf_16)
{
	for (size_t before = 0; before < 16; before++)
		for (size_t order = 0; order < 2; order++) {
			char text[128] = { 0 };

			for (size_t i = 0; i < strlen(KEY); i++)
				text[(before + i) * 2 + order] = KEY[i];
			struct found found = search(KEY, text, sizeof(text));
			cr_assert_eq(found.count, 1);
			cr_expect_eq(found.hits[0].spelling, SPELT_UTF16);
		}
}

/* As PowerShell's ">" writes what kubectl prints. */
Test(search, finds_base64_in_utf_16)
{
	static const char encoded[] = "c2stQWJjMTIzL2RlZis0NTZnaGk3ODk=";
	char text[2 * sizeof(encoded)] = { 0 };

	for (size_t i = 0; i < strlen(encoded); i++)
		text[i * 2] = encoded[i];
	struct found found = search(KEY, text, sizeof(text));
	cr_assert_eq(found.count, 1);
	cr_expect_eq(found.hits[0].spelling, SPELT_UTF16);
}

Test(search, finds_what_is_broken_by_line_ends)
{
	expect_once(KEY, "sk-Abc123/\ndef+456ghi789", SPELT_PLAIN);
	expect_once(KEY, "sk-Abc123/def+456gh\r\n   i789", SPELT_PLAIN);
	expect_once(KEY, "\"sk-Abc123\" +\n\t\"/def+456ghi789\"", SPELT_PLAIN);
	expect_once(KEY, "sk-Abc123/def+4\\\n56ghi789", SPELT_PLAIN);
	expect_once(KEY, "c2stQWJjMTIzL2RlZi\ns0NTZnaGk3ODk=", SPELT_BASE64);
	/* As Prettier writes PHP, and others JavaScript. */
	expect_once(KEY, "'sk-Abc123'\n\t. '/def+456ghi789'", SPELT_PLAIN);
	expect_once(KEY, "\"sk-Abc\"\n  + \"123/def+456ghi789\"", SPELT_PLAIN);
	/* In a source map. */
	expect_once(KEY, "\\\"sk-Abc1\\\" +\\n  \\\"23/def+456ghi789\\\"",
		SPELT_PLAIN);
	/* What GitHub's API gives of a file's content. */
	expect_once(KEY, "\"c2stQWJjMTIzL2RlZi\\ns0NTZnaGk3ODk=\\n\"",
		SPELT_BASE64);
	expect_once(KEY, "sk-Abc123/def+456\\r\\nghi789", SPELT_PLAIN);
	expect_once("abcdefghijklmnopr-n-xyz", "abcdefghijklmnopr\\r\\n-n-xyz",
		SPELT_PLAIN);
	expect_nothing(KEY, "sk-Abc123/ndef+456ghi789");
	expect_nothing(KEY, "sk-Abc123/\\def+456ghi789");
	expect_once("-----BEGIN\nabcdefghijk\nlmnopq\n-----END",
		"key: |\r\n  -----BEGIN\r\n  abcdefghijk\r\n  lmnopq\r\n  "
		"-----END",
		SPELT_PLAIN);
	expect_nothing(KEY, "sk-Abc123/ def+456ghi789");
}

/* What stands around line ends in source code may be the value's. */
Test(search, finds_what_is_broken_beside_its_own_signs)
{
	expect_once("ab.cdefghijklmnop+q", "\"ab.\" +\n \"cdefghijklmnop+q\"",
		SPELT_PLAIN);
	expect_once(
		"ab.cdefghijklmnop+q", "ab.\ncdefghijklmnop+q", SPELT_PLAIN);
	expect_once(
		"ab\"cdefghijklmnopq", "ab\n'\"cdefghijklmnopq", SPELT_PLAIN);
	expect_once("ab cdefghijklmnopq", "ab\n cdefghijklmnopq", SPELT_PLAIN);
	expect_once(
		"abcdefghijklmnop qr", "abcdefghijklmnop\n qr", SPELT_PLAIN);
}

/* What is short and may be a word, as part of a longer one. */
Test(search, a_short_value_stands_alone)
{
	expect_once("changeme", "password=changeme;", SPELT_PLAIN);
	expect_nothing("changeme", "changemenow");
	expect_nothing("changeme", "dontchangeme");
	expect_nothing("changeme", "chang\neme");
}

/* The letter in front is none of a word. */
Test(search, a_short_value_behind_an_escape)
{
	expect_once("changeme", "{\"a\": \"x:\\nchangeme\\n\"}", SPELT_PLAIN);
	expect_once("changeme", "url?q=pw%3Dchangeme%26x", SPELT_PLAIN);
	expect_once("changeme", "\"pw\\u003dchangeme\"", SPELT_PLAIN);
	expect_nothing("changeme", "nchangeme");
	expect_nothing("changeme", "3Dchangeme");
	expect_nothing("changeme", "u003dchangeme");
}

Test(search, nothing_but_the_whole_value_is_found)
{
	expect_nothing(KEY, "sk-Abc123/def+456ghi78");
	expect_nothing(KEY, "k-Abc123/def+456ghi789");
	expect_nothing(KEY, "SK-ABC123/DEF+456GHI789");
	expect_nothing(KEY, "");
}

Test(search, too_short_a_value_is_refused)
{
	struct needles *needles = needles_new();
	struct secret secret;

	secret_copy(&secret, "1234567", 7);
	cr_expect(!needles_add_secret(needles, 0, &secret));
	secret_release(&secret);
	needles_free(needles);
}

Test(search, words_stand_alone_where_they_have_to)
{
	struct needles *needles = needles_new();
	struct found found = { .count = 0 };
	const char *text = "PORTAL PORT $PORT ENV[ MYENV[";

	needles_add_word(needles, 1, "PORT", true);
	needles_add_word(needles, 2, "ENV[", false);
	struct scan *scan = scan_new(needles, note, &found);
	scan_feed(scan, text, strlen(text));
	scan_end(scan);
	scan_whole(scan, text, strlen(text));
	scan_whole(scan, "", 0);
	scan_feed(scan, text, strlen(text));
	scan_end(scan);
	cr_expect_eq(found.count, 12, "%zu", found.count);
	cr_expect_eq(found.hits[4].offset, 7);
	cr_expect_eq(found.hits[7].offset, found.hits[3].offset);
	scan_free(scan);
	needles_free(needles);
}

static void count(void *context, const struct hit *hit)
{
	size_t *hits = context;

	cr_assert_eq(hit->line, 1);
	cr_assert_eq(hit->column, hit->offset + 1);
	(*hits)++;
}

/* Of the unit, over and over. */
static size_t hits_in_long(
	const char *value, size_t size, const char *unit, size_t most)
{
	struct needles *needles = needles_new();
	size_t length = strlen(unit), hits = 0;
	struct secret secret;

	secret_copy(&secret, value, size);
	cr_assert(needles_add_secret(needles, 1, &secret));
	secret_release(&secret);
	struct scan *scan = scan_new(needles, count, &hits);
	for (size_t fed = 0; fed < most; fed += length)
		scan_feed(scan, unit, length);
	scan_end(scan);
	scan_free(scan);
	needles_free(needles);
	return hits;
}

/* As a value, of one byte, of two and of others; the last is Fibonacci's. */
static const char *const units[] = { "a", ".", "\"", "\\", "ab", "+.", "aab",
	"abaababaabaab" };

#define UNITS (sizeof(units) / sizeof(*units))

static void repeat(char *to, size_t size, const char *unit)
{
	for (size_t i = 0; i < size; i++)
		to[i] = unit[i % strlen(unit)];
	to[size] = '\0';
}

/* Where each place of the text was tried for each of the value's, these would
 * take hours; the suite's limit ends that. */
Test(search, texts_that_repeat_themselves_are_not_tried_place_by_place,
	.timeout = 60)
{
	static char value[2001], run[4097];

	for (size_t i = 0; i < UNITS; i++) {
		repeat(value, 2000, units[i]);
		repeat(run, 4096, units[i]);
		run[4095] = '\n';
		value[1999] = 'Z';
		cr_expect_eq(hits_in_long(value, 2000, run, 100000), 0);
		value[1999] = value[1999 % strlen(units[i])];
		value[0] = 'Z';
		cr_expect_eq(hits_in_long(value, 2000, run, 100000), 0);
	}
	repeat(value, 2000, "a");
	repeat(run, 4096, "a");
	cr_expect_eq(hits_in_long(value, 2000, run, 100000), 1000);
	repeat(value, 2000, "ab");
	repeat(run, 3000, "ab");
	cr_expect_eq(hits_in_long(value, 2000, run, 3000), 501);
}

/* Though not each place of it is looked up. */
Test(search, a_value_that_repeats_itself_is_found_whole_and_broken)
{
	char value[101], text[256];

	for (size_t i = 0; i < UNITS; i++) {
		struct needles *needles = needles_new();
		struct secret secret;
		struct found found;

		repeat(value, 100, units[i]);
		value[99] = 'Z';
		secret_copy(&secret, value, 100);
		cr_assert(needles_add_secret(needles, 1, &secret));
		secret_release(&secret);
		struct scan *scan = scan_new(needles, note, &found);
		for (int before = 0; before < 14; before++)
			for (int first = 1; first <= 100; first++) {
				found.count = 0;
				int size = snprintf(text, sizeof(text),
					"%.*s%.*s\n  %s", before,
					"--------------", first, value,
					value + first);
				scan_feed(scan, text, (size_t)size);
				scan_end(scan);
				cr_assert_geq(found.count, 1, "%s", text);
			}
		scan_free(scan);
		needles_free(needles);
	}
}

Test(search, many_hits_in_one_line_keep_their_columns)
{
	cr_expect_eq(
		hits_in_long(KEY, strlen(KEY), KEY, (size_t)8 << 20), 1000);
}

/* Random texts: what is there is found by the plainest search, too. */
Test(search, agrees_with_a_plain_search)
{
	srand(1);
	for (int round = 0; round < 300; round++) {
		char value[32] = { 0 };
		char text[600] = { 0 };
		size_t length = 16 + (size_t)rand() % 12;
		size_t count = 0;

		for (size_t i = 0; i < length; i++)
			value[i] = (char)('a' + rand() % 2);
		for (size_t i = 0; i < sizeof(text) - 1; i++)
			text[i] = (char)('a' + rand() % 2);
		memcpy(text + rand() % 500, value, length);
		for (const char *at = strstr(text, value); at;
			at = strstr(at + 1, value))
			count++;
		struct found found = search(value, text, sizeof(text) - 1);
		cr_assert_eq(found.count, count);
	}
}
