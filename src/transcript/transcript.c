/* SPDX-License-Identifier: MIT */
#include "transcript/transcript.h"

#include "base/attributes.h"
#include "base/clean.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "transcript/doubt_internal.h"
#include "transcript/mask.h"
#include "transcript/said_internal.h"
#include "transcript/scan_internal.h"
#include "transcript/sent_internal.h"
#include "transcript/shown_internal.h"
#include "transcript/text_internal.h"
#include "transcript/whose_internal.h"
#include "wording/notation.h"
#include "wording/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A URL written where people may see it. */
#define URL_ROOM ((size_t)16384)

static void mask_to(struct mask *mask, const struct buf *from, struct buf *to)
{
	mask_text(mask, buf_cstring(from), from->size, to);
}

/* In place, as far as there is room. */
static void mask_field(struct mask *mask, char *field, size_t room)
{
	SCOPED(buf) struct buf masked = BUF(room * 8);

	mask_text(mask, field, strlen(field), &masked);
	if (!buf_failed(&masked))
		clean_line(buf_cstring(&masked), masked.size, field, room);
	else
		*field = '\0';
}

/* What was said beside a status is all there is of the body. */
static void take_said(const char *said, struct buf *body)
{
	JSON_SCOPED json_t *error = json_build("{error:{message:%s}}", said);

	collector_dump(error, body);
}

/* Words: a blank, or a letter of another script; or AI Gateway's number. */
static bool has_sentence(const struct buf *body)
{
	if (strstr(buf_cstring(body), "\"success\":false"))
		return true;
	for (size_t i = 0; i < body->size; i++)
		if (body->data[i] == ' ' || text_is_wide(body->data[i]))
			return true;
	return false;
}

/* "404 Not Found": 404; "api.example.com | 524: A timeout occurred", as
 * Cloudflare's pages have it: 524; else 0. */
static int status_of_title(struct slice title)
{
	size_t bar = slice_find(title, '|');
	char number[4] = "";

	if (bar < title.size)
		title = slice_from(title, bar + 1);
	title = slice_trimmed(title);
	if (title.size < 4 || text_is_alphanumeric(title.at[3]))
		return 0;
	memcpy(number, title.at, 3);
	int status = text_only(number, "0123456789")
		? (int)strtol(number, NULL, 10)
		: 0;
	return status >= 400 && status < 600 ? status : 0;
}

/* In its title, or where it has none in its heading, or in its text as Spring
 * has it: "(type=Not Found, status=404)". */
static int status_of_page(const struct buf *body)
{
	static const char *const tags[] = { "<title>", "<h1>", "status=" };
	const char *text = buf_cstring(body);
	int status = 0;

	if (!transcript_is_page((struct slice){ text, body->size }))
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(tags) && status == 0; i++) {
		const char *at = strstr(text, tags[i]);

		if (!at)
			continue;
		at += strlen(tags[i]);
		status = status_of_title(
			(struct slice){ at, strcspn(at, "<\n") });
	}
	return status;
}

/* Proxy Authentication Required */
#define PROXY_LOGIN 407

static void take_answer(
	struct exchange *exchange, struct mask *mask, struct transcript *out)
{
	struct told_answer *transcript = &exchange->answer;
	struct http_answer *answer = &out->answer;
	static const char events[] = "content-type: text/event-stream\n";
	size_t ignored;

	/* Nobody else answers so. */
	if (transcript->status == PROXY_LOGIN) {
		transcript->fault = HTTP_FAULT_PROXY_PASSWORD;
		buf_clear(&transcript->body);
	}
	/* Words that are whole tell more than a body that is not, or whose
	 * signs were lost (a picture that was read). */
	if (transcript->said_rank == SAID_KNOWN &&
		!transcript->said_by_client &&
		(transcript->cut || !has_sentence(&transcript->body)))
		buf_clear(&transcript->body);
	if (transcript->body.size == 0 && *transcript->said &&
		transcript->fault == HTTP_FAULT_NONE) {
		take_said(transcript->said, &transcript->body);
		out->said_only = true;
	}
	out->unreadable = transcript->refused_good;
	memcpy(out->reason, transcript->reason, sizeof(out->reason));
	answer->fault = transcript->fault;
	answer->outcome = transcript->fault == HTTP_FAULT_NONE
		? HTTP_ANSWERED
		: http_fault_outcome(transcript->fault);
	answer->status = transcript->status;
	mask_to(mask, &transcript->headers, &answer->headers);
	mask_to(mask, &transcript->body, &answer->body);
	snprintf(answer->detail, sizeof(answer->detail), "%s",
		transcript->detail);
	mask_field(mask, answer->detail, sizeof(answer->detail));
	out->likely_status = transcript->likely_status;
	if (answer->status == 0 && out->likely_status == 0)
		out->likely_status = status_of_page(&transcript->body);
	out->streamed = transcript->streamed;
	out->cut = transcript->cut && !out->said_only;
	if (transcript->streamed &&
		!http_answer_header(answer, "content-type", &ignored))
		buf_text(&answer->headers, events);
}

static void take_model(const struct exchange *exchange, struct mask *mask,
	struct transcript *out)
{
	const struct buf *body = &exchange->request.body;
	JSON_SCOPED json_t *root =
		json_loadb(buf_cstring(body), body->size, 0, NULL);
	const char *model = json_text(root, "model");

