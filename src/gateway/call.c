/* SPDX-License-Identifier: MIT */
#include "gateway/attempt_internal.h"

#include "base/clean.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "cloudflare/cloudflare.h"
#include "gateway/chat_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of Azure's addresses, where the catalogue has {api_version}. */
#define AZURE_API_VERSION "2024-10-21"
#define URL_SIZE ((size_t)8 * 1024)

enum target {
	TARGET_CHAT,
	TARGET_STREAM,
	TARGET_MODELS,
	TARGET_ACCOUNTS, /* of Cloudflare's REST API, as the rest */
	TARGET_GATEWAYS,
	TARGET_PROVIDERS,
};

enum credentials {
	SEND_BOTH,         /* token and key, as the app does */
	SEND_TOKEN,        /* the token alone */
	SEND_KEY_AS_TOKEN, /* the key's value where the token stands, alone */
	SEND_KEY,          /* the key alone */
	SEND_API_TOKEN,    /* the API token alone */
};

enum body {
	BODY_NONE,
	BODY_EMPTY, /* {}: nothing is generated */
	BODY_TEST,
	BODY_STREAM,
	BODY_RENAMED,
};

/* The whole of what a probe sends, and where: a key goes to no other host than
 * the base that its kind is called with. */
static const struct kind {
	enum target target;
	enum credentials send;
	enum body body;
	const char *what; /* for the list of probes */
} kinds[] = {
	/* clang-format off */
	[CALL_TEST]         = { TARGET_CHAT,   SEND_BOTH,         BODY_TEST,    N_("the test call") },
	[CALL_TOKEN_ALONE]  = { TARGET_CHAT,   SEND_TOKEN,        BODY_EMPTY,   N_("POST {} with the gateway token alone") },
	[CALL_STREAM]       = { TARGET_STREAM, SEND_BOTH,         BODY_STREAM,  N_("the test call as a stream") },
	[CALL_AGAIN]        = { TARGET_CHAT,   SEND_BOTH,         BODY_TEST,    N_("the test call again, some seconds later") },
	[CALL_RENAMED]      = { TARGET_CHAT,   SEND_BOTH,         BODY_RENAMED, N_("the test call with max_completion_tokens") },
	[CALL_KEY_AS_TOKEN] = { TARGET_CHAT,   SEND_KEY_AS_TOKEN, BODY_EMPTY,   N_("POST {} with the provider key's value as gateway token") },
	[CALL_EMPTY]        = { TARGET_CHAT,   SEND_BOTH,         BODY_EMPTY,   N_("POST {} to the endpoint") },
	[CALL_MODELS]       = { TARGET_MODELS, SEND_BOTH,         BODY_NONE,    N_("GET models") },
	[CALL_DIRECT]       = { TARGET_CHAT,   SEND_KEY,          BODY_TEST,    N_("the test call to direct_url, without the gateway") },
	[CALL_ACCOUNTS]     = { TARGET_ACCOUNTS,  SEND_API_TOKEN, BODY_NONE,    N_("GET accounts from Cloudflare's API") },
	[CALL_GATEWAYS]     = { TARGET_GATEWAYS,  SEND_API_TOKEN, BODY_NONE,    N_("GET the account's gateways from Cloudflare's API") },
	[CALL_PROVIDERS]    = { TARGET_PROVIDERS, SEND_API_TOKEN, BODY_NONE,    N_("GET the custom providers from Cloudflare's API") },
	/* clang-format on */
};

/* Google streams under a name of its own. */
#define GOOGLE_CALL ":generateContent"
#define GOOGLE_STREAM ":streamGenerateContent?alt=sse"

/* The chat path with its {placeholders} filled in. */
static void append_path(
	const char *path, const char *model, bool stream, struct buf *url)
{
	while (*path) {
		if (text_starts_with(path, "{model}")) {
			buf_text(url, model);
			path += strlen("{model}");
		} else if (text_starts_with(path, "{api_version}")) {
			buf_text(url, AZURE_API_VERSION);
			path += strlen("{api_version}");
		} else if (stream && text_equal(path, GOOGLE_CALL)) {
			buf_text(url, GOOGLE_STREAM);
			return;
		} else {
			buf_byte(url, *path++);
		}
	}
}

static bool call_list(const struct call *call, enum cloudflare_list *list)
{
	switch (kinds[call->kind].target) {
	case TARGET_ACCOUNTS:
		*list = CLOUDFLARE_ACCOUNTS;
		return true;
	case TARGET_GATEWAYS:
		*list = CLOUDFLARE_GATEWAYS;
		return true;
	case TARGET_PROVIDERS:
		*list = CLOUDFLARE_PROVIDERS;
		return true;
	case TARGET_CHAT:
	case TARGET_STREAM:
	case TARGET_MODELS:
		break;
	}
	return false;
}

