/* SPDX-License-Identifier: MIT */
#include "emulator/relay.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "emulator/gateway_error.h"
#include "emulator/settings.h"
#include "http/http.h"

#include <string.h>

void relay_plan(const struct upstream_call *call, struct answer *answer)
{
	const char *header = call->provider->upstream->key_header;
	const struct request *request = call->request;
	SCOPED(buf) struct buf url = BUF(ANSWER_BODY_LIMIT);

	buf_printf(&url, "%s%s", call->provider->url, call->path);
	for (size_t i = 0; i < request->argument_count; i++)
		buf_printf(&url, "%c%s=%s", i ? '&' : '?',
			request->arguments[i].name,
			request->arguments[i].value);
	answer->relay_url = memory_text(buf_cstring(&url));
	if (!call->key)
		return;
	answer->relay_key_header = memory_text(header);
	answer->relay_key = text_equal(header, "authorization")
		? memory_printf("Bearer %s", call->key)
		: memory_text(call->key);
}

/* What belongs to the client's connection, or to the gateway alone. */
static bool stays_here(const char *name)
{
	return slice_fits_any(slice_of(name), slice_is_ignoring_case,
		       WORDS("host", "connection", "content-length",
			       "transfer-encoding", "accept-encoding", "expect",
			       "upgrade", "authorization", "x-api-key",
			       "x-goog-api-key", "api-key")) ||
		(strlen(name) >= 7 &&
			text_starts_with_ignoring_case(name, "cf-"));
}

static void fill(const struct request *request, const struct answer *answer,
	struct http_transfer *transfer)
{
	for (size_t i = 0; i < request->header_count; i++)
		if (!stays_here(request->headers[i].name))
			http_request_header(&transfer->request,
				request->headers[i].name,
				request->headers[i].value);
	if (answer->relay_key)
		http_request_header(&transfer->request,
			answer->relay_key_header, answer->relay_key);
	buf_append(&transfer->request.body, request->body, request->body_size);
}

static void take(const struct http_answer *from, struct answer *answer)
{
	size_t size = 0;
	const char *found = http_answer_header(from, "content-type", &size);
	OWNED char *type = found ? memory_copy(found, size)
				 : memory_text("application/octet-stream");

	if (from->outcome == HTTP_ANSWERED)
		answer_text(answer, (unsigned)from->status, type,
			buf_cstring(&from->body), from->body.size);
	else
		gateway_error(answer, GATEWAY_NO_RESPONSE, NULL);
}

void relay_perform(const struct request *request, struct answer *answer)
{
	struct http_client *client = NULL;
	SCOPED(http_transfer) struct http_transfer transfer = { 0 };
	struct http_transfer *transfers[] = { &transfer };
	struct error err = { 0 };
	bool made;

	http_transfer_init(&transfer,
		text_equal(request->method, "POST") ? "POST" : "GET",
		answer->relay_url);
	fill(request, answer, &transfer);
	made = http_client_open(&client, &err) &&
		http_perform(client, transfers, ARRAY_SIZE(transfers), NULL,
			NULL, &err);
	if (made)
		take(&transfer.answer, answer);
	else
		gateway_error(answer, GATEWAY_NO_RESPONSE, err.what);
	if (client)
		http_client_close(client);
}
