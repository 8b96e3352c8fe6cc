/* SPDX-License-Identifier: MIT */
/* What libcurl hands over of an answer: kept up to the limits, and cut off
 * there. */
#include "http/transfer_internal.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/number.h"
#include "base/text.h"
#include "os/clock.h"

#include <stdio.h>
#include <string.h>

/* The status of "HTTP/1.1 200 OK" or "HTTP/2 200 ", or 0 for other lines. */
static int status_of_line(const char *line, size_t size)
{
	const char *blank = memchr(line, ' ', size);
	uint64_t status;

	if (size < 9 || memcmp(line, "HTTP/", 5) != 0 || !blank ||
		(size_t)(blank - line) + 4 > size ||
		!number_parse(blank + 1, 3, 100, 999, &status))
		return 0;
	return (int)status;
}

/* The final answer's; what came before it (1xx) is forgotten. */
static void take_status(struct running *running, int status)
{
	struct http_answer *answer = &running->transfer->answer;

	buf_clear(&answer->headers);
	running->compressed = false;
	if (status < 200)
		return;
	answer->status = status;
	if (answer->first_byte_ms < 0)
		answer->first_byte_ms =
			clock_monotonic_ms() - running->started_ms;
}

/*
 * An encoding of the transfer other than chunks was not asked for, and libcurl
 * would undo it: a zstd frame alone may ask for 128 MB.
 */
static bool is_encoded(const char *line, size_t size)
{
	size_t length;
	const char *value =
		header_value(line, size, "transfer-encoding", &length);

	return value && !header_is(value, length, "chunked") &&
		!header_is(value, length, "identity");
}

/*
 * The body is compressed in a way that was not asked for, or more than once:
 * libcurl would undo that, too, whatever memory it takes.
 */
static bool is_compressed_otherwise(
	struct running *running, const char *line, size_t size)
{
	static const char *const known[] = { "gzip", "x-gzip", "deflate",
		"identity", "" };
	bool again = running->compressed;
	size_t length;
	const char *value =
		header_value(line, size, "content-encoding", &length);

	if (!value)
		return false;
	running->compressed = true;
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (header_is(value, length, known[i]))
			return again;
	return true;
}

/* `why` is a marked text. */
static size_t cut_off(struct running *running, const char *why)
{
	running->cut = HTTP_FAULT_MALFORMED;
	snprintf(running->why, sizeof(running->why), "%s", _(why));
	return 0;
}

/* Where more came than is taken. */
static size_t cut_at_limit(struct running *running, enum http_fault fault)
{
	if (fault == HTTP_FAULT_HEAD_LIMIT)
		snprintf(running->why, sizeof(running->why),
			_("the answer's head is over %zu KiB"),
			HTTP_HEADERS_LIMIT / 1024);
	else
		snprintf(running->why, sizeof(running->why),
			_("the answer is longer than %zu KiB"),
			running->body_limit / 1024);
	running->cut = fault;
	return 0;
}

static void take_line(struct buf *headers, const char *line, size_t size)
{
	while (size > 0 && (line[size - 1] == '\n' || line[size - 1] == '\r'))
		size--;
	if (size > 0) {
		buf_append(headers, line, size);
		buf_byte(headers, '\n');
	}
}

size_t receive_header(char *bytes, size_t size, size_t count, void *to)
{
	struct running *running = to;
	struct http_answer *answer = &running->transfer->answer;
	size_t length = size * count;
	int status = status_of_line(bytes, length);

	running->head_bytes += length;
	if (running->head_bytes > HTTP_HEADERS_LIMIT)
		return cut_at_limit(running, HTTP_FAULT_HEAD_LIMIT);
	if (status == 101)
		return cut_off(running,
			N_("the server changes to another protocol unasked"));
	if (status > 0)
		take_status(running, status);
	else
		take_line(&answer->headers, bytes, length);
	if (is_encoded(bytes, length))
		return cut_off(
			running, N_("the server encodes the transfer unasked"));
	if (is_compressed_otherwise(running, bytes, length))
		return cut_off(running,
			N_("the answer is compressed in a way that was not "
			   "asked for"));
	return length;
}

size_t receive_body(char *bytes, size_t size, size_t count, void *to)
{
	struct running *running = to;
	struct http_answer *answer = &running->transfer->answer;
	size_t length = size * count;
	size_t room = running->body_limit - answer->body.size;

	if (length > room) {
		buf_append(&answer->body, bytes, room);
		return cut_at_limit(running, HTTP_FAULT_BODY_LIMIT);
	}
	buf_append(&answer->body, bytes, length);
	return length;
}

/* NOLINTBEGIN(readability-non-const-parameter): libcurl's type */
int receive_connection(
	void *to, char *remote, char *local, int remote_port, int local_port)
/* NOLINTEND(readability-non-const-parameter) */
{
	struct running *running = to;

	(void)remote;
	(void)local;
	(void)remote_port;
	running->went_out = true;
	origin_goes_out(running->origin, running, local_port);
	return CURL_PREREQFUNC_OK;
}

int receive_socket(void *to, curl_socket_t file, curlsocktype purpose)
{
	struct running *running = to;

	(void)purpose;
	sockets_note(&running->sockets, file);
	return CURL_SOCKOPT_OK;
}
