/* SPDX-License-Identifier: MIT */
#include "emulator/gateway.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "emulator/dialect.h"
#include "emulator/emulator.h"
#include "emulator/fault.h"
#include "emulator/gateway_error.h"
#include "emulator/trace.h"
#include "os/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One request on its way through the checks. */
struct passage {
	struct emulator *emulator;
	const struct request *request;
	struct answer *answer;
	const char *account, *gateway, *segment; /* in the path, not ended */
	size_t account_size, gateway_size, segment_size;
	const char *rest; /* after the segment, without the "/" */
	bool compat;
	json_t *compat_body; /* owned; NULL where it is no compat chat */
	const char *model;   /* compat's, less its prefix */
	bool token_was_key;  /* Authorization held the gateway's token */
	struct provider_state *provider;
	const char *key; /* that goes to the provider; NULL: none */
	bool caches;
	unsigned char cache_key[CACHE_KEY_SIZE];
};

/* True: the request may pass on. False: the answer is made. */
typedef bool check(struct passage *passage);

static bool refuse(struct passage *passage, enum gateway_error error)
{
	gateway_error(passage->answer, error, NULL);
	return false;
}

/* Cuts "/a" off the path; what follows is left in *path. */
static size_t cut_segment(const char **path, const char **segment)
{
	size_t size;

	if (**path == '/')
		(*path)++;
	*segment = *path;
	size = strcspn(*path, "/");
	*path += size;
	return size;
}

static void read_path(struct passage *passage)
{
	const char *path = passage->request->path + strlen("/v1");

	passage->account_size = cut_segment(&path, &passage->account);
	passage->gateway_size = cut_segment(&path, &passage->gateway);
	passage->segment_size = cut_segment(&path, &passage->segment);
	passage->rest = *path == '/' ? path + 1 : path;
	passage->compat =
		text_is(passage->segment, passage->segment_size, "compat");
}

static bool check_gateway(struct passage *passage)
{
	const struct settings *settings = &passage->emulator->settings;
	SCOPED(buf) struct buf name = BUF(ANSWER_BODY_LIMIT);

	buf_append(&name, passage->gateway, passage->gateway_size);
	if (!text_is(passage->account, passage->account_size,
		    settings->account) ||
		!texts_has(&settings->gateways, buf_cstring(&name)))
		return refuse(passage, GATEWAY_NOT_FOUND);
	return true;
}

/* The token in its own header, or alone in the provider's. */
static bool has_token(struct passage *passage)
{
	const struct settings *settings = &passage->emulator->settings;
	const char *token =
		request_bearer(passage->request, "cf-aig-authorization");

	if (request_header(passage->request, "cf-aig-authorization"))
		return token && texts_has(&settings->tokens, token);
	token = request_bearer(passage->request, "authorization");
	passage->token_was_key = settings->token_in_authorization && token &&
		texts_has(&settings->tokens, token);
	return passage->token_was_key;
}

static bool check_token(struct passage *passage)
{
	struct settings *settings = &passage->emulator->settings;
	const struct fault *fault = fault_take(settings, FAULT_TOKEN);

	if (fault) {
		fault_answer(fault, NULL, passage->answer);
		return false;
	}
	if (settings->authentication && !has_token(passage))
		return refuse(passage, GATEWAY_UNAUTHORIZED);
	trace_ids(passage->answer);
	return true;
}

/* compat names some providers otherwise than the path does. */
static struct provider_state *find_by_prefix(
	const struct settings *settings, const char *prefix, size_t size)
{
	if (text_is(prefix, size, "perplexity"))
		return settings_find(settings, "perplexity-ai", 13);
	return settings_find(settings, prefix, size);
}

static json_t *parse_body(const struct request *request)
{
	static const struct json_limits limits = {
		.depth = 64,
		.reals = true,
		.nulls = true,
		.controls = true,
	};
	struct error err;

	return json_parse(
		request->body, request->body_size, "request", &limits, &err);
}

/* compat's chat: the model says which provider is meant. */
static bool check_compat_chat(struct passage *passage)
{
	const char *model;
	const char *slash;

	passage->compat_body = parse_body(passage->request);
	model = json_string_value(
		json_object_get(passage->compat_body, "model"));
	slash = model ? strchr(model, '/') : NULL;
	if (!slash)
		return refuse(passage, GATEWAY_BAD_FORMAT);
	passage->provider = find_by_prefix(
		&passage->emulator->settings, model, (size_t)(slash - model));
	passage->model = slash + 1;
	if (!passage->provider || !passage->provider->enabled)
		return refuse(passage, GATEWAY_INVALID_PROVIDER);
	return true;
}

