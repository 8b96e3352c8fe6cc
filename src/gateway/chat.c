/* SPDX-License-Identifier: MIT */
#include "gateway/chat_internal.h"

#include "base/json.h"
#include "base/text.h"

/*
 * The smallest completion that any model accepts. Sixteen tokens: some models
 * want more than two, and one that is not enough for an answer still proves
 * the route.
 */
#define TOKENS 16
#define GREETING "ping"

static json_t *openai_body(const char *model, struct chat_form form)
{
	return json_build(
		"{model:%s, messages:[{role:'user', content:%s}], %s:%i}",
		model, GREETING,
		form.renamed ? "max_completion_tokens" : "max_tokens", TOKENS);
}

static json_t *anthropic_body(const char *model, struct chat_form form)
{
	(void)form;
	return json_build("{model:%s, max_tokens:%i, messages:[{role:'user', "
			  "content:%s}]}",
		model, TOKENS, GREETING);
}

/* The model is in the path. */
static json_t *google_body(const char *model, struct chat_form form)
{
	(void)model;
	(void)form;
	return json_build("{contents:[{role:'user', parts:[{text:%s}]}], "
			  "generationConfig:{maxOutputTokens:%i}}",
		GREETING, TOKENS);
}

static json_t *cohere_body(const char *model, struct chat_form form)
{
	(void)form;
	return json_build("{model:%s, message:%s, max_tokens:%i}", model,
		GREETING, TOKENS);
}

/* The model is in the path. */
static json_t *bedrock_body(const char *model, struct chat_form form)
{
	(void)model;
	(void)form;
	return json_build("{messages:[{role:'user', content:[{text:%s}]}], "
			  "inferenceConfig:{maxTokens:%i}}",
		GREETING, TOKENS);
}

static json_t *no_body(const char *model, struct chat_form form)
{
	(void)model;
	(void)form;
	return json_new_object();
}

static const struct chat_api {
	json_t *(*body)(const char *model, struct chat_form form);
	bool streams;     /* server-sent events */
	bool stream_flag; /* "stream": true in the body; else by the path */
} apis[] = {
	[API_OPENAI] = { openai_body, true, true },
	[API_ANTHROPIC] = { anthropic_body, true, true },
	[API_GOOGLE] = { google_body, true, false },
	[API_COHERE] = { cohere_body, false, false },
	[API_BEDROCK] = { bedrock_body, false, false },
	[API_OTHER] = { no_body, false, false },
};

/* Google's API in OpenAI's shape is below a path of its own: /v1beta/openai. */
static bool is_in_openai_shape(const struct route *route)
{
	return !route->entry ||
		(route->entry->api == API_GOOGLE &&
			text_ends_with(route->path, "/openai"));
}

enum provider_api route_api(const struct route *route)
{
	return is_in_openai_shape(route) ? API_OPENAI : route->entry->api;
}

const char *route_auth_header(const struct route *route)
{
	return is_in_openai_shape(route) ? "Authorization: Bearer"
					 : route->entry->auth_header;
}

bool route_has_chat(const struct route *route)
{
	/* A request that the client has to sign for another host is not made
	 * here: only where Cloudflare signs it. */
	if (route->entry && text_equal(route->entry->auth_header, "other") &&
		route->credential == CREDENTIAL_HEADER)
		return false;
	return route_api(route) != API_OTHER;
}

bool route_has_stream(const struct route *route)
{
	return apis[route_api(route)].streams;
}

void chat_body(const struct route *route, const char *model,
	struct chat_form form, struct buf *out)
{
	const struct chat_api *api = &apis[route_api(route)];
	const char *extra = route->entry ? route->entry->test_body_extra : NULL;
	JSON_SCOPED json_t *body = api->body(model, form);
	JSON_SCOPED json_t *more = extra ? json_loads(extra, 0, NULL) : NULL;

	if (more)
		json_put_all(body, more);
	if (form.stream && api->stream_flag)
		json_put(body, "stream", json_true());
	json_format_canonical(body, out);
}

/* Google's own SDK adds the version, the Vercel AI SDK has it in the base URL:
 * the test call goes as the app's does. */
static const char *below_version(const struct route *route, const char *path)
{
	static const char version[] = "v1beta/";

	return route->entry->api == API_GOOGLE &&
			text_ends_with(route->path, "/v1beta") &&
			text_starts_with(path, version)
		? path + sizeof(version) - 1
		: path;
}

const char *chat_path(const struct route *route)
{
	return is_in_openai_shape(route)
		? "chat/completions"
		: below_version(route, route->entry->chat_path);
}

const char *models_path(const struct route *route)
{
	if (!is_in_openai_shape(route) && route->entry->models_path)
		return below_version(route, route->entry->models_path);
	return route_api(route) == API_ANTHROPIC ? "v1/models" : "models";
}
