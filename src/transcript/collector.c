/* SPDX-License-Identifier: MIT */
#include "transcript/collector_internal.h"

#include "base/clean.h"
#include "base/json.h"
#include "base/slice.h"
#include "base/text.h"
#include "wording/topic.h"

#include <string.h>

#define URL_ROOM ((size_t)8192)

static void exchange_init(struct exchange *exchange)
{
	*exchange = (struct exchange){
		.request = { .url = BUF(URL_ROOM),
			.headers = BUF(HTTP_HEADERS_LIMIT),
			.body = BUF(HTTP_REQUEST_LIMIT) },
		.answer = { .headers = BUF(HTTP_HEADERS_LIMIT),
			.body = BUF(HTTP_ANSWER_LIMIT * 2) },
	};
}

static void exchange_release(struct exchange *exchange)
{
	buf_release(&exchange->request.url);
	buf_release(&exchange->request.headers);
	buf_release(&exchange->request.body);
	buf_release(&exchange->answer.headers);
	buf_release(&exchange->answer.body);
}

void collector_init(struct collector *collector, size_t text_size)
{
	*collector = (struct collector){ .budget = text_size * 16 + 65536 };
	exchange_init(&collector->current);
	exchange_init(&collector->chosen);
}

void collector_release(struct collector *collector)
{
	exchange_release(&collector->current);
	exchange_release(&collector->chosen);
}

static bool is_answered(const struct exchange *exchange)
{
	const struct told_answer *answer = &exchange->answer;

	return answer->status > 0 || answer->likely_status > 0 ||
		answer->fault != HTTP_FAULT_NONE || answer->body.size > 0 ||
		answer->headers.size > 0 || *exchange->diagnosis ||
		answer->said_rank == SAID_KNOWN;
}

/* A body without a status is an error's more often than not. */
static bool is_error(const struct exchange *exchange)
{
	const struct told_answer *answer = &exchange->answer;

	return is_answered(exchange) &&
		!(answer->status == 0 && answer->good) &&
		(answer->status < 200 || answer->status >= 300 ||
			answer->fault != HTTP_FAULT_NONE);
}

bool collector_has_answer(const struct collector *collector)
{
	return is_answered(&collector->current);
}

/* Words alone, which may as well be somebody's about an answer. */
static bool is_weak(const struct exchange *exchange)
{
	const struct told_answer *answer = &exchange->answer;

	return answer->status == 0 && answer->likely_status == 0 &&
		answer->fault == HTTP_FAULT_NONE && answer->body.size == 0 &&
		answer->headers.size == 0 && !*exchange->diagnosis;
}

/* A server's own failure behind an answer that says why: the app's to its
 * client. */
static bool is_consequence(
	const struct exchange *now, const struct exchange *before)
{
	const struct told_answer *answer = &now->answer;

	return answer->status >= 500 && answer->body.size == 0 &&
		answer->headers.size == 0 && answer->said_rank != SAID_KNOWN &&
		(before->answer.body.size > 0 ||
			before->answer.said_rank == SAID_KNOWN ||
			before->answer.fault != HTTP_FAULT_NONE);
}

/* It tells of a refusal, whatever its status is. */
static bool has_refusal(const struct told_answer *answer)
{
	return answer->likely_status >= 400 || answer->body.size > 0 ||
		answer->said_rank == SAID_KNOWN;
}

/* No answer from somebody who is not named, behind an API's that is. */
static bool is_of_others(
	const struct exchange *now, const struct exchange *before)
{
	const struct told_answer *answer = &before->answer;

	return now->answer.fault != HTTP_FAULT_NONE &&
		!now->answer.fault_is_of_call &&
		answer->fault == HTTP_FAULT_NONE &&
		(answer->status >= 400 || has_refusal(answer));
}

/* The last error counts, and a whole answer more than words alone. */
static bool counts_more(
	const struct exchange *now, const struct exchange *before)
{
	if (now->answer.sample != before->answer.sample)
		return before->answer.sample;
	if (is_weak(now) != is_weak(before))
		return is_weak(before) && is_error(now);
	if (is_error(before) &&
		(is_consequence(now, before) || is_of_others(now, before)))
		return false;
	return is_error(now) || !is_error(before);
}

void collector_close(struct collector *collector)
{
	bool counts = is_answered(&collector->current) &&
		(!collector->has_chosen ||
			counts_more(&collector->current, &collector->chosen));

	if (counts) {
		exchange_release(&collector->chosen);
		collector->chosen = collector->current;
		collector->has_chosen = true;
	} else {
		exchange_release(&collector->current);
	}
	exchange_init(&collector->current);
	collector->current.answer.sample = collector->in_sample;
}