/* GET compat/models: what can stand in `model`. */
static bool answer_compat_models(struct passage *passage)
{
	const struct settings *settings = &passage->emulator->settings;
	json_t *data = json_array();

	for (size_t i = 0; i < settings->provider_count; i++) {
		const struct provider_state *provider = &settings->providers[i];

		for (size_t j = 0; j < provider->models.count; j++)
			json_array_append_new(data,
				json_pack("{so ss}", "id",
					json_sprintf("%s/%s", provider->segment,
						provider->models.items[j]),
					"object", "model"));
	}
	answer_json(passage->answer, 200,
		json_pack("{ss so}", "object", "list", "data", data));
	return false;
}

static bool check_provider(struct passage *passage)
{
	const struct settings *settings = &passage->emulator->settings;

	if (passage->compat) {
		if (text_equal(passage->rest, "chat/completions"))
			return check_compat_chat(passage);
		if (text_equal(passage->rest, "models"))
			return answer_compat_models(passage);
		return refuse(passage, GATEWAY_INVALID_PROVIDER);
	}
	passage->provider = settings_find(
		settings, passage->segment, passage->segment_size);
	if (!passage->provider || !passage->provider->enabled)
		return refuse(passage, GATEWAY_INVALID_PROVIDER);
	return true;
}

static bool check_rate(struct passage *passage)
{
	struct emulator *emulator = passage->emulator;
	struct settings *settings = &emulator->settings;
	const struct fault *fault = fault_take(settings, FAULT_LIMIT);
	const int64_t now = clock_monotonic_ms();

	if (fault) {
		fault_answer(fault, NULL, passage->answer);
		return false;
	}
	if (settings->rate_limit == 0)
		return true;
	if (now - emulator->window_began_ms >= settings->rate_interval_ms) {
		emulator->window_began_ms = now;
		emulator->window_requests = 0;
	}
	if (++emulator->window_requests > settings->rate_limit)
		return refuse(passage, GATEWAY_RATE_LIMITED);
	return true;
}

/* Any of the headers that providers take keys in; whatever its value. */
static bool has_credential(const struct passage *passage)
{
	const struct request *request = passage->request;
	const char *own = passage->provider->upstream->key_header;

	if (!passage->token_was_key && request_header(request, "authorization"))
		return true;
	if (passage->compat)
		return false;
	return (!text_equal(own, "authorization") &&
		       request_header(request, own)) ||
		(passage->provider->upstream->dialect == &dialect_mimo &&
			request_header(request, "api-key"));
}

static bool refuse_alias(struct passage *passage, const char *alias)
{
	const struct provider_state *provider = passage->provider;
	SCOPED(buf) struct buf names = BUF(4096);
	char *message;

	for (size_t i = 0; i < provider->stored_count; i++)
		buf_printf(&names, "%s'%s'", i ? ", " : "",
			provider->stored[i].alias);
	message = memory_printf("Provider '%s' has no BYOK credential named "
				"'%s'. Configured aliases: %s",
		provider->segment, alias, buf_cstring(&names));
	gateway_error(passage->answer, GATEWAY_NO_ALIAS, message);
	free(message);
	return false;
}

/* Neither sent nor stored: may Cloudflare pay? */
static bool check_billing(struct passage *passage)
{
	const struct settings *settings = &passage->emulator->settings;
	const struct provider_state *provider = passage->provider;

	if (settings->byok_only ||
		request_flag(passage->request, "cf-aig-no-wholesale") ||
		passage->token_was_key)
		return refuse(passage, GATEWAY_NO_CREDENTIALS);
	if (!provider->upstream->unified_billing)
		return true; /* goes on without a key */
	if (!settings->authentication)
		return refuse(passage, GATEWAY_OPEN_NO_BILLING);
	if (!settings->credits)
		return refuse(passage, GATEWAY_NO_CREDITS);
	passage->key = provider->keys.count ? provider->keys.items[0] : NULL;
	return passage->key || refuse(passage, GATEWAY_NOT_SOLD);
}

/* A header of the client wins over a stored key, whatever its value. */
static bool check_credentials(struct passage *passage)
{
	const struct provider_state *provider = passage->provider;
	const char *alias =
		request_header(passage->request, "cf-aig-byok-alias");

	if (has_credential(passage)) {
		passage->key = passage->compat
			? request_bearer(passage->request, "authorization")
			: upstream_key(provider->upstream, passage->request);
		if (passage->key && !*passage->key)
			passage->key = NULL;
		return true;
	}
	passage->key = provider_stored(provider, alias ? alias : "default");
	if (passage->key)
		return true;
	if (alias)
		return refuse_alias(passage, alias);
	return check_billing(passage);
}

