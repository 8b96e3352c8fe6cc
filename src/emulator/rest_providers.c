/* SPDX-License-Identifier: MIT */
#include "emulator/rest_internal.h"

#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define PREFIX "custom-"
#define UUID_SIZE 37

static void make_uuid(char out[UUID_SIZE])
{
	char id[REST_ID_SIZE];

	rest_make_id(id);
	snprintf(out, UUID_SIZE, "%.8s-%.4s-4%.3s-8%.3s-%.12s", id, id + 8,
		id + 12, id + 15, id + 18);
}

/* What is known of the provider beside the settings, its id among it. */
static json_t *extra(struct rest_call *call, const char *slug)
{
	struct rest_state *state = &call->emulator->rest;
	char id[UUID_SIZE];
	json_t *found;

	if (!state->providers)
		state->providers = json_new_object();
	found = json_object_get(state->providers, slug);
	if (found)
		return found;
	make_uuid(id);
	found = json_build("{id:%s}", id);
	json_put(state->providers, slug, found);
	return found;
}

static const char *slug_of(const struct provider_state *provider)
{
	return provider->segment + strlen(PREFIX);
}

static json_t *provider_record(
	struct rest_call *call, const struct provider_state *provider)
{
	const char *slug = slug_of(provider);
	json_t *record = json_build(
		"{account_id:%s, account_tag:%s, name:%s, slug:%s, "
		"base_url:%o, enable:%b, beta:false, description:null, "
		"link:null, created_at:1700000000, modified_at:1700000000}",
		call->parts[0], call->parts[0], slug, slug,
		json_new_printf(
			"https://api.%s.example%s", slug, provider->base_path),
		provider->enabled);

	json_put_all(record, extra(call, slug));
	json_put_text(record, "slug", slug);
	json_put(record, "enable", json_boolean(provider->enabled));
	return record;
}

/* Whether ?enable and ?search leave it in the list. */
static bool listed(const struct provider_state *provider, const char *enable,
	const char *search)
{
	return text_starts_with(provider->segment, PREFIX) &&
		(!enable || text_equal(enable, "true") == provider->enabled) &&
		(!search || strstr(slug_of(provider), search));
}

void rest_list_providers(struct rest_call *call)
{
	const struct settings *settings = &call->emulator->settings;
	OWNED char *enable = rest_argument(call, "enable");
	OWNED char *search = rest_argument(call, "search");
	json_t *items = json_new_list();

	for (size_t i = 0; i < settings->provider_count; i++)
		if (listed(&settings->providers[i], enable, search))
			json_push(items,
				provider_record(call, &settings->providers[i]));
	rest_list(call, items);
}

/* The provider of that id, or NULL after 404 was said. */
static struct provider_state *find_provider(struct rest_call *call)
{
	struct settings *settings = &call->emulator->settings;

	for (size_t i = 0; i < settings->provider_count; i++) {
		struct provider_state *provider = &settings->providers[i];
		const char *id;

		if (!text_starts_with(provider->segment, PREFIX))
			continue;
		id = json_text(extra(call, slug_of(provider)), "id");
		if (text_equal_or_null(id, call->parts[1]))
			return provider;
	}
	rest_fail(call, 404, 1004, "Custom Provider not found");
	return NULL;
}

void rest_get_provider(struct rest_call *call)
{
	const struct provider_state *provider = find_provider(call);

	if (provider)
		rest_succeed(call, provider_record(call, provider));
}

static bool check_url(struct rest_call *call, const char *url)
{
	if (text_starts_with(url, "https://"))
		return true;
	rest_refuse_member(call, 400, 1002,
		"base_url must be a valid HTTPS URL starting with https://",
		"base_url");
	return false;
}

/* The path of an https URL: what the gateway puts before the client's. */
static const char *path_of(const char *base_url)
{
	const char *path = strchr(base_url + strlen("https://"), '/');

	return path && path[1] ? path : "";
}

/* Takes what the body says of the provider and shows it. */
static void take(struct rest_call *call, struct provider_state *provider)
{
	const json_t *enable = json_object_get(call->body, "enable");
	const char *url = json_text(call->body, "base_url");

	if (enable)
		provider->enabled = json_is_true(enable);
	if (url)
		settings_put_text(&provider->base_path, path_of(url));
	json_object_del(call->body, "id");
	json_put_all(extra(call, slug_of(provider)), call->body);
	rest_succeed(call, provider_record(call, provider));
}

void rest_create_provider(struct rest_call *call)
{
	struct settings *settings = &call->emulator->settings;
	const char *name = rest_required(call, "name");
	const char *slug = name ? rest_required(call, "slug") : NULL;
	const char *url = slug ? rest_required(call, "base_url") : NULL;
	struct provider_state *provider;
	struct error err;

	if (!url || !check_url(call, url))
		return;
	OWNED char *segment = memory_printf(PREFIX "%s", slug);
	if (settings_find(settings, segment, strlen(segment)))
		rest_fail(call, 409, 1003,
			"A custom provider with this slug already exists");
	else if (!(provider = settings_provider(settings, segment, &err)))
		rest_fail(call, 400, 7001, "Invalid slug");
	else {
		provider->enabled = false; /* until somebody says otherwise */
		take(call, provider);
	}
}

void rest_change_provider(struct rest_call *call)
{
	struct provider_state *provider = find_provider(call);
	const char *url = json_text(call->body, "base_url");

	if (provider && (!url || check_url(call, url)))
		take(call, provider);
}

void rest_delete_provider(struct rest_call *call)
{
	struct provider_state *provider = find_provider(call);

	if (!provider)
		return;
	rest_succeed(call, provider_record(call, provider));
	json_object_del(call->emulator->rest.providers, slug_of(provider));
	settings_remove(&call->emulator->settings, provider);
}
