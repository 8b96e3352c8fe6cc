/* SPDX-License-Identifier: MIT */
#include "http/http.h"

#include "base/text.h"

#include <string.h>

void http_transfer_init(
	struct http_transfer *transfer, const char *method, const char *url)
{
	*transfer = (struct http_transfer){
		.request = {
			.method = method,
			.url = url,
			.headers = BUF(HTTP_REQUEST_LIMIT),
			.body = BUF(HTTP_REQUEST_LIMIT),
		},
		.answer = {
			.headers = BUF(HTTP_HEADERS_LIMIT),
			.first_byte_ms = -1,
			.whole_ms = -1,
		},
	};
}

void http_transfer_release(struct http_transfer *transfer)
{
	buf_release(&transfer->request.headers);
	buf_release(&transfer->request.body);
	buf_release(&transfer->answer.headers);
	buf_release(&transfer->answer.body);
}

void http_request_header(
	struct http_request *request, const char *name, const char *value)
{
	if (strpbrk(name, "\r\n") || strpbrk(value, "\r\n"))
		request->headers.failed = true;
	buf_text(&request->headers, name);
	buf_text(&request->headers, ": ");
	buf_text(&request->headers, value);
	buf_byte(&request->headers, '\0');
}

static bool line_names(const char *line, size_t size, const char *name)
{
	size_t length = strlen(name);

	if (size <= length || line[length] != ':')
		return false;
	for (size_t i = 0; i < length; i++)
		if (text_lower(line[i]) != text_lower(name[i]))
			return false;
	return true;
}

static const char *trimmed(const char *start, const char *end, size_t *size)
{
	while (start < end && text_is_space(*start))
		start++;
	while (end > start && text_is_space(end[-1]))
		end--;
	*size = (size_t)(end - start);
	return start;
}

const char *http_answer_header(
	const struct http_answer *answer, const char *name, size_t *size)
{
	const char *line = buf_cstring(&answer->headers);
	const char *end = line + answer->headers.size;

	while (line < end) {
		const char *stop = memchr(line, '\n', (size_t)(end - line));

		if (!stop)
			stop = end;
		if (line_names(line, (size_t)(stop - line), name))
			return trimmed(line + strlen(name) + 1, stop, size);
		line = stop < end ? stop + 1 : end;
	}
	*size = 0;
	return NULL;
}
