/* SPDX-License-Identifier: MIT */
#include "http/http.h"

#include "base/slice.h"
#include "base/text.h"
#include "http/transfer_internal.h"

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
	http_answer_release(&transfer->answer);
}

void http_answer_release(struct http_answer *answer)
{
	buf_release(&answer->headers);
	buf_release(&answer->body);
}

static void add_header(struct http_request *request, const char *name,
	const char *before, const char *value)
{
	if (strpbrk(name, "\r\n") || strpbrk(before, "\r\n") ||
		strpbrk(value, "\r\n"))
		request->headers.failed = true;
	buf_text(&request->headers, name);
	buf_text(&request->headers, ": ");
	buf_text(&request->headers, before);
	buf_text(&request->headers, value);
	buf_byte(&request->headers, '\0');
}

void http_request_header(
	struct http_request *request, const char *name, const char *value)
{
	add_header(request, name, "", value);
}

void http_request_secret(struct http_request *request, const char *name,
	const char *before, const struct secret *secret)
{
	add_header(request, name, before, secret_reveal(secret));
}

const char *http_request_header_at(
	const struct http_request *request, size_t index)
{
	const char *text = buf_cstring(&request->headers);
	const char *end = text + request->headers.size;

	while (text < end && index-- > 0)
		text += strlen(text) + 1;
	return text < end ? text : NULL;
}

bool header_is(const char *bytes, size_t size, const char *word)
{
	if (strlen(word) != size)
		return false;
	for (size_t i = 0; i < size; i++)
		if (text_lower(bytes[i]) != text_lower(word[i]))
			return false;
	return true;
}

static bool line_names(const char *line, size_t size, const char *name)
{
	const char *colon = memchr(line, ':', size);

	return colon && header_is(line, (size_t)(colon - line), name);
}

const char *header_value(
	const char *line, size_t size, const char *name, size_t *value_size)
{
	if (!line_names(line, size, name))
		return NULL;
	size_t start = strlen(name) + 1;
	struct slice value =
		slice_trimmed((struct slice){ line + start, size - start });

	*value_size = value.size;
	return value.at;
}

static bool request_has(const struct http_request *request, const char *name)
{
	const char *text;

	for (size_t i = 0; (text = http_request_header_at(request, i)); i++)
		if (line_names(text, strlen(text), name))
			return true;
	return false;
}

/* The authority of a URL, as libcurl sends it. */
static void append_host(const char *url, struct buf *lines)
{
	const char *host = strstr(url, "://");

	host = host ? host + strlen("://") : url;
	buf_text(lines, "Host: ");
	buf_append(lines, host, strcspn(host, "/?#"));
	buf_byte(lines, '\n');
}

void http_request_added(const struct http_request *request, struct buf *lines)
{
	append_host(request->url, lines);
	if (!request_has(request, "user-agent"))
		buf_text(lines, "User-Agent: " HTTP_USER_AGENT "\n");
	if (!request_has(request, "accept"))
		buf_text(lines, "Accept: */*\n");
	buf_text(lines, "Accept-Encoding: " HTTP_ENCODINGS "\n");
	if (text_equal(request->method, "POST"))
		buf_printf(lines, "Content-Length: %zu\n", request->body.size);
	if (text_equal(request->method, "POST") &&
		!request_has(request, "content-type"))
		buf_text(lines,
			"Content-Type: application/x-www-form-urlencoded\n");
}

/* The line at `at`, which stands before `end`, and its size; then `at` is
 * behind it. */
static const char *take_line(const char **at, const char *end, size_t *size)
{
	const char *line = *at;
	const char *stop = memchr(line, '\n', (size_t)(end - line));

	*size = (size_t)((stop ? stop : end) - line);
	*at = stop ? stop + 1 : end;
	return line;
}

const char *http_answer_header(
	const struct http_answer *answer, const char *name, size_t *size)
{
	const char *at = buf_cstring(&answer->headers);
	const char *end = at + answer->headers.size;

	while (at < end) {
		size_t length;
		const char *line = take_line(&at, end, &length);
		const char *value = header_value(line, length, name, size);

		if (value)
			return value;
	}
	*size = 0;
	return NULL;
}
