/* SPDX-License-Identifier: MIT */
#include "emulator/exchange.h"

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "emulator/answer.h"
#include "emulator/canned.h"
#include "emulator/relay.h"
#include "os/clock.h"

#include <stdio.h>
#include <string.h>

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

static void read_path(struct exchange *exchange)
{
	const char *path = exchange->request->path + strlen("/v1");

	exchange->account_size = cut_segment(&path, &exchange->account);
	exchange->gateway_size = cut_segment(&path, &exchange->gateway);
	exchange->segment_size = cut_segment(&path, &exchange->segment);
	exchange->rest = *path == '/' ? path + 1 : path;
	exchange->compat =
		text_is(exchange->segment, exchange->segment_size, "compat");
}

/* The token in its own header, or alone in the provider's. */
static bool has_token(struct exchange *exchange)
{
	const struct settings *settings = &exchange->emulator->settings;
	const char *token =
		request_bearer(exchange->request, "cf-aig-authorization");

	if (request_header(exchange->request, "cf-aig-authorization"))
		return token && json_lists(settings->tokens, token);
	token = request_bearer(exchange->request, "authorization");
	exchange->token_was_key = settings->token_in_authorization && token &&
		json_lists(settings->tokens, token);
	return exchange->token_was_key;
}

/* Cloudflare makes `default` on its first authenticated request. */
static bool makes_default(struct exchange *exchange, const char *name)
{
	if (!text_equal(name, "default") || !has_token(exchange))
		return false;
	json_push_text(exchange->emulator->settings.gateways, name);
	return true;
}

static bool check_gateway(struct exchange *exchange)
{
	const struct settings *settings = &exchange->emulator->settings;
	SCOPED(buf) struct buf name = BUF(ANSWER_BODY_LIMIT);

	buf_append(&name, exchange->gateway, exchange->gateway_size);
	if (!text_is(exchange->account, exchange->account_size,
		    settings->account) ||
		(!json_lists(settings->gateways, buf_cstring(&name)) &&
			!makes_default(exchange, buf_cstring(&name))))
		return exchange_refuse(exchange, GATEWAY_NOT_FOUND);
	exchange->authentication = rest_gateway_flag(&exchange->emulator->rest,
		buf_cstring(&name), "authentication", settings->authentication);
	exchange->byok_only = rest_gateway_flag(&exchange->emulator->rest,
		buf_cstring(&name), "byok_only", settings->byok_only);
	return true;
}

static bool check_token(struct exchange *exchange)
{
	if (!exchange_survives(exchange, FAULT_TOKEN))
		return false;
	if (exchange->authentication && !has_token(exchange))
		return exchange_refuse(exchange, GATEWAY_UNAUTHORIZED);
	trace_ids(exchange->answer);
	return true;
}

static bool check_provider(struct exchange *exchange)
{
	const struct settings *settings = &exchange->emulator->settings;

	if (exchange->compat)
		return check_compat(exchange);
	exchange->provider = settings_find(
		settings, exchange->segment, exchange->segment_size);
	if (!exchange->provider || !exchange->provider->enabled)
		return exchange_refuse(exchange, GATEWAY_INVALID_PROVIDER);
	return true;
}

static bool check_rate(struct exchange *exchange)
{
	struct emulator *emulator = exchange->emulator;
	struct settings *settings = &emulator->settings;
	const int64_t now = clock_monotonic_ms();

	if (!exchange_survives(exchange, FAULT_LIMIT))
		return false;
	if (settings->rate_limit == 0)
		return true;
	if (now - emulator->window_began_ms >= settings->rate_interval_ms) {
		emulator->window_began_ms = now;
		emulator->window_requests = 0;
	}
	if (++emulator->window_requests > settings->rate_limit)
		return exchange_refuse(exchange, GATEWAY_RATE_LIMITED);
	return true;
}

static bool check_policy(struct exchange *exchange)
{
	return exchange_survives(exchange, FAULT_POLICY);
}

static bool reads_cache(const struct exchange *exchange)
{
	if (fault_take(&exchange->emulator->settings, FAULT_CACHE))
		return true;
	return exchange->caches &&
		!request_flag(exchange->request, "cf-aig-skip-cache") &&
		!request_flag(exchange->request, "cf-skip-cache");
}

static bool check_cache(struct exchange *exchange)
{
	const struct request *request = exchange->request;
	struct answer *answer = exchange->answer;

	if (!text_equal(request->method, "POST"))
		return true;
	cache_key(exchange->cache_key, request, exchange->key);
	/* A key of the client's own caches even where nothing else does. */
	exchange->caches = exchange->emulator->settings.cache ||
		request_header(request, "cf-aig-cache-key");
	if (!reads_cache(exchange) ||
		!cache_find(&exchange->emulator->cache, exchange->cache_key,
			answer))
		return true;
	answer_header(answer, "cf-aig-cache-status", "HIT");
	snprintf(answer->outcome, sizeof(answer->outcome), "cache HIT");
	return false;
}

