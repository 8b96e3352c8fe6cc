/* SPDX-License-Identifier: MIT */
/*
 * Pastes with a secret planted on a line of their own, in one of the forms in
 * which secrets stand in pastes: it never comes out, neither in the answer that
 * is read back nor in the masked text. What comes out can be read by the next
 * room: UTF-8 and header lines.
 */
#include "fuzz.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "explain/explain.h"
#include "transcript/mask.h"
#include "transcript/transcript.h"

#include <string.h>

/* Of no form that is known, so that its surroundings alone tell. */
#define BARE "Zq7planted9secret31kx"

static const struct {
	const char *line;
	const char *secret;
} forms[] = {
	{ "Authorization: Bearer " BARE, BARE },
	{ "> authorization: " BARE, BARE },
	{ "x-api-key: " BARE, BARE },
	{ "    'api-key': '" BARE "',", BARE },
	{ "  \"x-goog-api-key\": \"" BARE "\",", BARE },
	{ "-H 'cf-aig-authorization: Bearer " BARE "'", BARE },
	{ "{\\\"apiKey\\\":\\\"" BARE "\\\"}", BARE },
	{ "{'password': '" BARE "', 'a': None}", BARE },
	{ "https://host.example/x?a=b&key=" BARE, BARE },
	{ "https://ann:" BARE "@host.example/", BARE },
	{ "Set-Cookie: session=" BARE "; Path=/", BARE },
	{ "MIMO_API_KEY=" BARE, BARE },
	{ "['Authorization', 'Bearer " BARE "']", BARE },
	{ "got sk-" BARE " here", BARE },
	{ "(cfut_" BARE ")", BARE },
	{ "a eyJhbGciOi." BARE ".sig b", BARE },
	{ "old Xy3kJ2pQ9vLmN4bT7cRwZ8sD1fGh5uYt0aEi6oKx token",
		"Xy3kJ2pQ9vLmN4bT7cRwZ8sD1fGh5uYt0aEi6oKx" },
};

/* The text with the line put behind one of its first line ends. */
static void plant(const char *text, size_t size, const char *line,
	unsigned char choice, struct buf *out)
{
	size_t at = 0;

	for (unsigned left = choice % 32; left > 0 && at < size; left--) {
		const char *newline = memchr(text + at, '\n', size - at);
		at = newline ? (size_t)(newline - text) + 1 : size;
	}
	buf_append(out, text, at);
	buf_byte(out, '\n');
	buf_text(out, line);
	buf_byte(out, '\n');
	buf_append(out, text + at, size - at);
}

static void check_hidden(const struct buf *text, const char *secret)
{
	struct slice in = { buf_cstring(text), text->size };

	FUZZ_CHECK(!slice_contains(in, secret));
}

static void check_field(const char *text, const char *secret)
{
	FUZZ_CHECK(text_is_utf8(text, strlen(text)));
	FUZZ_CHECK(!strstr(text, secret));
}

static void check_headers(const struct buf *headers)
{
	const char *at = buf_cstring(headers);

	while (*at) {
		const char *newline = strchr(at, '\n');
		FUZZ_CHECK(newline);
		FUZZ_CHECK(memchr(at, ':', (size_t)(newline - at)));
		at = newline + 1;
	}
}

static void check_heard(const struct transcript *transcript, const char *secret)
{
	const struct http_answer *answer = &transcript->answer;

	FUZZ_CHECK(answer->status >= 0 && answer->status < 1000);
	FUZZ_CHECK(answer->outcome == HTTP_ANSWERED ||
		http_fault_outcome(answer->fault) == answer->outcome);
	check_hidden(&transcript->url, secret);
	check_hidden(&answer->headers, secret);
	check_hidden(&answer->body, secret);
	check_field(transcript->model, secret);
	check_field(answer->detail, secret);
	check_field(transcript->key.masked, secret);
	check_field(transcript->token.masked, secret);
	FUZZ_CHECK(text_is_utf8(buf_cstring(&answer->body), answer->body.size));
	check_headers(&answer->headers);
}

/* libFuzzer reads the secrets out of the checks: what it plants by itself, in
 * pieces or in no form at all, proves nothing. */
static bool has_own(const char *text, size_t size)
{
	static const char *const parts[] = { "Zq7", "planted9", "secret31",
		"Xy3kJ2", "vLmN4bT7", "fGh5uYt0" };

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		if (slice_contains((struct slice){ text, size }, parts[i]))
			return true;
	}
	return false;
}

static void check_line(const char *text, const char *secret)
{
	check_field(text, secret);
	for (; *text; text++)
		FUZZ_CHECK((unsigned char)*text >= 0x20 && *text != 0x7f);
}

/* What `aigenv explain` prints of it. */
static void check_explained(const struct buf *text, const char *secret)
{
	const struct explain_question question = { .text = buf_cstring(text),
		.size = text->size };
	struct explanation explained;
	struct error err = { 0 };
	const struct verify_result *result = &explained.result;

	if (explain_paste(&question, &explained, &err)) {
		FUZZ_CHECK(result->diagnosis < DIAGNOSIS_COUNT);
		check_line(result->said, secret);
		check_line(result->sent, secret);
		check_line(result->means, secret);
		check_line(result->advice, secret);
		check_line(result->log_id, secret);
		check_line(explained.provider, secret);
		check_line(explained.model, secret);
	}
	explanation_release(&explained);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const char *text = (const char *)bytes;
	struct buf planted = BUF(size + 256);
	struct buf masked = BUF((size + 256) * 16);
	struct transcript transcript;
	struct error err = { 0 };

	if (has_own(text, size))
		return 0;
	size_t form = size > 0 ? bytes[0] % ARRAY_SIZE(forms) : 0;
	plant(text, size, forms[form].line, size > 1 ? bytes[size - 1] : 0,
		&planted);
	struct mask *mask = mask_new();
	mask_learn(mask, buf_cstring(&planted), planted.size);
	mask_text(mask, buf_cstring(&planted), planted.size, &masked);
	mask_free(mask);
	check_hidden(&masked, forms[form].secret);
	if (transcript_read(
		    buf_cstring(&planted), planted.size, &transcript, &err))
		check_heard(&transcript, forms[form].secret);
	else
		FUZZ_CHECK(err.status == STATUS_INVALID && *err.next);
	transcript_release(&transcript);
	check_explained(&planted, forms[form].secret);
	/* As it is: UTF-16 and the like are lost where a line is put in. */
	if (transcript_read(text, size, &transcript, &err))
		check_heard(&transcript, forms[form].secret);
	transcript_release(&transcript);
	buf_release(&planted);
	buf_release(&masked);
	return 0;
}