static void append_list(const struct call *call, enum cloudflare_list list,
	const char *account, struct buf *url)
{
	OWNED char *path = cloudflare_list_path(list, account, call->page);

	buf_text(url, path);
}

static char *call_url(const struct attempt *attempt, const struct call *call)
{
	const struct kind *kind = &kinds[call->kind];
	const char *account = attempt->inquiry.profile->account_id;
	struct buf url = BUF(URL_SIZE);
	enum cloudflare_list list = CLOUDFLARE_ACCOUNTS;

	buf_text(&url, call->base);
	buf_byte(&url, '/');
	switch (kind->target) {
	case TARGET_CHAT:
	case TARGET_STREAM:
		append_path(chat_path(attempt->inquiry.route),
			attempt->inquiry.model, kind->target == TARGET_STREAM,
			&url);
		break;
	case TARGET_MODELS:
		buf_text(&url, models_path(attempt->inquiry.route));
		break;
	case TARGET_ACCOUNTS:
	case TARGET_GATEWAYS:
	case TARGET_PROVIDERS:
		if (call_list(call, &list))
			append_list(call, list, account, &url);
		break;
	}
	return buf_take(&url, NULL);
}

/* "Authorization: Bearer" + key, or "x-api-key" + ": " + key. */
static void add_key(struct http_request *request, const struct route *route,
	const struct secret *key)
{
	const char *form = route_auth_header(route);
	const char *colon = strstr(form, ": ");

	if (key->size == 0 || text_equal(form, "other"))
		return;
	OWNED char *name = memory_copy(
		form, colon ? (size_t)(colon - form) : strlen(form));
	OWNED char *scheme = colon ? memory_printf("%s ", colon + 2) : NULL;
	http_request_secret(request, name, scheme ? scheme : "", key);
}

static void add_bearer(struct http_request *request, const char *name,
	const struct secret *token)
{
	http_request_secret(request, name, "Bearer ", token);
}

/* The headers that are the gateway's; DESIGN "Test call" says why each. */
static void add_gateway_headers(struct http_request *request,
	const struct attempt *attempt, const struct secret *token)
{
	const struct route *route = attempt->inquiry.route;

	if (token->size > 0)
		add_bearer(request, "cf-aig-authorization", token);
	http_request_header(request, "cf-aig-skip-cache", "true");
	http_request_header(request, "cf-aig-max-attempts", "1");
	http_request_header(request, "cf-aig-collect-log-payload", "false");
	if (route->credential != CREDENTIAL_UNIFIED)
		http_request_header(request, "cf-aig-no-wholesale", "true");
	if (route->credential != CREDENTIAL_HEADER && route->alias)
		http_request_header(request, "cf-aig-byok-alias", route->alias);
}

static void add_extra_headers(
	struct http_request *request, const struct route *route)
{
	const struct provider *entry = route->entry;
	bool versioned = false;

	for (size_t i = 0;
		entry && entry->extra_headers && entry->extra_headers[i]; i++) {
		const char *line = entry->extra_headers[i];
		const char *colon = strstr(line, ": ");
		char name[64];

		if (!colon)
			continue;
		snprintf(name, sizeof(name), "%.*s", (int)(colon - line), line);
		http_request_header(request, name, colon + 2);
		versioned |=
			text_equal_ignoring_case(name, "anthropic-version");
	}
	/* Anthropic's API refuses a request without a version. */
	if (route_api(route) == API_ANTHROPIC && !versioned)
		http_request_header(request, "anthropic-version", "2023-06-01");
}

static void add_body(struct call *call, const struct attempt *attempt)
{
	struct buf *body = &call->transfer.request.body;
	enum body kind = kinds[call->kind].body;
	/* Once the other name was wanted, every further test call has it. */
	struct chat_form form = {
		.stream = kind == BODY_STREAM,
		.renamed = kind == BODY_RENAMED ||
			facts_have(attempt->inquiry.known, FACT_RENAMED),
	};

	if (kind == BODY_EMPTY)
		buf_text(body, "{}");
	else if (kind != BODY_NONE)
		chat_body(attempt->inquiry.route, attempt->inquiry.model, form,
			body);
}

static void add_credentials(struct http_request *request,
	const struct attempt *attempt, enum credentials send)
{
	bool gateway = send != SEND_KEY && send != SEND_API_TOKEN &&
		!attempt->result->direct;

	if (send == SEND_API_TOKEN) {
		add_bearer(
			request, "Authorization", attempt->options->api_token);
		return;
	}
	if (gateway)
		add_gateway_headers(request, attempt,
			send == SEND_KEY_AS_TOKEN ? attempt->inquiry.key
						  : attempt->inquiry.token);
	if (send == SEND_BOTH || send == SEND_KEY)
		add_key(request, attempt->inquiry.route, attempt->inquiry.key);
	add_extra_headers(request, attempt->inquiry.route);
}