/* Cloudflare gives up on a provider that is slower than the client says. */
static bool check_deadline(struct exchange *exchange)
{
	const char *text =
		request_header(exchange->request, "cf-aig-request-timeout");
	uint64_t limit_ms;

	exchange->answer->latency_ms += exchange->provider->latency_ms;
	if (!text ||
		!number_parse(text, strlen(text), 1, INT32_MAX, &limit_ms) ||
		(uint64_t)exchange->answer->latency_ms <= limit_ms)
		return true;
	exchange->answer->latency_ms = (int)limit_ms;
	return exchange_refuse(exchange, GATEWAY_NO_RESPONSE);
}

static bool check_call(struct exchange *exchange)
{
	return exchange_survives(exchange, FAULT_CALL);
}

static bool check_provider_fault(struct exchange *exchange)
{
	return exchange_survives(exchange, FAULT_PROVIDER);
}

/* "/v1" at the end, as some say the gateway cuts off a base_url. */
static size_t size_without_version(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (slash && slash[1] == 'v' && text_is_digit(slash[2]) && !slash[3])
		return (size_t)(slash - path);
	return strlen(path);
}

/* One part of the path is "v1", "v4", "v1beta". */
static bool has_version(const char *path)
{
	while (*path) {
		if (path[0] == 'v' && text_is_digit(path[1]))
			return true;
		path += strcspn(path, "/");
		path += *path == '/';
	}
	return false;
}

/* The path at the provider. */
static char *upstream_path(const struct exchange *exchange)
{
	const struct settings *settings = &exchange->emulator->settings;
	const struct provider_state *provider = exchange->provider;
	const bool custom = text_starts_with(provider->segment, "custom-");
	const char *rest = exchange->rest;
	size_t base = strlen(provider->base_path);

	if (exchange->compat && !custom)
		return memory_printf(
			"%s/chat/completions", provider->upstream->root);
	if (exchange->compat)
		rest = settings->compat_custom_path;
	if (custom && settings->strip_version)
		base = size_without_version(provider->base_path);
	for (size_t i = provider->upstream->host_parts; i > 0 && *rest; i--) {
		rest += strcspn(rest, "/");
		rest += *rest == '/';
	}
	if (provider->upstream->version_optional &&
		text_starts_with(rest, "v1/"))
		rest += strlen("v1/");
	return memory_printf("%.*s/%s%s", (int)base, provider->base_path,
		custom && settings->add_version && !has_version(rest) ? "v1/"
								      : "",
		rest);
}

static bool call_provider(struct exchange *exchange)
{
	OWNED char *path = upstream_path(exchange);
	const struct upstream *upstream = exchange->provider->upstream;
	const struct upstream_call call = {
		.provider = exchange->provider,
		.request = exchange->request,
		.path = path,
		.key = exchange->key,
		.model = exchange->model,
		.api = exchange->compat ? API_SHAPE_OPENAI : upstream->api,
	};

	if (canned_answers(exchange->provider->canned, exchange->request, path,
		    exchange->answer))
		; /* played as it was laid down */
	else if (exchange->provider->url)
		relay_plan(&call, exchange->answer);
	else
		upstream_answer(&call, exchange->answer);
	return true;
}

static bool remember(struct exchange *exchange)
{
	struct answer *answer = exchange->answer;

	if (!exchange->caches || answer->relay_url || answer->status != 200 ||
		answer->delivery != DELIVER_WHOLE)
		return true;
	answer_header(answer, "cf-aig-cache-status", "MISS");
	cache_store(&exchange->emulator->cache, exchange->cache_key, answer);
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
	check_call,
	check_provider_fault,
	call_provider,
	remember,
};

void gateway_answer(struct emulator *emulator, const struct request *request,
	struct answer *answer)
{
	struct exchange exchange = {
		.emulator = emulator,
		.request = request,
		.answer = answer,
	};

	if (emulator->settings.early_headers)
		trace_ids(answer);
	read_path(&exchange);
	for (size_t i = 0; i < ARRAY_SIZE(checks); i++)
		if (!checks[i](&exchange))
			break;
	json_decref(exchange.compat_body);
	if (answer->delivery == DELIVER_EVENTS)
		(void)exchange_survives(&exchange, FAULT_STREAM);
	(void)exchange_survives(&exchange, FAULT_DELIVERY);
}