static bool check_policy(struct passage *passage)
{
	const struct fault *fault =
		fault_take(&passage->emulator->settings, FAULT_POLICY);

	if (!fault)
		return true;
	fault_answer(fault, NULL, passage->answer);
	return false;
}

static bool check_cache(struct passage *passage)
{
	const struct request *request = passage->request;

	passage->caches = passage->emulator->settings.cache &&
		text_equal(request->method, "POST");
	if (!passage->caches)
		return true;
	cache_key(passage->cache_key, request, passage->key);
	if (request_flag(request, "cf-aig-skip-cache") ||
		request_flag(request, "cf-skip-cache") ||
		!cache_find(&passage->emulator->cache, passage->cache_key,
			passage->answer))
		return true;
	answer_header(passage->answer, "cf-aig-cache-status", "HIT");
	snprintf(passage->answer->outcome, sizeof(passage->answer->outcome),
		"cache HIT");
	return false;
}

/* Cloudflare gives up on a provider that is slower than the client says. */
static bool check_deadline(struct passage *passage)
{
	const char *text =
		request_header(passage->request, "cf-aig-request-timeout");
	uint64_t limit_ms;

	if (!text ||
		!number_parse(text, strlen(text), 1, INT32_MAX, &limit_ms) ||
		(uint64_t)passage->answer->latency_ms <= limit_ms)
		return true;
	passage->answer->latency_ms = (int)limit_ms;
	return refuse(passage, GATEWAY_NO_RESPONSE);
}

static bool check_provider_fault(struct passage *passage)
{
	const struct fault *fault =
		fault_take(&passage->emulator->settings, FAULT_PROVIDER);

	if (!fault)
		return true;
	fault_answer(
		fault, passage->provider->upstream->dialect, passage->answer);
	return false;
}

/* "/v1" at the end, as some say the gateway cuts off a base_url. */
static size_t size_without_version(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash && slash[1] == 'v' && text_is_digit(slash[2]) && !slash[3])
		return (size_t)(slash - path);
	return strlen(path);
}

/* The path at the provider. */
static char *upstream_path(const struct passage *passage)
{
	const struct settings *settings = &passage->emulator->settings;
	const struct provider_state *provider = passage->provider;
	const bool custom = text_starts_with(provider->segment, "custom-");
	const char *rest = passage->rest;
	size_t base = strlen(provider->base_path);

	if (passage->compat && !custom)
		return memory_printf(
			"%s/chat/completions", provider->upstream->root);
	if (passage->compat)
		rest = settings->compat_custom_path;
	if (custom && settings->strip_version)
		base = size_without_version(provider->base_path);
	if (provider->upstream->version_optional &&
		text_starts_with(rest, "v1/"))
		rest += strlen("v1/");
	return memory_printf("%.*s/%s", (int)base, provider->base_path, rest);
}

static bool call_provider(struct passage *passage)
{
	char *path = upstream_path(passage);
	const struct upstream *upstream = passage->provider->upstream;
	const struct upstream_call call = {
		.provider = passage->provider,
		.request = passage->request,
		.path = path,
		.key = passage->key,
		.model = passage->model,
		.api = passage->compat ? API_SHAPE_OPENAI : upstream->api,
	};

	upstream_answer(&call, passage->answer);
	free(path);
	return true;
}

static bool remember(struct passage *passage)
{
	struct answer *answer = passage->answer;

	if (!passage->caches || answer->status != 200 ||
		answer->delivery != DELIVER_WHOLE)
		return true;
	answer_header(answer, "cf-aig-cache-status", "MISS");
	cache_store(&passage->emulator->cache, passage->cache_key, answer);
	return true;
}

/* Cloudflare's order: what is wrong first is what the client hears of. */
static check *const checks[] = {
	check_gateway,
	check_token,
	check_provider,
	check_rate,
	check_credentials,
	check_policy,
	check_cache,
	check_deadline,
	check_provider_fault,
	call_provider,
	remember,
};

void gateway_answer(struct emulator *emulator, const struct request *request,
	struct answer *answer)
{
	struct passage passage = {
		.emulator = emulator,
		.request = request,
		.answer = answer,
	};
	const struct fault *fault;

	if (emulator->settings.early_headers)
		trace_ids(answer);
	read_path(&passage);
	for (size_t i = 0; i < ARRAY_SIZE(checks); i++)
		if (!checks[i](&passage))
			break;
	json_decref(passage.compat_body);
	fault = fault_take(&emulator->settings, FAULT_DELIVERY);
	if (fault)
		fault_answer(fault, NULL, answer);
}
