/* SPDX-License-Identifier: MIT */
#include "emulator/rest_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static json_t *gateway_record(const struct rest_call *call, const char *id)
{
	const struct settings *settings = &call->emulator->settings;
	json_t *record = json_pack("{ss sb sb si sb si sn ss sb ss ss}", "id",
		id, "authentication", settings->authentication,
		"cache_invalidate_on_update", 1, "cache_ttl", 0, "collect_logs",
		1, "rate_limiting_interval", 0, "rate_limiting_limit",
		"rate_limiting_technique", "fixed", "is_default",
		text_equal(id, "default"), "created_at", "2026-11-01T10:00:00Z",
		"modified_at", "2026-11-01T10:00:00Z");

	json_object_update(
		record, json_object_get(call->emulator->rest.gateways, id));
	return record;
}

void rest_list_gateways(struct rest_call *call)
{
	const struct texts *gateways = &call->emulator->settings.gateways;
	char *search = rest_argument(call, "search");
	json_t *items = json_array();

	for (size_t i = 0; i < gateways->count; i++)
		if (!search || strstr(gateways->items[i], search))
			json_array_append_new(items,
				gateway_record(call, gateways->items[i]));
	free(search);
	rest_list(call, items);
}

void rest_create_gateway(struct rest_call *call)
{
	struct emulator *emulator = call->emulator;
	const char *id = rest_required(call, "id");

	if (!id)
		return;
	if (texts_has(&emulator->settings.gateways, id)) {
		rest_fail(call, 409, 7001, "Gateway already exists");
		return;
	}
	texts_add(&emulator->settings.gateways, id);
	if (!emulator->rest.gateways)
		emulator->rest.gateways = json_object();
	json_object_set(emulator->rest.gateways, id, call->body);
	rest_succeed(call, gateway_record(call, id));
}

/* Whether the gateway of the path exists; else 404 was said. */
static bool find_gateway(struct rest_call *call)
{
	if (texts_has(&call->emulator->settings.gateways, call->parts[1]))
		return true;
	rest_fail(call, 404, 7002, "Gateway not found");
	return false;
}

void rest_get_gateway(struct rest_call *call)
{
	if (find_gateway(call))
		rest_succeed(call, gateway_record(call, call->parts[1]));
}

void rest_gateway_url(struct rest_call *call)
{
	const char *host = request_header(call->request, "host");

	if (find_gateway(call))
		rest_succeed(call,
			json_sprintf("http://%s/v1/%s/%s/%s",
				host ? host : "localhost", call->parts[0],
				call->parts[1], call->parts[2]));
}

/* As the API previews a key: its end. */
static json_t *preview(const char *value)
{
	const size_t size = strlen(value);

	return json_sprintf("****%s", size >= 12 ? value + size - 4 : "");
}

void rest_list_stored(struct rest_call *call)
{
	const struct settings *settings = &call->emulator->settings;
	json_t *items = json_array();

	for (size_t i = 0; i < settings->provider_count; i++) {
		const struct provider_state *provider = &settings->providers[i];

		for (size_t j = 0; j < provider->stored_count; j++)
			json_array_append_new(items,
				json_pack("{ss ss sb so}", "provider_slug",
					provider->segment, "alias",
					provider->stored[j].alias,
					"default_config",
					text_equal(provider->stored[j].alias,
						"default"),
					"secret_preview",
					preview(provider->stored[j].value)));
	}
	if (find_gateway(call))
		rest_list(call, items);
	else
		json_decref(items);
}

void rest_create_stored(struct rest_call *call)
{
	const char *slug = rest_required(call, "provider_slug");
	const char *alias = slug ? rest_required(call, "alias") : NULL;
	const char *secret = alias ? rest_required(call, "secret") : NULL;
	struct provider_state *provider;
	struct error err;

	if (!secret || !find_gateway(call))
		return;
	provider = settings_provider(&call->emulator->settings, slug, &err);
	if (!provider) {
		rest_fail(call, 400, 7001, "Invalid provider");
		return;
	}
	provider_store(provider, alias, secret);
	rest_succeed(call,
		json_pack("{ss ss so}", "provider_slug", slug, "alias", alias,
			"secret_preview", preview(secret)));
}

static json_t *provider_record(
	struct rest_call *call, const struct provider_state *provider)
{
	const char *slug = provider->segment + strlen("custom-");
	json_t *made = json_object_get(call->emulator->rest.providers, slug);
	json_t *record =
		json_pack("{ss ss ss ss so sb sb}", "id", slug, "account_id",
			call->parts[0], "name", slug, "slug", slug, "base_url",
			json_sprintf("https://api.%s.example%s", slug,
				provider->base_path),
			"enable", provider->enabled, "beta", 0);

	json_object_update(record, made);
	return record;
}

void rest_list_providers(struct rest_call *call)
{
	const struct settings *settings = &call->emulator->settings;
	json_t *items = json_array();

	for (size_t i = 0; i < settings->provider_count; i++)
		if (text_starts_with(settings->providers[i].segment, "custom-"))
			json_array_append_new(items,
				provider_record(call, &settings->providers[i]));
	rest_list(call, items);
}

/* The path of an https URL: what the gateway puts before the client's. */
static const char *path_of(const char *base_url)
{
	const char *path = strchr(base_url + strlen("https://"), '/');

	return path && path[1] ? path : "";
}

void rest_create_provider(struct rest_call *call)
{
	struct emulator *emulator = call->emulator;
	const char *name = rest_required(call, "name");
	const char *slug = name ? rest_required(call, "slug") : NULL;
	const char *url = slug ? rest_required(call, "base_url") : NULL;
	struct provider_state *provider;
	struct error err;
	char *segment;

	if (!url)
		return;
	if (!text_starts_with(url, "https://")) {
		rest_fail(call, 400, 1002,
			"base_url must be a valid HTTPS URL starting with "
			"https://");
		return;
	}
	segment = memory_printf("custom-%s", slug);
	if (settings_find(&emulator->settings, segment, strlen(segment)))
		rest_fail(call, 409, 1003,
			"A custom provider with this slug already exists");
	else if (!(provider = settings_provider(
			   &emulator->settings, segment, &err)))
		rest_fail(call, 400, 7001, "Invalid slug");
	else {
		provider->enabled =
			json_is_true(json_object_get(call->body, "enable"));
		provider_set_base_path(provider, path_of(url));
		if (!emulator->rest.providers)
			emulator->rest.providers = json_object();
		json_object_set(emulator->rest.providers, slug, call->body);
		rest_succeed(call, provider_record(call, provider));
	}
	free(segment);
}
