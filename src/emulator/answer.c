/* SPDX-License-Identifier: MIT */
#include "emulator/answer.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

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
