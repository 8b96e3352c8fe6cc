/* SPDX-License-Identifier: MIT */
/*
 * Heads as programs show them: bare (`curl -i`, HTTPie), marked (`curl -v`:
 * "> " sent, "< " received, "* " remarks), indented (wget -S).
 */
#include "transcript/scan_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

struct head {
	const char *at;
	const char *end;
	char mark;     /* '<', '>' or 0 */
	bool indented; /* wget -S */
	bool no_words; /* no body follows, or one of JSON */
};

struct line {
	struct slice text; /* without mark and indentation */
	const char *next;
};

static struct line next_line(const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));
	const char *stop = newline ? newline : end;

	return (struct line){ { at, (size_t)(stop - at) },
		newline ? newline + 1 : end };
}

/* Takes mark and indentation off the first line of a head. */
static void begin_head(struct head *head, struct line *line)
{
	if (line->text.size > 2 &&
		(*line->text.at == '<' || *line->text.at == '>') &&
		line->text.at[1] == ' ') {
		head->mark = *line->text.at;
		line->text = slice_from(line->text, 2);
	}
	while (line->text.size > 0 && *line->text.at == ' ') {
		head->indented = head->mark == 0;
		line->text = slice_from(line->text, 1);
	}
}

/* HTTP/1.1 401 Unauthorized */
static int answer_status(const struct line *line)
{
	const char *at = line->text.at + 5;
	const char *end = line->text.at + line->text.size;

	/* With its body on the same line it is a program's. */
	if (!slice_begins(line->text, "HTTP/") ||
		slice_contains(line->text, "{"))
		return 0;
	while (at < end && (text_is_digit(*at) || *at == '.'))
		at++;
	if (end - at < 4 || *at != ' ' || !text_is_digit(at[1]) ||
		!text_is_digit(at[2]) || !text_is_digit(at[3]) ||
		at[1] == '0' || (end - at > 4 && at[4] != ' '))
		return 0;
	return (at[1] - '0') * 100 + (at[2] - '0') * 10 + (at[3] - '0');
}

/* POST /v1/... HTTP/1.1: the target; NULL where it is no request's line. */
static const char *request_target(
	const struct line *line, size_t *method, size_t *size)
{
	const char *end = line->text.at + line->text.size;
	const char *at = line->text.at;

	while (at < end && text_is_upper(*at))
		at++;
	*method = (size_t)(at - line->text.at);
	if (*method < 3 || *method > 7 || at == end || *at != ' ')
		return NULL;
	const char *target = ++at;
	while (at < end && *at != ' ')
		at++;
	*size = (size_t)(at - target);
	bool fits = *size > 0 &&
		slice_begins(
			(struct slice){ at, (size_t)(end - at) }, " HTTP/");
	return fits ? target : NULL;
}

/* "Name: value", the name of letters, digits, - and _. */
static bool is_header(struct slice line)
{
	const size_t colon = slice_find(line, ':');

	return colon < line.size &&
		slice_is_word(slice_first(line, colon), "-_");
}

/* The next header; false at the head's end, which is passed. */
static bool next_header(struct head *head, struct line *line)
{
	while (head->at < head->end) {
		*line = next_line(head->at, head->end);
		bool remark = head->mark && slice_begins(line->text, "*");
		if (remark) {
			head->at = line->next;
			continue;
		}
		if (head->mark) {
			if (line->text.size == 0 ||
				*line->text.at != head->mark)
				return false;
			line->text = slice_from(line->text,
				line->text.size > 1 && line->text.at[1] == ' '
					? 2
					: 1);
		}
		while (head->indented && line->text.size > 0 &&
			*line->text.at == ' ')
			line->text = slice_from(line->text, 1);
		bool header = is_header(line->text) &&
			!slice_begins(line->text, "curl: (");
		if (header || line->text.size == 0)
			head->at = line->next;
		return header;
	}
	return false;
}

static bool says_no_words(const struct line *line)
{
	return slice_is_ignoring_case(line->text, "content-length: 0") ||
		slice_begins_ignoring_case(
			line->text, "content-type: application/json");
}

static void append_header(struct buf *headers, const struct line *line)
{
	buf_append(headers, line->text.at, line->text.size);
	buf_byte(headers, '\n');
}

/* Lines of curl's and wget's own between the parts of a body. */
static bool is_remark(const struct head *head, const struct line *line)
{
	return head->mark &&
		slice_fits_any(line->text, slice_begins,
			WORDS("* ", "{ [", "} [", "  % Total",
				"                                 Dload", "< ",
				"> ", "  0 ", "100 "));
}

