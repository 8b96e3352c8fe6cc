/* SPDX-License-Identifier: MIT */
#include "emulator/gateway.h"

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "emulator/canned.h"
#include "emulator/gateway_internal.h"
#include "emulator/relay.h"
#include "emulator/trace.h"
#include "os/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool gateway_refuse(struct passage *passage, enum gateway_error error)
{
	gateway_error(passage->answer, error, NULL);
	return false;
}

bool gateway_survives(struct passage *passage, enum fault_stage stage)
{
	const struct fault *fault =
		fault_take(&passage->emulator->settings, stage);

	if (fault)
		fault_answer(fault,
			passage->provider ? passage->provider->dialect : NULL,
			passage->answer);
	return !fault;
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

/* Cloudflare makes `default` on its first authenticated request. */
static bool makes_default(struct passage *passage, const char *name)
{
	if (!text_equal(name, "default") || !has_token(passage))
		return false;
	texts_add(&passage->emulator->settings.gateways, name);
	return true;
}

static bool check_gateway(struct passage *passage)
{
	const struct settings *settings = &passage->emulator->settings;
	SCOPED(buf) struct buf name = BUF(ANSWER_BODY_LIMIT);

	buf_append(&name, passage->gateway, passage->gateway_size);
	if (!text_is(passage->account, passage->account_size,
		    settings->account) ||
		(!texts_has(&settings->gateways, buf_cstring(&name)) &&
			!makes_default(passage, buf_cstring(&name))))
		return gateway_refuse(passage, GATEWAY_NOT_FOUND);
	passage->authentication = rest_gateway_flag(&passage->emulator->rest,
		buf_cstring(&name), "authentication", settings->authentication);
	passage->byok_only = rest_gateway_flag(&passage->emulator->rest,
		buf_cstring(&name), "byok_only", settings->byok_only);
	return true;
}

static bool check_token(struct passage *passage)
{
	if (!gateway_survives(passage, FAULT_TOKEN))
		return false;
	if (passage->authentication && !has_token(passage))
		return gateway_refuse(passage, GATEWAY_UNAUTHORIZED);
	trace_ids(passage->answer);
	return true;
}

static bool check_provider(struct passage *passage)
{
	const struct settings *settings = &passage->emulator->settings;

	if (passage->compat)
		return check_compat(passage);
	passage->provider = settings_find(
		settings, passage->segment, passage->segment_size);
	if (!passage->provider || !passage->provider->enabled)
		return gateway_refuse(passage, GATEWAY_INVALID_PROVIDER);
	return true;
}

static bool check_rate(struct passage *passage)
{
	struct emulator *emulator = passage->emulator;
	struct settings *settings = &emulator->settings;
	const int64_t now = clock_monotonic_ms();

	if (!gateway_survives(passage, FAULT_LIMIT))
		return false;
	if (settings->rate_limit == 0)
		return true;
	if (now - emulator->window_began_ms >= settings->rate_interval_ms) {
		emulator->window_began_ms = now;
		emulator->window_requests = 0;
	}
	if (++emulator->window_requests > settings->rate_limit)
		return gateway_refuse(passage, GATEWAY_RATE_LIMITED);
	return true;
}

static bool check_policy(struct passage *passage)
{
	return gateway_survives(passage, FAULT_POLICY);
}

static bool reads_cache(const struct passage *passage)
{
	if (fault_take(&passage->emulator->settings, FAULT_CACHE))
		return true;
	return passage->caches &&
		!request_flag(passage->request, "cf-aig-skip-cache") &&
		!request_flag(passage->request, "cf-skip-cache");
}

static bool check_cache(struct passage *passage)
{
	const struct request *request = passage->request;
	struct answer *answer = passage->answer;

	if (!text_equal(request->method, "POST"))
		return true;
	cache_key(passage->cache_key, request, passage->key);
	/* A key of the client's own caches even where nothing else does. */
	passage->caches = passage->emulator->settings.cache ||
		request_header(request, "cf-aig-cache-key");
	if (!reads_cache(passage) ||
		!cache_find(
			&passage->emulator->cache, passage->cache_key, answer))
		return true;
	answer_header(answer, "cf-aig-cache-status", "HIT");
	snprintf(answer->outcome, sizeof(answer->outcome), "cache HIT");
	return false;
}

/* Cloudflare gives up on a provider that is slower than the client says. */
static bool check_deadline(struct passage *passage)
{
	const char *text =
		request_header(passage->request, "cf-aig-request-timeout");
	uint64_t limit_ms;

	passage->answer->latency_ms += passage->provider->latency_ms;
	if (!text ||
		!number_parse(text, strlen(text), 1, INT32_MAX, &limit_ms) ||
		(uint64_t)passage->answer->latency_ms <= limit_ms)
		return true;
	passage->answer->latency_ms = (int)limit_ms;
	return gateway_refuse(passage, GATEWAY_NO_RESPONSE);
}

static bool check_call(struct passage *passage)
{
	return gateway_survives(passage, FAULT_CALL);
}

static bool check_provider_fault(struct passage *passage)
{
	return gateway_survives(passage, FAULT_PROVIDER);
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
	for (size_t i = provider->upstream->host_parts; i > 0 && *rest; i--) {
		rest += strcspn(rest, "/");
		rest += *rest == '/';
	}
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

	if (canned_answers(passage->provider->canned, passage->request, path,
		    passage->answer))
		; /* played as it was laid down */
	else if (passage->provider->url)
		relay_plan(&call, passage->answer);
	else
		upstream_answer(&call, passage->answer);
	free(path);
	return true;
}

static bool remember(struct passage *passage)
{
	struct answer *answer = passage->answer;

	if (!passage->caches || answer->relay_url || answer->status != 200 ||
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
	check_call,
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

	if (emulator->settings.early_headers)
		trace_ids(answer);
	read_path(&passage);
	for (size_t i = 0; i < ARRAY_SIZE(checks); i++)
		if (!checks[i](&passage))
			break;
	json_decref(passage.compat_body);
	if (answer->delivery == DELIVER_EVENTS)
		(void)gateway_survives(&passage, FAULT_STREAM);
	(void)gateway_survives(&passage, FAULT_DELIVERY);
}
