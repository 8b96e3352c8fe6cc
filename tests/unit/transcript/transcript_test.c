/* SPDX-License-Identifier: MIT */
/*
 * Every paste of tests/corpus/answers gives what the .json beside it says, and
 * none of it holds a key; "cause" there is what `explain` makes of it.
 */
#include "explain/explain.h"
#include "transcript/transcript.h"

#include "../../support/corpus.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "wording/notation.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The values that the corpus has, less what a mask shows of them. */
static const char *const secrets[] = { "sk-badKey0123456789",
	"sk-goodKey012345", "cfut_goodToken", "cfut_badToken",
	"sk-ant-bad012345", "AIzaBad0123" };

static void expect_text(const char *name, const char *what,
	const json_t *expected, const char *actual)
{
	const char *text = json_text(expected, what);

	if (text)
		cr_expect_str_eq(
			actual, text, "%s: %s is \"%s\"", name, what, actual);
}

static void expect_part(const char *name, const char *what,
	const json_t *expected, const char *actual)
{
	const char *text = json_text(expected, what);

	if (text)
		cr_expect(strstr(actual, text), "%s: %s \"%s\" is not in %s",
			name, what, text, actual);
}

static void add_flag(char flags[128], bool set, const char *word)
{
	size_t used = strlen(flags);

	if (set)
		snprintf(flags + used, 128 - used, "%s ", word);
}

static void expect_value(const char *name, const char *what,
	const json_t *expected, const struct sent_value *value)
{
	static const char *const words[] = { "untold", "no", "yes" };
	const json_t *wanted = json_object_get(expected, what);
	char flags[128] = "";
	char wanted_flags[128] = "";
	size_t index;
	const json_t *flag;

	if (!wanted)
		return;
	expect_text(name, "sent", wanted, words[value->sent]);
	expect_text(name, "header", wanted, value->header);
	expect_text(name, "masked", wanted, value->masked);
	add_flag(flags, value->bare, "bare");
	add_flag(flags, value->empty, "empty");
	add_flag(flags, value->known, "known");
	add_flag(flags, value->like_key, "like_key");
	add_flag(flags, value->like_token, "like_token");
	add_flag(flags, value->placeholder, "placeholder");
	add_flag(flags, value->quoted, "quoted");
	add_flag(flags, value->twice, "twice");
	json_array_foreach(json_object_get(wanted, "flags"), index, flag)
		add_flag(wanted_flags, true, json_string_value(flag));
	cr_expect_str_eq(
		flags, wanted_flags, "%s: %s is %s", name, what, flags);
}

static void expect_number(
	const char *name, const char *what, const json_t *expected, int actual)
{
	const json_t *number = json_object_get(expected, what);

	if (number)
		cr_expect_eq(actual, (int)json_integer_value(number),
			"%s: %s is %d", name, what, actual);
}

static void compare(const char *name, const json_t *expected,
	const struct transcript *transcript)
{
	static const char *const same[] = { "untold", "no", "yes" };
	const struct http_answer *answer = &transcript->answer;
	const char *body = buf_cstring(&answer->body);
	const char *headers = buf_cstring(&answer->headers);
	bool fault = json_object_get(expected, "fault") != NULL;

	expect_number(name, "status", expected, answer->status);
	expect_number(
		name, "likely_status", expected, transcript->likely_status);
	cr_expect_eq(transcript->streamed,
		json_is_true(json_object_get(expected, "streamed")), "%s",
		name);
	expect_text(name, "fault", expected, http_fault_words(answer->fault));
	cr_expect_eq(answer->outcome == HTTP_ANSWERED, !fault, "%s", name);
	cr_expect_eq(answer->fault != HTTP_FAULT_NONE, fault, "%s: %s", name,
		http_fault_words(answer->fault));
	expect_text(name, "method", expected, transcript->method);
	expect_text(name, "url", expected, buf_cstring(&transcript->url));
	expect_text(name, "model", expected, transcript->model);
	expect_text(name, "diagnosis", expected, transcript->diagnosis);
	expect_text(name, "body", expected, body);
	expect_part(name, "body_has", expected, body);
	expect_part(name, "header", expected, headers);
	expect_part(name, "detail_has", expected, answer->detail);
	expect_text(name, "same", expected, same[transcript->same]);
	expect_value(name, "key", expected, &transcript->key);
	expect_value(name, "token", expected, &transcript->token);
	for (size_t i = 0; i < ARRAY_SIZE(secrets); i++)
		cr_expect(!strstr(body, secrets[i]) &&
				!strstr(headers, secrets[i]) &&
				!strstr(answer->detail, secrets[i]) &&
				!strstr(buf_cstring(&transcript->url),
					secrets[i]),
			"%s shows %s", name, secrets[i]);
}

/* What the table makes of it. */
static void expect_cause(
	const char *name, const json_t *expected, const struct buf *text)
{
	const struct explain_question question = { .text = buf_cstring(text),
		.size = text->size };
	struct explanation explained;
	struct error err = { 0 };

	bool done = explain_paste(&question, &explained, &err);
	cr_expect(done, "%s: %s", name, done ? "" : err.what);
	if (done)
		expect_text(name, "cause", expected,
			diagnosis_word(explained.result.diagnosis));
	explanation_release(&explained);
}