/* Small where it can be: then many go at once (HTTP_ROOM). */
static size_t answer_limit(enum body body)
{
	switch (body) {
	case BODY_NONE: /* a list of models is long */
		return HTTP_ANSWER_LIMIT;
	case BODY_STREAM:
		return (size_t)256 * 1024;
	default:
		return (size_t)64 * 1024;
	}
}

static void set_limits(struct http_request *request, int64_t whole)
{
	request->limits.whole_ms = whole;
	/* Who asks for more than a minute waits for a slow model. */
	if (whole > 60000)
		request->limits.first_byte_ms = whole;
}

static void fill(struct call *call)
{
	const struct attempt *attempt = call->attempt;
	const struct kind *row = &kinds[call->kind];
	struct http_request *request = &call->transfer.request;

	call->url = call_url(attempt, call);
	http_transfer_init(&call->transfer,
		row->body == BODY_NONE ? "GET" : "POST", call->url);
	set_limits(request, attempt->options->timeout_ms);
	request->limits.answer_bytes = answer_limit(row->body);
	http_request_header(request, "Accept",
		row->body == BODY_STREAM ? "text/event-stream"
					 : "application/json");
	if (row->body != BODY_NONE)
		http_request_header(
			request, "Content-Type", "application/json");
	add_credentials(request, attempt, row->send);
	add_body(call, attempt);
}

void call_init(struct call *call, const struct attempt *attempt,
	enum call_kind kind, const char *base)
{
	*call = (struct call){
		.kind = kind,
		.attempt = attempt,
		.page = 1,
	};
	call->base = memory_text(base);
	fill(call);
}

void call_turn(struct call *call)
{
	http_transfer_release(&call->transfer);
	free(call->url);
	fill(call);
}

void call_release(struct call *call)
{
	http_transfer_release(&call->transfer);
	free(call->url);
	free(call->base);
	json_decref(call->traces);
	json_decref(call->items);
	*call = (struct call){ 0 };
}

/* What a list of names is asked for. */
static const char *wanted_name(
	const struct call *call, const struct attempt *attempt)
{
	const char *segment = attempt->inquiry.route->provider;

	switch (kinds[call->kind].target) {
	case TARGET_ACCOUNTS:
		return attempt->inquiry.profile->account_id;
	case TARGET_GATEWAYS:
		return attempt->inquiry.profile->gateway;
	case TARGET_PROVIDERS:
		return text_starts_with(segment, CUSTOM_PREFIX)
			? segment + strlen(CUSTOM_PREFIX)
			: segment;
	case TARGET_CHAT:
	case TARGET_STREAM:
	case TARGET_MODELS:
		break;
	}
	return attempt->inquiry.model;
}

static void keep_trace(struct call *call, const struct attempt *attempt)
{
	char what[96];

	call_describe(call, attempt, what);
	if (!call->traces)
		call->traces = json_new_list();
	json_push(call->traces, trace_call(attempt, call, what));
}

void call_read(struct call *call, const struct attempt *attempt)
{
	enum cloudflare_list list = CLOUDFLARE_ACCOUNTS;

	if (attempt->options->explain)
		keep_trace(call, attempt);
	const bool is_list = call_list(call, &list);
	if (is_list)
		pages_join(call, list);
	reading_take(&call->transfer.answer, wanted_name(call, attempt),
		&call->reading);
	reading_redact(&call->reading, attempt->redactor);
	if (is_list)
		pages_see(call);
	if (call->kind == CALL_STREAM)
		call->reading.facts |= FACT(FACT_STREAM_ASKED);
	if (call->kind == CALL_TOKEN_ALONE)
		call->reading.facts |= FACT(FACT_TOKEN_ALONE);
	http_answer_release(&call->transfer.answer);
}

/* Where another base than the route's own was asked: what follows the origin's
 * provider segment is short, and holds no account. */
void call_describe(
	const struct call *call, const struct attempt *attempt, char out[96])
{
	const char *shown = NULL;

	if (!text_equal(call->base, attempt->inquiry.base) &&
		(call->kind == CALL_MODELS || call->kind == CALL_EMPTY))
		shown = strstr(call->base, attempt->inquiry.route->provider);
	if (shown)
		snprintf(out, 96, "%s (%s)", _(kinds[call->kind].what), shown);
	else
		snprintf(out, 96, "%s", _(kinds[call->kind].what));
	clean_end(out);
}