void collector_sample(struct collector *collector, bool sample)
{
	if (collector->in_sample == sample)
		return;
	collector->in_sample = sample;
	if (collector_has_answer(collector))
		collector_close(collector);
	collector->current.answer.sample = sample;
}

bool collector_chose_error(const struct collector *collector)
{
	return is_error(&collector->chosen);
}

struct told_request *collector_request(struct collector *collector)
{
	struct told_request *request = &collector->current.request;

	if (collector_has_answer(collector))
		collector_close(collector);
	buf_clear(&request->headers);
	buf_clear(&request->url);
	return request;
}

/* A proxy's own refusal, in front of any server's. */
static bool is_of_proxy(enum http_fault fault)
{
	return fault == HTTP_FAULT_PROXY_REFUSED ||
		fault == HTTP_FAULT_PROXY_PASSWORD;
}

void collector_head(struct collector *collector, int status)
{
	/* curl shows the proxy's head, too. */
	if (is_of_proxy(collector->current.answer.fault))
		return;
	if (collector_has_answer(collector))
		collector_close(collector);
	collector->current.answer.status = status;
	collector->current.answer.has_head = true;
}

/* In words, or by an SDK's class. */
static bool is_refused(const struct told_answer *answer)
{
	return answer->status == 0 &&
		(answer->said_rank == SAID_KNOWN ||
			answer->likely_status >= 400);
}

/* What is to come has another status: it is another answer. */
static void separate(struct collector *collector, int status)
{
	const struct told_answer *answer = &collector->current.answer;
	bool success = status >= 200 && status < 300;
	bool failed = is_refused(answer) || answer->fault != HTTP_FAULT_NONE;
	bool apart = status > 0 &&
		((success && failed && !answer->has_head) ||
			(answer->status > 0 && answer->status != status) ||
			(answer->fault != HTTP_FAULT_NONE &&
				!answer->fault_is_vague));

	if (apart)
		collector_close(collector);
}

/* An SDK's vague words in front of a refusal tell nothing new: they are of an
 * earlier try. */
static void drop_vague_fault(struct told_answer *answer, int status)
{
	if (status < 400 || !answer->fault_is_vague)
		return;
	answer->fault = HTTP_FAULT_NONE;
	answer->fault_is_vague = false;
	*answer->detail = '\0';
}

/* Who got a body, or a refusal, was answered: whoever was not, and is not
 * named, is another. */
static void close_fault_of_others(struct collector *collector)
{
	struct told_answer *answer = &collector->current.answer;

	if (answer->fault_is_of_call || answer->has_head ||
		is_of_proxy(answer->fault))
		return;
	drop_vague_fault(answer, 400);
	if (answer->fault != HTTP_FAULT_NONE)
		collector_close(collector);
}

void collector_class(struct collector *collector, int status)
{
	close_fault_of_others(collector);
	if (!collector_has_answer(collector))
		collector->current.answer.likely_status = status;
}

void collector_status(struct collector *collector, int status)
{
	/* It stands in what the proxy said. */
	if (is_of_proxy(collector->current.answer.fault))
		return;
	separate(collector, status);
	drop_vague_fault(&collector->current.answer, status);
	collector->current.answer.status = status;
}

/* The words of a page: without its tags. */
static size_t without_tags(
	const char *text, size_t size, char *out, size_t out_size)
{
	size_t used = 0;

	for (size_t i = 0; i < size && used < out_size; i++) {
		const char *end = text[i] == '<' && i + 1 < size &&
				(text_is_letter(text[i + 1]) ||
					text[i + 1] == '/')
			? memchr(text + i, '>', size - i)
			: NULL;

		if (end)
			i = (size_t)(end - text);
		else
			out[used++] = text[i];
	}
	return used;
}

void collector_said(struct collector *collector, enum said_rank rank,
	const char *text, size_t size)
{
	struct told_answer *answer = &collector->current.answer;

	if (rank <= answer->said_rank)
		return;
	if (rank == SAID_KNOWN)
		close_fault_of_others(collector);
	char plain[sizeof(answer->said)];

	size = without_tags(text, size, plain, sizeof(plain));
	clean_line(plain, size, answer->said, sizeof(answer->said));
	answer->said_rank = rank;
}