static void try_one(const char *name, const struct buf *text, json_t *expected)
{
	struct transcript transcript;
	struct error err = { 0 };
	bool read = transcript_read(
		buf_cstring(text), text->size, &transcript, &err);

	if (json_is_true(json_object_get(expected, "nothing"))) {
		cr_expect(!read && err.status == STATUS_INVALID && *err.next,
			"%s: something was read", name);
	} else {
		cr_expect(read, "%s: %s", name, read ? "" : err.what);
		if (read)
			compare(name, expected, &transcript);
		expect_cause(name, expected, text);
	}
	transcript_release(&transcript);
}

Test(transcript, every_paste_of_the_corpus_is_read_back)
{
	cr_assert_geq(corpus_walk("answers", try_one), 80);
}

Test(transcript, more_than_a_mebibyte_is_refused)
{
	char *text = memory_new(TRANSCRIPT_LIMIT + 2);
	struct transcript transcript;
	struct error err = { 0 };

	memset(text, 'a', TRANSCRIPT_LIMIT + 1);
	cr_assert_not(
		transcript_read(text, TRANSCRIPT_LIMIT + 1, &transcript, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert(*err.next);
	transcript_release(&transcript);
	memory_free(text, TRANSCRIPT_LIMIT + 2);
}

#define REPEATED (TRANSCRIPT_LIMIT / 4)

/* Fills a quarter of the room with what makes each reader start anew again and
 * again.
 */
Test(transcript, hostile_repetition_is_not_quadratic, .timeout = 150)
{
	static const char *const parts[] = { "{", "[{",
		"{'a': ", "HTTP/1.1 200 OK\n", "curl 'x\n",
		"curl http://x -d '", "data: {\n", "> GET / HTTP/1.1\n",
		"token:$token:$", "http://", "<html>", "Bearer ", "\\\"",
		"{\"a\":[", "error: [\n{",
		"Error: 401 {\"error\":{\"message\":\"x\"}}\n",
		"{\"message\":\"{", "sk-/", "api_key=\"", "cookie: a\\n",
		"status 401 status 402 ", "\x1b[", "a | ", "> ",
		"url http://a ", "Error: ", "APIError: ", "key\n",
		"-u a:", "token is ", "Error: 401 <html>\n",
		"{\"error\":{\"message\":\"x\\n{", "status code \xe7\x8a\xb6" };
	char *text = memory_new(TRANSCRIPT_LIMIT);

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		struct transcript transcript;
		struct error err = { 0 };
		size_t length = strlen(parts[i]);
		for (size_t at = 0; at < REPEATED; at++)
			text[at] = parts[i][at % length];
		bool read = transcript_read(text, REPEATED, &transcript, &err);
		cr_expect(read || err.status == STATUS_INVALID);
		transcript_release(&transcript);
	}
	memory_free(text, TRANSCRIPT_LIMIT);
}

static char *relaxed(const char *text)
{
	size_t work = 100000;
	size_t used;
	JSON_SCOPED json_t *value =
		notation_read(text, strlen(text), &work, &used);

	return value ? json_dumps(value, JSON_COMPACT) : NULL;
}

Test(transcript, objects_of_programs_become_json)
{
	static const struct {
		const char *text;
		const char *json;
	} cases[] = {
		{ "{'a': None, 'b': True, 'c': \"it's\"}",
			"{\"a\":null,\"b\":true,\"c\":\"it's\"}" },
		{ "{ a: 1, 'b-c': 'x' + \n 'y', d: [ [Object] ] }",
			"{\"a\":1,\"b-c\":\"xy\",\"d\":[null]}" },
		{ "{ h: Headers { x: 'y' }, o: [Object: null prototype] { z: 1 "
		  "} }",
			"{\"h\":{\"x\":\"y\"},\"o\":{\"z\":1}}" },
		{ "{ [cause]: Error: bad\n    at x (y:1:2) {\n code: 'E' } }",
			"{\"cause\":{\"code\":\"E\",\"message\":\"Error: "
			"bad\"}}" },
		{ "{\"a\":\"\\u00e9\\ud83d\\ude00\\n\"}",
			"{\"a\":\"\xc3\xa9\xf0\x9f\x98\x80\\n\"}" },
		{ "{'h': Headers({'a': 'b'}), 'n': 2}",
			"{\"h\":{\"a\":\"b\"},\"n\":2}" },
		{ "{\"a\":{\"b\":\"cut of",
			"{\"a\":{\"b\":\"cut of\xe2\x80\xa6\"}}" },
		{ "{}", NULL },
		{ "{ [151 bytes data]\n", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *json = relaxed(cases[i].text);
		if (cases[i].json)
			cr_expect_str_eq(json ? json : "(none)", cases[i].json);
		else
			cr_expect_null(json, "%s", json);
		free(json);
	}
}
