/* SPDX-License-Identifier: MIT */
#include "emulator/upstream.h"

#include "base/text.h"
#include "emulator/chat.h"
#include "emulator/dialect.h"
#include "emulator/settings.h"

#include <string.h>

/* What exists under a provider's root. The first match answers. */
static const struct endpoint {
	enum api api;
	bool prefix; /* more may follow */
	const char *path;
	const char *method;
	endpoint_handler *answer;
} endpoints[] = {
	{ API_SHAPE_OPENAI, false, "/chat/completions", "POST", chat_openai },
	{ API_SHAPE_OPENAI, false, "/models", "GET", models_openai },
	{ API_SHAPE_OPENAI, true, "/models/", "GET", model_openai },
	{ API_SHAPE_ANTHROPIC, false, "/messages", "POST", chat_anthropic },
	{ API_SHAPE_ANTHROPIC, false, "/models", "GET", models_anthropic },
	{ API_SHAPE_GOOGLE, false, "/models", "GET", models_google },
	{ API_SHAPE_GOOGLE, true, "/models/", "POST", chat_google },
	{ API_SHAPE_AZURE, false, "/chat/completions", "POST", chat_azure },
	{ API_SHAPE_BEDROCK, true, "/model/", "POST", chat_bedrock },
	{ API_SHAPE_COHERE, false, "/v1/chat", "POST", chat_cohere_v1 },
	{ API_SHAPE_COHERE, false, "/v2/chat", "POST", chat_cohere_v2 },
	{ API_SHAPE_COHERE, false, "/v1/models", "GET", models_cohere },
	{ API_SHAPE_NONE, true, "/", "POST", chat_none },
};

static const char *non_empty(const char *text)
{
	return text && *text ? text : NULL;
}

/* What follows the scheme: Bearer, or the Token and Key of some. */
static const char *any_scheme(const char *value)
{
	const char *space = value ? strchr(value, ' ') : NULL;

	return space ? non_empty(space + 1) : NULL;
}

const char *upstream_key(
	const struct provider_state *provider, const struct request *request)
{
	const char *header = provider->upstream->key_header;
	const char *key = NULL;

	if (!text_equal(header, "authorization"))
		key = non_empty(request_header(request, header));
	/* Below its OpenAI path Google takes the key as OpenAI does. */
	if (key ||
		(!text_equal(header, "authorization") &&
			provider->upstream->api != API_SHAPE_GOOGLE))
		return key;
	if (provider->upstream->api == API_SHAPE_NONE ||
		provider->upstream->api == API_SHAPE_BEDROCK)
		/* A signature (AWS4-HMAC-SHA256 ...) is not checked: it is
		 * a key that nobody knows. */
		return any_scheme(request_header(request, header));
	key = non_empty(request_bearer(request, "authorization"));
	/* MiMo's documentation has both headers. */
	if (!key && provider->dialect == &dialect_mimo)
		key = non_empty(request_header(request, "api-key"));
	return key;
}

/* What follows the root in the path, or NULL where the root is another. */
static const char *after_root(const char *path, const char *root)
{
	for (; *root; root++) {
		if (*root == '*') {
			path += strcspn(path, "/");
			continue;
		}
		if (*path++ != *root)
			return NULL;
	}
	return *path == '/' ? path : NULL;
}

/* The path below the root; sets the form that is spoken there. */
static const char *below_root(
	const struct upstream *upstream, const char *path, enum api *api)
{
	/* Google has its stable API beside the beta one, DeepSeek the same
	 * with and without a version. */
	const bool also_v1 = text_equal(upstream->root, "/v1beta") ||
		(upstream->version_optional && !*upstream->root);
	const char *below = NULL;

	if (upstream->other_root)
		below = after_root(path, upstream->other_root);
	if (below) {
		*api = upstream->api == API_SHAPE_GOOGLE ? API_SHAPE_OPENAI
							 : API_SHAPE_ANTHROPIC;
		return below;
	}
	if (also_v1)
		below = after_root(path, "/v1");
	return below ? below : after_root(path, upstream->root);
}

static const struct endpoint *endpoint_find(enum api api, const char *path)
{
	for (size_t i = 0; path && i < ARRAY_SIZE(endpoints); i++) {
		const struct endpoint *row = &endpoints[i];

		if (row->api != api)
			continue;
		if (row->prefix ? text_starts_with(path, row->path)
				: text_equal(path, row->path))
			return row;
	}
	return NULL;
}

static bool method_fits(const char *wanted, const char *method)
{
	return text_equal(method, wanted) ||
		(text_equal(wanted, "GET") && text_equal(method, "HEAD"));
}

void upstream_answer(const struct upstream_call *call, struct answer *answer)
{
	const struct provider_state *provider = call->provider;
	enum api api = call->api;
	const char *below = below_root(provider->upstream, call->path, &api);
	const struct endpoint *endpoint = endpoint_find(api, below);
	const struct refusal_values values = {
		.key = call->key,
		.path = call->path,
		.method = call->request->method,
	};
	enum refusal_kind refusal = REFUSE_COUNT;

	if (!endpoint)
		refusal = REFUSE_PATH;
	else if (!call->key)
		refusal = REFUSE_NO_KEY;
	else if (!json_lists(provider->keys, call->key))
		refusal = REFUSE_WRONG_KEY;
	else if (!method_fits(endpoint->method, call->request->method))
		refusal = REFUSE_METHOD;

	if (refusal == REFUSE_COUNT)
		endpoint->answer(call, below + strlen(endpoint->path), answer);
	else
		dialect_refuse(provider->dialect, refusal, &values, answer);
}
