/* SPDX-License-Identifier: MIT */
#include "gateway/attempt_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of Azure's addresses, where the catalogue has {api_version}. */
#define AZURE_API_VERSION "2024-10-21"
#define HEADER_LIMIT ((size_t)64 * 1024)
#define URL_SIZE ((size_t)8 * 1024)

enum body {
	BODY_NONE,
	BODY_EMPTY, /* {}: nothing is generated */
	BODY_TEST,
	BODY_RENAMED,
};

static const struct kind {
	bool chat;  /* the chat path, else the list of models */
	bool token; /* cf-aig-* headers and the token */
	bool key;   /* the provider's header */
	enum body body;
	const char *what; /* for the list of probes */
} kinds[] = {
	/* clang-format off */
	[CALL_TEST]         = { true,  true,  true,  BODY_TEST,    "the test call again" },
	[CALL_RENAMED]      = { true,  true,  true,  BODY_RENAMED, "the test call with max_completion_tokens" },
	[CALL_KEY_AS_TOKEN] = { true,  true,  false, BODY_EMPTY,   "POST {} with the provider key's value as gateway token" },
	[CALL_TOKEN_ALONE]  = { true,  true,  false, BODY_EMPTY,   "POST {} with the gateway token alone" },
	[CALL_EMPTY]        = { true,  true,  true,  BODY_EMPTY,   "POST {} to the endpoint" },
	[CALL_MODELS]       = { false, true,  true,  BODY_NONE,    "GET models" },
	[CALL_DIRECT]       = { true,  false, true,  BODY_TEST,    "the test call to direct_url, without the gateway" },
	/* clang-format on */
};

enum provider_api route_api(const struct route *route)
{
	return route->entry ? route->entry->api : API_OPENAI;
}

static const char *route_chat_path(const struct route *route)
{
	return route->entry ? route->entry->chat_path : "chat/completions";
}

const char *route_models_path(const struct route *route)
{
	if (route->entry && route->entry->models_path)
		return route->entry->models_path;
	return route_api(route) == API_ANTHROPIC ? "v1/models" : "models";
}

/* The chat path with its {placeholders} filled in. */
static void append_path(const char *path, const char *model, struct buf *url)
{
	while (*path) {
		if (text_starts_with(path, "{model}")) {
			buf_text(url, model);
			path += strlen("{model}");
		} else if (text_starts_with(path, "{api_version}")) {
			buf_text(url, AZURE_API_VERSION);
			path += strlen("{api_version}");
		} else {
			buf_byte(url, *path++);
		}
	}
}

static char *call_url(const struct attempt *attempt, const struct kind *kind,
	const char *base)
{
	struct buf url = BUF(URL_SIZE);

	buf_text(&url, base);
	buf_byte(&url, '/');
	append_path(kind->chat ? route_chat_path(attempt->route)
			       : route_models_path(attempt->route),
		attempt->model, &url);
	return buf_take(&url, NULL);
}

/* "Authorization: Bearer" + key, or "x-api-key" + ": " + key. */
static void add_key(struct http_request *request, const struct route *route,
	const char *key)
{
	const char *form = route->entry ? route->entry->auth_header
					: "Authorization: Bearer";
	const char *colon = strstr(form, ": ");
	SCOPED(buf) struct buf value = BUF(HEADER_LIMIT);
	SCOPED(buf) struct buf name = BUF(HEADER_LIMIT);

	if (!*key || text_equal(form, "other"))
		return;
	buf_append(&name, form, colon ? (size_t)(colon - form) : strlen(form));
	if (colon) {
		buf_text(&value, colon + 2);
		buf_byte(&value, ' ');
	}
	buf_text(&value, key);
	http_request_header(request, buf_cstring(&name), buf_cstring(&value));
}

/* The headers that are the gateway's; DESIGN "Test call" says why each. */
static void add_gateway_headers(struct http_request *request,
	const struct attempt *attempt, const char *token)
{
	const struct route *route = attempt->route;
	SCOPED(buf) struct buf value = BUF(HEADER_LIMIT);

	buf_text(&value, "Bearer ");
	buf_text(&value, token);
	if (*token)
		http_request_header(
			request, "cf-aig-authorization", buf_cstring(&value));
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
	/* Its SDK always sends one. */
	if (route_api(route) == API_ANTHROPIC && !versioned)
		http_request_header(request, "anthropic-version", "2023-06-01");
}

static void add_body(struct call *call, const struct attempt *attempt)
{
	struct buf *body = &call->transfer.request.body;

	switch (kinds[call->kind].body) {
	case BODY_NONE:
		break;
	case BODY_EMPTY:
		buf_text(body, "{}");
		break;
	case BODY_TEST:
		test_body(attempt, false, body);
		break;
	case BODY_RENAMED:
		test_body(attempt, true, body);
		break;
	}
}

void call_init(struct call *call, const struct attempt *attempt,
	enum call_kind kind, const char *base)
{
	const struct kind *row = &kinds[kind];
	struct http_request *request = &call->transfer.request;
	int64_t whole = attempt->options->timeout_ms;

	*call = (struct call){ .kind = kind };
	call->base = memory_text(base);
	call->url = call_url(attempt, row, base);
	http_transfer_init(&call->transfer,
		row->body == BODY_NONE ? "GET" : "POST", call->url);
	request->limits.whole_ms = whole;
	/* Who asks for more than a minute waits for a slow model. */
	if (whole > 60000)
		request->limits.first_byte_ms = whole;
	http_request_header(request, "Accept", "application/json");
	if (row->body != BODY_NONE)
		http_request_header(
			request, "Content-Type", "application/json");
	if (row->token && !attempt->result->direct)
		add_gateway_headers(request, attempt,
			kind == CALL_KEY_AS_TOKEN ? attempt->key
						  : attempt->token);
	if (row->key)
		add_key(request, attempt->route, attempt->key);
	add_extra_headers(request, attempt->route);
	add_body(call, attempt);
}

void call_release(struct call *call)
{
	http_transfer_release(&call->transfer);
	free(call->url);
	free(call->base);
	*call = (struct call){ 0 };
}

void call_read(struct call *call, const struct attempt *attempt)
{
	reading_take(&call->transfer.answer, attempt->model, &call->reading);
}

/* Where another base than the route's own was asked: what follows the origin's
 * provider segment is short, and holds no account. */
void call_describe(
	const struct call *call, const struct attempt *attempt, char out[96])
{
	const char *segment = attempt->route->provider;
	const char *shown = NULL;
	char where[64] = "";

	if (!text_equal(call->base, attempt->base) && call->kind != CALL_DIRECT)
		shown = strstr(call->base, segment);
	if (shown)
		snprintf(where, sizeof(where), " at %s", shown);
	snprintf(out, 96, "%s%s", kinds[call->kind].what, where);
}
