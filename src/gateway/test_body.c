/* SPDX-License-Identifier: MIT */
#include "gateway/attempt_internal.h"

#include "base/json.h"

/*
 * The smallest completion that any model accepts. Sixteen tokens: some models
 * want more than two, and one that is not enough for an answer still proves
 * the route.
 */
#define TOKENS 16
#define GREETING "ping"

static json_t *openai_body(const char *model, bool renamed)
{
	return json_pack("{s:s, s:[{s:s, s:s}], s:i}", "model", model,
		"messages", "role", "user", "content", GREETING,
		renamed ? "max_completion_tokens" : "max_tokens", TOKENS);
}

static json_t *anthropic_body(const char *model)
{
	return json_pack("{s:s, s:i, s:[{s:s, s:s}]}", "model", model,
		"max_tokens", TOKENS, "messages", "role", "user", "content",
		GREETING);
}

/* The model is in the path. */
static json_t *google_body(void)
{
	return json_pack("{s:[{s:s, s:[{s:s}]}], s:{s:i}}", "contents", "role",
		"user", "parts", "text", GREETING, "generationConfig",
		"maxOutputTokens", TOKENS);
}

void test_body(const struct attempt *attempt, bool renamed, struct buf *out)
{
	const struct provider *entry = attempt->route->entry;
	const char *extra = entry ? entry->test_body_extra : NULL;
	JSON_SCOPED json_t *body = NULL;
	JSON_SCOPED json_t *more = NULL;

	switch (route_api(attempt->route)) {
	case API_OPENAI:
		body = openai_body(attempt->model, renamed);
		break;
	case API_ANTHROPIC:
		body = anthropic_body(attempt->model);
		break;
	case API_GOOGLE:
		body = google_body();
		break;
	case API_OTHER:
		body = json_object();
		break;
	}
	if (extra)
		more = json_loads(extra, 0, NULL);
	if (more)
		(void)json_object_update(body, more);
	json_format_canonical(body, out);
}