/* What stands there is no part of the body any more. */
static bool ends_body(const struct line *line)
{
	struct line plain = *line;
	size_t method;
	size_t size;

	if (slice_fits_any(line->text, slice_begins,
		    WORDS("curl: (", "curl ", "$ ", "% curl", "# curl", "PS ",
			    "--20", "HTTP/1", "HTTP/2", "> POST ", "> GET ",
			    "< HTTP/", "> CONNECT ", "```")))
		return true;
	while (plain.text.size > 0 && *plain.text.at == ' ')
		plain.text = slice_from(plain.text, 1);
	return answer_status(&plain) > 0 ||
		request_target(&plain, &method, &size) != NULL;
}

/* curl writes on where a body without a final newline ended. */
static size_t without_remark(const struct line *line)
{
	for (size_t at = 0; at < line->text.size; at++) {
		if (slice_fits_any(slice_from(line->text, at), slice_begins,
			    WORDS("* Connection #", "* Closing connection",
				    "* transfer closed", "* Curl_http_done",
				    "* Failure writing")))
			return at;
	}
	return line->text.size;
}

static void take_body(
	struct collector *collector, struct head *head, unsigned depth)
{
	SCOPED(buf) struct buf body = BUF((size_t)(head->end - head->at) + 1);

	while (head->at < head->end) {
		struct line line = next_line(head->at, head->end);
		if (ends_body(&line))
			break;
		head->at = line.next;
		if (is_remark(head, &line))
			continue;
		buf_append(&body, line.text.at,
			head->mark ? without_remark(&line) : line.text.size);
		buf_byte(&body, '\n');
	}
	size_t used = transcript_body(collector, buf_cstring(&body), body.size,
		!head->indented && !head->no_words);
	if (used < body.size && depth < SCAN_DEPTH)
		transcript_scan(collector, body.data + used, body.size - used,
			depth + 1);
}

/* Heads on the way to the answer: 1xx, and a proxy's consent. */
static bool is_interim(int status, const struct line *line)
{
	return status < 200 ||
		slice_contains(line->text, "onnection established");
}

static void take_answer(struct collector *collector, struct head *head,
	int status, const struct line *first, unsigned depth)
{
	struct line line;
	bool interim = is_interim(status, first);

	if (!interim)
		collector_head(collector, status);
	while (next_header(head, &line)) {
		if (interim)
			continue;
		append_header(&collector->current.answer.headers, &line);
		head->no_words |= says_no_words(&line);
	}
	if (!interim)
		take_body(collector, head, depth);
}

/* The host is a header of its own; the scheme is not told, and nothing asks for
 * it. */
static void join_url(struct told_request *request, const char *target,
	size_t size, const char *host)
{
	if (*target == '/' && *host)
		buf_printf(&request->url, "https://%s", host);
	buf_append(&request->url, target, size);
}

/* HTTPie shows the request's body below its head; what has curl's mark still is
 * quoted. */
static void take_request_body(struct told_request *request, struct head *head)
{
	const char mark[] = { head->mark, ' ', '\0' };
	struct slice rest = { head->at, (size_t)(head->end - head->at) };

	while (rest.size > 0 && text_is_space(*rest.at))
		rest = slice_from(rest, 1);
	(void)slice_take(&rest, mark);
	if (!slice_begins(rest, "{"))
		return;
	while (head->at < head->end) {
		struct line line = next_line(head->at, head->end);
		(void)slice_take(&line.text, mark);
		if (ends_body(&line))
			break;
		head->at = line.next;
		buf_append(&request->body, line.text.at, line.text.size);
		buf_byte(&request->body, '\n');
	}
}

static void take_request(struct collector *collector, struct head *head,
	const struct line *first, const char *target, size_t size)
{
	struct told_request *request = collector_request(collector);
	SCOPED(buf) struct buf host = BUF(512);
	struct line line;

	size_t method = (size_t)(target - 1 - first->text.at);
	memcpy(request->method, first->text.at, method);
	request->method[method] = '\0';
	while (next_header(head, &line)) {
		append_header(&request->headers, &line);
		bool names_host = line.text.size > 5 && host.size == 0 &&
			slice_begins_ignoring_case(line.text, "host:");
		if (names_host) {
			line.text = slice_from(line.text, 5);
			while (line.text.size > 0 && *line.text.at == ' ')
				line.text = slice_from(line.text, 1);
			buf_append(&host, line.text.at, line.text.size);
		}
	}
	join_url(request, target, size, buf_cstring(&host));
	request->whole = true;
	request->wire = true;
	take_request_body(request, head);
}

size_t transcript_head(struct collector *collector, const char *at,
	const char *end, unsigned depth)
{
	struct head head = { .at = at, .end = end };
	struct line line = next_line(at, end);
	size_t method;
	size_t size;

	begin_head(&head, &line);
	int status = answer_status(&line);
	const char *target = status > 0 || head.indented
		? NULL
		: request_target(&line, &method, &size);
	if (status == 0 && !target)
		return 0;
	head.at = line.next;
	if (target)
		take_request(collector, &head, &line, target, size);
	else
		take_answer(collector, &head, status, &line, depth);
	return (size_t)(head.at - at);
}
