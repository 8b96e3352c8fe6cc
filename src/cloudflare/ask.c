/* SPDX-License-Identifier: MIT */
#include "cloudflare/ask_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "os/clock.h"

#include <stdlib.h>
#include <string.h>

/* Cloudflare's: 1,200 requests in 5 minutes, then none for 5 more. */
#define WINDOW_MS 300000
#define WINDOW_REQUESTS 1100
#define TRIES 4
#define LONGEST_ID 128
#define LONGEST_PAUSE_S 86400 /* what is longer is told as that */
#define RETRY_AFTER_S 5       /* where the answer does not say */

static void wait(const struct cloudflare *client, int64_t seconds)
{
	for (int64_t left = seconds; left > 0; left--) {
		if (client->waiting)
			client->waiting(client->waiting_context, left);
		clock_sleep_ms(1000);
	}
}

/* Waits where the next request would be one too many. */
static void pace(struct cloudflare *client)
{
	int64_t passed = clock_monotonic_ms() - client->window_began_ms;

	if (client->window_requests >= WINDOW_REQUESTS && passed < WINDOW_MS)
		wait(client, (WINDOW_MS - passed) / 1000 + 1);
	if (client->window_requests == 0 ||
		client->window_requests >= WINDOW_REQUESTS ||
		passed >= WINDOW_MS) {
		client->window_began_ms = clock_monotonic_ms();
		client->window_requests = 0;
	}
	client->window_requests++;
}

bool api_is_id(const char *id)
{
	static const char bytes[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789-_";

	return id && *id && strlen(id) <= LONGEST_ID && text_only(id, bytes);
}

void api_answer_release(struct api_answer *answer)
{
	json_decref(answer->document);
	*answer = (struct api_answer){ 0 };
}

static bool unreachable(const struct http_answer *answer, struct error *err)
{
	error_set(err, STATUS_UNREACHABLE,
		_("Cloudflare's API could not be asked: %s"),
		http_fault_words(answer->fault));
	error_at(err, "%s", cloudflare_origin());
	return error_next(err,
		_("see whether this machine reaches that address, then run it "
		  "again"));
}

/* Of a list of errors the first, whose chain is often closer to the cause. */
static void read_error(const struct cloudflare *client, const json_t *document,
	struct api_answer *answer)
{
	const json_t *first =
		json_array_get(json_object_get(document, "errors"), 0);
	const json_t *cause =
		json_array_get(json_object_get(first, "error_chain"), 0);
	const char *message =
		json_text_or_empty(cause ? cause : first, "message");

	answer->code = (int)json_number(first, "code");
	redact_line(client->redactor, message, strlen(message), answer->message,
		sizeof(answer->message));
}

static bool is_digits(const char *text, size_t size)
{
	size_t digits = 0;

	while (digits < size && text[digits] >= '0' && text[digits] <= '9')
		digits++;
	return size > 0 && digits == size;
}

/* A date that is past is no pause. */
static int64_t pause_until(int64_t moment)
{
	int64_t seconds = moment - clock_seconds();

	if (seconds > LONGEST_PAUSE_S)
		return LONGEST_PAUSE_S;
	return seconds > 0 ? seconds : 0;
}

/* As seconds or as a date (RFC 9110, 10.2.3); what is neither says nothing. */
static int64_t read_retry_after(const struct http_answer *answer)
{
	size_t size = 0;
	const char *text = http_answer_header(answer, "retry-after", &size);
	int64_t moment = 0;
	uint64_t seconds = 0;

	if (text && clock_parse_http(text, size, &moment))
		return pause_until(moment);
	if (!text || !is_digits(text, size))
		return -1;
	return number_parse(text, size, 0, LONGEST_PAUSE_S, &seconds)
		? (int64_t)seconds
		: LONGEST_PAUSE_S;
}

/* What an answer of that status wants, which may say for how long; -1: none. */
static int64_t pause_of(int status, int64_t retry_after)
{
	if (status != 429)
		return -1;
	return retry_after >= 0 ? retry_after : RETRY_AFTER_S;
}

int64_t cloudflare_pause(const struct http_answer *answer)
{
	return pause_of(answer->status, read_retry_after(answer));
}

static void read_answer(const struct cloudflare *client,
	const struct http_answer *from, struct api_answer *answer)
{
	json_t *document =
		json_parse_foreign(buf_cstring(&from->body), from->body.size);
	const json_t *success = json_object_get(document, "success");

	*answer = (struct api_answer){
		.status = from->status,
		.retry_after = read_retry_after(from),
	};
	if (!json_is_boolean(success)) {
		json_decref(document);
		return;
	}
	answer->document = document;
	if (json_is_true(success) && from->status < 300)
		answer->result = json_object_get(document, "result");
	else
		read_error(client, document, answer);
}

static void fill(const struct cloudflare *client,
	const struct api_request *request, struct http_request *to)
{
	const struct secret *token =
		request->with ? request->with : client->token;

	http_request_header(to, "Accept", "application/json");
	if (token)
		http_request_secret(to, "Authorization", "Bearer ", token);
	if (!request->body)
		return;
	http_request_header(to, "Content-Type", "application/json");
	json_format(request->body, &to->body);
}

static bool ask_once(struct cloudflare *client,
	const struct api_request *request, struct api_answer *answer,
	struct error *err)
{
	const char *origin = cloudflare_origin();
	size_t size = strlen(origin);
	SCOPED(http_transfer) struct http_transfer transfer = { 0 };
	struct http_transfer *all = &transfer;

	while (size > 0 && origin[size - 1] == '/')
		size--;
	OWNED char *url = memory_printf(
		"%.*s/client/v4/%s", (int)size, origin, request->path);
	http_transfer_init(&transfer, request->method, url);
	transfer.request.limits = client->limits;
	fill(client, request, &transfer.request);
	bool ok = http_perform(client->http, &all, 1, NULL, NULL, err);
	if (ok && transfer.answer.outcome != HTTP_ANSWERED)
		ok = unreachable(&transfer.answer, err);
	if (ok)
		read_answer(client, &transfer.answer, answer);
	return ok;
}

/* How long to wait before it is asked again; -1: it is not. A request that
 * makes something is repeated only where it was surely not carried out. */
static int64_t again_after(const struct cloudflare *client,
	const struct api_request *request, const struct api_answer *answer,
	int tries, int64_t waited)
{
	int64_t seconds = pause_of(answer->status, answer->retry_after);

	if (tries >= TRIES)
		return -1;
	if (answer->status >= 500 && !text_equal(request->method, "POST"))
		seconds = tries;
	return waited + seconds > client->patience_s ? -1 : seconds;
}

bool api_ask(struct cloudflare *client, struct api_request *request,
	struct api_answer *answer, struct error *err)
{
	int64_t waited = 0;
	bool ok = true;

	if (request->with)
		redactor_add(client->redactor, request->with);
	for (int tries = 1;; tries++) {
		pace(client);
		ok = ask_once(client, request, answer, err);
		int64_t seconds = ok
			? again_after(client, request, answer, tries, waited)
			: -1;
		if (seconds < 0)
			break;
		api_answer_release(answer);
		wait(client, seconds);
		waited += seconds;
	}
	free(request->path);
	request->path = NULL;
	return ok;
}

bool api_get(struct cloudflare *client, struct api_request *request,
	struct api_answer *answer, struct error *err)
{
	if (!api_ask(client, request, answer, err))
		return false;
	if (answer->result)
		return true;
	api_refuse(request, answer, err);
	api_answer_release(answer);
	return false;
}
