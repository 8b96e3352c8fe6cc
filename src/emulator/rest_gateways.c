/* SPDX-License-Identifier: MIT */
#include "emulator/rest_internal.h"

#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"

#include <string.h>

static json_t *gateway_record(const struct rest_call *call, const char *id)
{
	const struct settings *settings = &call->emulator->settings;
	json_t *record = json_build(
		"{id:%s, authentication:%b, byok_only:%b, "
		"cache_invalidate_on_update:true, cache_ttl:0, "
		"collect_logs:true, rate_limiting_interval:0, "
		"rate_limiting_limit:null, rate_limiting_technique:'fixed', "
		"is_default:%b, created_at:'2026-11-01T10:00:00Z', "
		"modified_at:'2026-11-01T10:00:00Z'}",
		id, settings->authentication, settings->byok_only,
		text_equal(id, "default"));

	json_put_all(
		record, json_object_get(call->emulator->rest.gateways, id));
	return record;
}

void rest_list_gateways(struct rest_call *call)
{
	OWNED char *search = rest_argument(call, "search");
	json_t *items = json_new_list();

	JSON_EACH(gateway, call->emulator->settings.gateways) {
		const char *id = json_string_value(gateway.value);
		if (!search || strstr(id, search))
			json_push(items, gateway_record(call, id));
	}
	rest_list(call, items);
}

/* Whether the gateway of the path exists; else 404 was said. */
static bool find_gateway(struct rest_call *call)
{
	if (json_lists(call->emulator->settings.gateways, call->parts[1]))
		return true;
	rest_fail(call, 404, 7002, "Gateway not found");
	return false;
}

/* What create and change both ask for; else 400 was said. */
static bool has_members(struct rest_call *call)
{
	static const char *const required[] = { "cache_invalidate_on_update",
		"cache_ttl", "collect_logs", "rate_limiting_interval",
		"rate_limiting_limit", NULL };

	for (const char *const *member = required; *member; member++) {
		if (json_object_get(call->body, *member))
			continue;
		rest_refuse_member(call, 400, 7001, "Required", *member);
		return false;
	}
	return true;
}

/* Keeps the body as the gateway's settings and shows it. */
static void keep_gateway(struct rest_call *call, const char *id)
{
	struct rest_state *state = &call->emulator->rest;

	if (!state->gateways)
		state->gateways = json_new_object();
	json_put_text(call->body, "id", id);
	json_put_shared(state->gateways, id, call->body);
	rest_succeed(call, gateway_record(call, id));
}

void rest_create_gateway(struct rest_call *call)
{
	json_t *gateways = call->emulator->settings.gateways;
	const char *id = rest_required(call, "id");

	if (!id || !has_members(call))
		return;
	if (json_lists(gateways, id)) {
		rest_fail(call, 409, 7001, "Gateway already exists");
		return;
	}
	/* The body's own is given up for this one. */
	OWNED char *name = memory_text(id);
	json_push_text(gateways, name);
	keep_gateway(call, name);
}

/* What the body leaves out goes back to its default. */
void rest_change_gateway(struct rest_call *call)
{
	if (find_gateway(call) && has_members(call))
		keep_gateway(call, call->parts[1]);
}

void rest_delete_gateway(struct rest_call *call)
{
	if (!find_gateway(call))
		return;
	json_object_del(call->emulator->rest.gateways, call->parts[1]);
	json_drop(call->emulator->settings.gateways, call->parts[1]);
	rest_succeed(call, json_build("{id:%s}", call->parts[1]));
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
			json_new_printf("%s://%s/v1/%s/%s/%s",
				call->emulator->settings.certificate ? "https"
								     : "http",
				host ? host : "localhost", call->parts[0],
				call->parts[1], call->parts[2]));
}

/* As the API previews a key: its end. */
static json_t *preview(const char *value)
{
	const size_t size = strlen(value);

	return json_new_printf("****%s", size >= 12 ? value + size - 4 : "");
}

void rest_list_stored(struct rest_call *call)
{
	const struct settings *settings = &call->emulator->settings;
	json_t *items = json_new_list();

	for (size_t i = 0; i < settings->provider_count; i++) {
		const struct provider_state *provider = &settings->providers[i];

		JSON_EACH_MEMBER(key, provider->stored)
			json_push(items,
				json_build(
					"{provider_slug:%s, alias:%s, "
					"default_config:%b, secret_preview:%o}",
					provider->segment, key.name,
					text_equal(key.name, "default"),
					preview(json_string_value(key.value))));
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
		json_build("{provider_slug:%s, alias:%s, secret_preview:%o}",
			slug, alias, preview(secret)));
}
