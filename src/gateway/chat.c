/* SPDX-License-Identifier: MIT */
#include "gateway/chat_internal.h"

#include "base/attributes.h"
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
	return json_pack("{s:s, s:[{s:s, s:s}], s:i}", "model", model,
		"messages", "role", "user", "content", GREETING,
		form.renamed ? "max_completion_tokens" : "max_tokens", TOKENS);
}

static json_t *anthropic_body(const char *model, struct chat_form form)
{
	(void)form;
	return json_pack("{s:s, s:i, s:[{s:s, s:s}]}", "model", model,
		"max_tokens", TOKENS, "messages", "role", "user", "content",
		GREETING);
}

/* The model is in the path. */
static json_t *google_body(const char *model, struct chat_form form)
{
	(void)model;
	(void)form;
	return json_pack("{s:[{s:s, s:[{s:s}]}], s:{s:i}}", "contents", "role",
		"user", "parts", "text", GREETING, "generationConfig",
		"maxOutputTokens", TOKENS);
}

static json_t *cohere_body(const char *model, struct chat_form form)
{
	(void)form;
	return json_pack("{s:s, s:s, s:i}", "model", model, "message", GREETING,
		"max_tokens", TOKENS);
}

/* The model is in the path. */
static json_t *bedrock_body(const char *model, struct chat_form form)
{
	(void)model;
	(void)form;
	return json_pack("{s:[{s:s, s:[{s:s}]}], s:{s:i}}", "messages", "role",
		"user", "content", "text", GREETING, "inferenceConfig",
		"maxTokens", TOKENS);
}

static json_t *no_body(const char *model, struct chat_form form)
{
	(void)model;
	(void)form;
	return json_object();
}

#define DEEPEST 6

/* An array on the way stands for its first item. */
static const struct chat_api {
	json_t *(*body)(const char *model, struct chat_form form);
	bool streams;     /* server-sent events */
	bool stream_flag; /* "stream": true in the body; else by the path */
	const char *text[DEEPEST];       /* of a completion */
	const char *event_text[DEEPEST]; /* of an event */
	const char *shape; /* a member that every completion has */
} apis[] = {
	[API_OPENAI] = { openai_body, true, true,
		{ "choices", "message", "content" },
		{ "choices", "delta", "content" }, "choices" },
	[API_ANTHROPIC] = { anthropic_body, true, true, { "content", "text" },
		{ "delta", "text" }, "content" },
	[API_GOOGLE] = { google_body, true, false,
		{ "candidates", "content", "parts", "text" },
		{ "candidates", "content", "parts", "text" }, "candidates" },
	[API_COHERE] = { cohere_body, false, false, { "text" }, { "text" },
		"generation_id" },
	[API_BEDROCK] = { bedrock_body, false, false,
		{ "output", "message", "content", "text" }, { NULL },
		"output" },
	[API_OTHER] = { no_body, false, false, { NULL }, { NULL }, NULL },
};

enum provider_api route_api(const struct route *route)
{
	return route->entry ? route->entry->api : API_OPENAI;
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
		(void)json_object_update(body, more);
	if (form.stream && api->stream_flag)
		(void)json_object_set_new(body, "stream", json_true());
	json_format_canonical(body, out);
}

const char *chat_path(const struct route *route)
{
	return route->entry ? route->entry->chat_path : "chat/completions";
}

const char *models_path(const struct route *route)
{
	if (route->entry && route->entry->models_path)
		return route->entry->models_path;
	return route_api(route) == API_ANTHROPIC ? "v1/models" : "models";
}

static const json_t *at_path(const json_t *value, const char *const *path)
{
	for (size_t i = 0; i < DEEPEST && path[i]; i++)
		value = json_is_array(value)
			? json_object_get(json_array_get(value, 0), path[i])
			: json_object_get(value, path[i]);
	return value;
}

/* A thinking model's content may be absent, null or an empty list. */
static bool has_shape(const struct chat_api *api, const json_t *root)
{
	const json_t *value = json_object_get(root, api->shape);

	if (!value)
		return false;
	if (json_is_array(value) && json_array_size(value) == 0)
		return json_object_get(root, "stop_reason") != NULL;
	if (json_is_string(value))
		return json_is_string(at_path(root, api->text));
	return json_is_array(value) || json_object_get(value, "message");
}

const char *chat_text(const json_t *root)
{
	for (size_t i = 0; i < ARRAY_SIZE(apis); i++) {
		const char *text;

		if (!apis[i].shape || !has_shape(&apis[i], root))
			continue;
		text = json_string_value(at_path(root, apis[i].text));
		return text ? text : "";
	}
	return NULL;
}

const char *chat_event_text(const json_t *event)
{
	for (size_t i = 0; i < ARRAY_SIZE(apis); i++) {
		const char *text;

		if (!apis[i].streams)
			continue;
		text = json_string_value(at_path(event, apis[i].event_text));
		if (text)
			return text;
	}
	return NULL;
}