/* The same fault where the answer had begun. */
static enum http_fault after_head(enum http_fault fault)
{
	switch (fault) {
	case HTTP_FAULT_CLOSED:
	case HTTP_FAULT_RESET:
		return HTTP_FAULT_CUT_OFF;
	case HTTP_FAULT_SLOW_START:
		return HTTP_FAULT_SLOW_BODY;
	default:
		return fault;
	}
}

/* It may come in the midst of an answer. */
static bool belongs_to_answer(enum http_fault fault)
{
	return http_fault_outcome(fault) == HTTP_BROKEN ||
		fault == HTTP_FAULT_SLOW_BODY;
}

/* It says nothing beside what is told already. `of_call`: it names an API. */
static bool adds_nothing(const struct told_answer *answer,
	enum http_fault fault, bool vague, bool of_call)
{
	/* "Connection error." says least of all. */
	bool more = (answer->fault == HTTP_FAULT_CONNECT &&
			    fault != HTTP_FAULT_CONNECT) ||
		(of_call && !answer->fault_is_of_call);

	if (answer->fault != HTTP_FAULT_NONE &&
		((vague && !more) || !answer->fault_is_vague))
		return true;
	/* Somebody's, while an API's refusal is told. */
	if (vague && !of_call && has_refusal(answer))
		return true;
	/* A refusal that is told whole was no broken answer. */
	if (belongs_to_answer(fault))
		return answer->status >= 400 && !answer->has_head &&
			answer->body.size > 0;
	/* An SDK's vague words beside a refusal tell nothing new. */
	return vague && answer->status > 0 &&
		(answer->status >= 400 || answer->has_head);
}

static void forget_answer(struct told_answer *answer)
{
	answer->status = 0;
	answer->has_head = false;
	buf_clear(&answer->headers);
	buf_clear(&answer->body);
}

void collector_fault(struct collector *collector, enum http_fault fault,
	bool vague, const char *line, size_t size)
{
	struct told_answer *answer = &collector->current.answer;
	const struct slice told = { line, size };
	const bool by_curl = slice_begins(told, "curl: (");
	/* What curl was asked to call, it was asked by hand. */
	const bool of_call = by_curl || topic_is_call(told);

	/* The head was the proxy's. */
	if (answer->has_head && is_of_proxy(fault))
		forget_answer(answer);
	if (answer->has_head)
		fault = after_head(fault);
	/* curl's last word is a better line than its remarks above. */
	if (answer->fault == fault && by_curl)
		clean_line(line, size, answer->detail, sizeof(answer->detail));
	if (adds_nothing(answer, fault, vague, of_call))
		return;
	if ((answer->likely_status >= 400 && !vague && !of_call) ||
		(answer->status > 0 && !belongs_to_answer(fault)))
		collector_close(collector);
	answer->fault = fault;
	answer->fault_is_vague = vague;
	answer->fault_is_of_call = of_call;
	clean_line(line, size, answer->detail, sizeof(answer->detail));
}

static bool same_body(
	const struct told_answer *answer, const char *bytes, size_t size)
{
	return answer->body.size == size &&
		memcmp(answer->body.data, bytes, size) == 0;
}

void collector_body(
	struct collector *collector, int status, const char *bytes, size_t size)
{
	struct told_answer *answer = &collector->current.answer;

	separate(collector, status);
	if (status == 0)
		close_fault_of_others(collector);
	if (status > 0)
		answer->status = status;
	if (answer->body.size > 0 && !same_body(answer, bytes, size)) {
		/* The same answer in a second form: the first is kept. */
		if (status > 0)
			return;
		collector_close(collector);
	}
	if (answer->body.size == 0) {
		/* A body tells more than an SDK's word for what it met. */
		if (status == 0 && !answer->has_head)
			drop_vague_fault(answer, 400);
		buf_append(&answer->body, bytes, size);
		answer->cut = collector->cut;
	}
}

void collector_dump(const json_t *value, struct buf *out)
{
	json_format_as(value, JSON_COMPACT, out);
}

void collector_json(struct collector *collector, int status, const json_t *body)
{
	SCOPED(buf) struct buf text = BUF(HTTP_ANSWER_LIMIT * 2);

	collector_dump(body, &text);
	if (text.size > 0 && !buf_failed(&text))
		collector_body(collector, status, text.data, text.size);
}

void collector_model(
	struct collector *collector, const char *model, size_t size)
{
	if (size > 0 && !*collector->current.model)
		clean_line(model, size, collector->current.model,
			sizeof(collector->current.model));
}
