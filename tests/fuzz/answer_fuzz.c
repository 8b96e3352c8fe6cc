/* SPDX-License-Identifier: MIT */
/*
 * Answers of whoever stands at the other end: a status, header lines, an empty
 * line, a body ("401\ncf-ray: 1-AMS\n\n{...}"). Every one of them has a cause,
 * and what is printed of it cannot drive a terminal or show a secret.
 */
#include "fuzz.h"

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "diagnosis/diagnosis.h"
#include "profile/variables.h"

#include <string.h>

#define SECRET "sk-0123456789abcdef9e1f"

static char profile_name[] = "production";
static struct variables variables;
static struct redactor *redactor;

static void add_secret(const char *name, const char *value)
{
	FUZZ_CHECK(variables_add_secret(&variables, name,
		secret_arena_add(&variables.arena, value, strlen(value))));
}

/* The end of the header lines, behind their empty line. */
static size_t head_size(const char *text, size_t size)
{
	for (size_t i = 0; i + 1 < size; i++)
		if (text[i] == '\n' && text[i + 1] == '\n')
			return i + 2;
	return size;
}

static void take_answer(
	const char *text, size_t size, struct http_answer *answer)
{
	size_t head = head_size(text, size);
	uint64_t status = 200;

	if (size > 3 && !number_parse(text, 3, 100, 999, &status))
		status = 200;
	answer->outcome = HTTP_ANSWERED;
	answer->status = (int)status;
	answer->headers = BUF(HTTP_HEADERS_LIMIT);
	answer->body = BUF(HTTP_ANSWER_LIMIT);
	if (head > 4)
		buf_append(&answer->headers, text + 4, head - 4);
	buf_append(&answer->body, text + head, size - head);
}

static void check_printable(const char *text, size_t size)
{
	size_t length = strlen(text);

	FUZZ_CHECK(length < size);
	FUZZ_CHECK(text_is_utf8(text, length));
	FUZZ_CHECK(!strstr(text, SECRET));
	for (size_t i = 0; i < length; i++)
		FUZZ_CHECK((unsigned char)text[i] >= 0x20 && text[i] != 0x7f);
}

static void judge(const struct reading *reading)
{
	struct profile profile = { .name = profile_name };
	struct route route = { .name = "mimo",
		.provider = "custom-xiaomi",
		.path = "/v1",
		.key_env = "MIMO_API_KEY" };
	struct verify_result result = { .said_by = "", .provider = "Xiaomi" };
	struct inquiry inquiry = {
		.profile = &profile,
		.route = &route,
		.provider = result.provider,
		.token = variables.items[0].secret,
		.key = variables.items[1].secret,
		.model = "mimo-v2.5",
		.base = "https://gateway/v1/a/g/custom-xiaomi/v1",
		.reading = reading,
	};

	inquiry.known = facts_of_request(&inquiry);
	inquiry_judge(&inquiry);
	FUZZ_CHECK(inquiry.rule->cause < DIAGNOSIS_COUNT);
	inquiry_say(&inquiry, &result);
	json_decref(evidence_list(&inquiry));
	check_printable(result.means, sizeof(result.means));
	check_printable(result.advice, sizeof(result.advice));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text = memory_copy(bytes, size);
	struct http_answer answer = { 0 };
	struct reading reading;

	if (!redactor) {
		add_secret("CF_AIG_TOKEN", "cfut_0123456789abcdef7c9e");
		add_secret("MIMO_API_KEY", SECRET);
		redactor = variables_redactor(&variables);
	}
	take_answer(text, size, &answer);
	reading_take(&answer, "mimo-v2.5", &reading);
	reading_redact(&reading, redactor);
	check_printable(reading.message, sizeof(reading.message));
	check_printable(reading.log_id, sizeof(reading.log_id));
	check_printable(reading.location, sizeof(reading.location));
	check_printable(reading.near, sizeof(reading.near));
	judge(&reading);
	buf_release(&answer.headers);
	buf_release(&answer.body);
	memory_free(text, size);
	return 0;
}
