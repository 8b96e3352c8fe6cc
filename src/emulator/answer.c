/* SPDX-License-Identifier: MIT */
#include "emulator/answer.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/clock.h"

#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

void answer_init(struct answer *answer)
{
	*answer = (struct answer){
		.status = 200,
		.body = BUF(ANSWER_BODY_LIMIT),
	};
}

void answer_release(struct answer *answer)
{
	for (size_t i = 0; i < answer->header_count; i++) {
		free(answer->headers[i].name);
		free(answer->headers[i].value);
	}
	free(answer->relay_url);
	free(answer->relay_key_header);
	free(answer->relay_key);
	buf_release(&answer->body);
	*answer = (struct answer){ 0 };
}

void answer_header(struct answer *answer, const char *name, const char *value)
{
	if (answer->header_count == ANSWER_HEADERS_MOST ||
		answer_find(answer, name))
		return;
	answer->headers[answer->header_count++] = (struct answer_header){
		memory_text(name),
		memory_text(value),
	};
}

const char *answer_find(const struct answer *answer, const char *name)
{
	for (size_t i = 0; i < answer->header_count; i++)
		if (text_equal_ignoring_case(answer->headers[i].name, name))
			return answer->headers[i].value;
	return NULL;
}

void answer_text(struct answer *answer, unsigned status, const char *type,
	const char *text, size_t size)
{
	answer->status = status;
	buf_clear(&answer->body);
	buf_append(&answer->body, text, size);
	answer_header(answer, "content-type", type);
}

void answer_json(struct answer *answer, unsigned status, json_t *body)
{
	answer->status = status;
	buf_clear(&answer->body);
	json_format_as(body, JSON_COMPACT, &answer->body);
	if (buf_failed(&answer->body))
		answer->status = 500;
	json_decref(body);
	answer_header(answer, "content-type", "application/json");
}

/* A ULID: 48 bits of time and 80 of chance, in Crockford's base 32. */
#define ULID_SIZE 27
static void make_ulid(char out[ULID_SIZE])
{
	static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	uint64_t time =
		(uint64_t)clock_seconds() * 1000 + randombytes_uniform(1000);

	for (int i = 9; i >= 0; i--, time /= 32)
		out[i] = alphabet[time % 32];
	for (int i = 10; i < 26; i++)
		out[i] = alphabet[randombytes_uniform(32)];
	out[26] = '\0';
}

void trace_ray(struct answer *answer)
{
	char ray[24];

	snprintf(ray, sizeof(ray), "%08x%08x-LHR", randombytes_random(),
		randombytes_random());
	answer_header(answer, "cf-ray", ray);
	answer_header(answer, "server", "cloudflare");
}

void trace_ids(struct answer *answer)
{
	char id[ULID_SIZE];

	if (answer_find(answer, "cf-aig-log-id"))
		return;
	make_ulid(id);
	answer_header(answer, "cf-aig-log-id", id);
	answer_header(answer, "cf-aig-request-id", id);
	make_ulid(id);
	answer_header(answer, "cf-aig-event-id", id);
	answer_header(answer, "cf-aig-step", "0");
}
