/* SPDX-License-Identifier: MIT */
#include "gateway/attempt_internal.h"

#include "base/memory.h"

#include <string.h>

#define LINE_SIZE ((size_t)1024)
/* Of a body, enough to recognise it. */
#define BODY_SIZE ((size_t)2048)

static json_t *shown_text(const struct attempt *attempt, const char *bytes,
	size_t size, size_t most)
{
	char *text = (char *)memory_new(most);
	json_t *json;

	/* Of a long one that is mostly blanks, less is shown. */
	if (size > most * 8)
		size = most * 8;
	redact_line(attempt->redactor, bytes, size, text, most);
	json = json_new_text(text);
	memory_free(text, most);
	return json;
}

/* Lines ended by \n. */
static void add_lines(
	const struct attempt *attempt, const struct buf *lines, json_t *list)
{
	const char *text = buf_cstring(lines);

	while (*text) {
		size_t size = strcspn(text, "\n");

		json_push(list, shown_text(attempt, text, size, LINE_SIZE));
		text += size;
		text += *text == '\n';
	}
}

static json_t *sent_lines(
	const struct attempt *attempt, const struct http_request *request)
{
	SCOPED(buf) struct buf added = BUF(BODY_SIZE);
	json_t *list = json_new_list();
	const char *line;

	http_request_added(request, &added);
	add_lines(attempt, &added, list);
	for (size_t i = 0; (line = http_request_header_at(request, i)); i++)
		json_push(list,
			shown_text(attempt, line, strlen(line), LINE_SIZE));
	return list;
}

static json_t *received_lines(
	const struct attempt *attempt, const struct http_answer *answer)
{
	json_t *list = json_new_list();

	add_lines(attempt, &answer->headers, list);
	return list;
}

json_t *trace_call(const struct attempt *attempt, const struct call *call,
	const char *what)
{
	const struct http_answer *answer = &call->transfer.answer;
	const struct http_request *request = &call->transfer.request;

	return json_build("{what:%s, method:%s, url:%o, sent:%o, sent_body:%o, "
			  "http_status:%o, received:%o, body:%o}",
		what, request->method,
		shown_text(attempt, call->url, strlen(call->url), LINE_SIZE),
		sent_lines(attempt, request),
		shown_text(attempt, buf_cstring(&request->body),
			request->body.size, BODY_SIZE),
		json_number_if(answer->status > 0, answer->status),
		received_lines(attempt, answer),
		answer->outcome == HTTP_ANSWERED
			? shown_text(attempt, buf_cstring(&answer->body),
				  answer->body.size, BODY_SIZE)
			: shown_text(attempt, answer->detail,
				  strlen(answer->detail), BODY_SIZE));
}