	snprintf(out->model, sizeof(out->model), "%s", exchange->model);
	if (model)
		clean_line(
			model, strlen(model), out->model, sizeof(out->model));
	const struct buf *answer = &exchange->answer.body;
	size_t length;
	if (!*out->model &&
		(model = transcript_model(
			 buf_cstring(answer), answer->size, &length)) != NULL)
		clean_line(model, length, out->model, sizeof(out->model));
	if (notation_text_is_cut(out->model, strlen(out->model)))
		*out->model = '\0';
	mask_field(mask, out->model, sizeof(out->model));
}

static void settle(struct exchange *exchange, const struct whose *whose,
	struct mask *mask, struct transcript *out)
{
	shown_read(buf_cstring(&exchange->answer.body),
		exchange->answer.body.size, &out->shown);
	take_answer(exchange, mask, out);
	if (out->said_only)
		shown_read(exchange->answer.said, strlen(exchange->answer.said),
			&out->shown);
	out->redactor = mask_redactor(mask);
	take_model(exchange, mask, out);
	memcpy(out->method, exchange->request.method, sizeof(out->method));
	memcpy(out->diagnosis, exchange->diagnosis, sizeof(out->diagnosis));
	mask_field(mask, out->diagnosis, sizeof(out->diagnosis));
	mask_to(mask,
		exchange->request.url.size > 0 ? &exchange->request.url
					       : &whose->url,
		&out->url);
	out->provider = whose->provider;
	/* Others pass OpenAI's words on, and not of OpenAI's keys. */
	if (!out->provider && whose->console == out->shown.issuer)
		out->provider = whose->console;
	out->base_has_endpoint = whose->base_has_endpoint;
	transcript_sent(&exchange->request, out);
}

/* `log`: a log's collector gave the lines. They are joined in place; `mask`
 * knows the secrets in them, and learns those that are whole only then. */
static bool read_plain(struct buf *plain, bool log, struct mask *mask,
	struct transcript *out, struct error *err)
{
	SCOPED(collector) struct collector collector;

	if (transcript_join_wraps(plain))
		mask_learn(mask, buf_cstring(plain), plain->size);
	collector_init(&collector, plain->size);
	collector.log = log;
	transcript_scan(&collector, buf_cstring(plain), plain->size, 0);
	collector_close(&collector);
	if (!collector.has_chosen) {
		said_alone(&collector, buf_cstring(plain), plain->size);
		collector_close(&collector);
	}
	bool read = doubt_judge(&collector,
		(struct slice){ buf_cstring(plain), plain->size }, err);
	if (read) {
		struct whose whose;

		whose_read(buf_cstring(plain), plain->size, &whose);
		settle(&collector.chosen, &whose, mask, out);
		buf_release(&whose.url);
	}
	return read;
}

/* Longer lines have more in them. */
#define CALL_MOST ((size_t)240)

/* A line of a log that tells how some call ended, and of whose answer another
 * line may say more: one that went well (httpx and servers tell so), the app's
 * own failure, and what a browser says of each that it made. */
static bool is_beside(struct slice line)
{
	size_t behind;
	int status;

	if (line.size > CALL_MOST)
		return false;
	if (slice_contains_ignoring_case(
		    line, "server responded with a status"))
		return true;
	status = slice_contains(line, "HTTP Request: ")
		? status_in_line(line.at, line.size, &behind)
		: status_of_served_call(line.at, line.size);
	return (status >= 200 && status < 300) || status >= 500;
}

/* False where it has no such line, or no other. */
static bool leave_out_beside(const struct buf *plain, struct buf *out)
{
	struct slice rest = { buf_cstring(plain), plain->size };
	struct slice line;
	bool left_out = false;

	while (slice_take_line(&rest, &line)) {
		if (is_beside(line)) {
			left_out = true;
			continue;
		}
		buf_append(out, line.at, line.size);
		buf_byte(out, '\n');
	}
	return left_out &&
		!slice_is_blank((struct slice){ buf_cstring(out), out->size });
}

static void begin(struct transcript *out)
{
	*out = (struct transcript){
		.url = BUF(URL_ROOM),
		.answer = { .headers = BUF(HTTP_HEADERS_LIMIT),
			.body = BUF(HTTP_ANSWER_LIMIT),
			.first_byte_ms = -1,
			.whole_ms = -1 },
	};
}

/* What stands beside an answer counts where nothing else does. */
static bool read_lines(struct buf *plain, bool log, struct mask *mask,
	struct transcript *out, struct error *err)
{
	SCOPED(buf) struct buf rest = BUF(plain->size + 2);
	struct error ignored;

	if (leave_out_beside(plain, &rest)) {
		if (read_plain(&rest, log, mask, out, &ignored))
			return true;
		transcript_release(out);
		begin(out);
	}
	return read_plain(plain, log, mask, out, err);
}

bool transcript_read(const char *text, size_t size, struct transcript *out,
	struct error *err)
{
	SCOPED(buf) struct buf plain = BUF(size * 3 / 2 + 3);

	begin(out);
	if (size > TRANSCRIPT_LIMIT) {
		error_set(err, STATUS_INVALID,
			_("the paste is longer than 1 MiB"));
		return error_next(err,
			_("paste only the end of it, where the error stands: "
			  "`tail -n 200 FILE | aigenv explain`"));
	}
	bool log = transcript_plain_text(text, size, &plain);
	struct mask *mask = mask_new();
	/* A name that stands before a secret may begin its line until lines are
	 * joined. */
	mask_learn(mask, buf_cstring(&plain), plain.size);
	bool read = read_lines(&plain, log, mask, out, err);
	mask_free(mask);
	return read;
}

void transcript_release(struct transcript *transcript)
{
	redactor_free(transcript->redactor);
	transcript->redactor = NULL;
	buf_release(&transcript->url);
	buf_release(&transcript->answer.headers);
	buf_release(&transcript->answer.body);
}
