/* SPDX-License-Identifier: MIT */
#include "emulator/settings.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "emulator/fault.h"
#include "url/url.h"

#include <stdlib.h>
#include <string.h>

static struct provider_state *add_provider(struct settings *settings,
	const char *segment, const struct upstream *upstream)
{
	MEMORY_PUSH(settings->providers, settings->provider_count,
		(struct provider_state){
			.segment = memory_text(segment),
			.upstream = upstream,
			.base_path = memory_text(upstream->base_path),
			.dialect = upstream->dialect,
			.keys = json_new_list(),
			.models = json_new_list(),
			.stored = json_new_object(),
			.enabled = true,
		});
	struct provider_state *provider =
		&settings->providers[settings->provider_count - 1];

	for (const char *const *model = upstream->models; *model; model++)
		json_push_text(provider->models, *model);
	return provider;
}

void settings_init(struct settings *settings)
{
	*settings = (struct settings){
		.account = memory_text(DEMO_ACCOUNT),
		.gateways = json_new_list(),
		.tokens = json_new_list(),
		.api_tokens = json_new_list(),
		.authentication = true,
		.cache = true,
		.token_in_authorization = true,
		.compat_custom_path = memory_text("chat/completions"),
		.rate_interval_ms = 60000,
		.port = DEFAULT_PORT,
	};
	for (const struct upstream *row = upstreams; row->segment; row++)
		if (!text_starts_with(row->segment, "custom-"))
			add_provider(settings, row->segment, row);
}

void provider_release(struct provider_state *provider)
{
	json_decref(provider->keys);
	json_decref(provider->models);
	json_decref(provider->stored);
	json_decref(provider->canned);
	json_decref(provider->canned_direct);
	free(provider->segment);
	free(provider->base_path);
	free(provider->url);
}

void settings_release(struct settings *settings)
{
	for (size_t i = 0; i < settings->provider_count; i++)
		provider_release(&settings->providers[i]);
	free(settings->providers);
	free(settings->state_path);
	free(settings->account);
	free(settings->compat_custom_path);
	free(settings->certificate);
	if (settings->private_key)
		memory_free(
			settings->private_key, strlen(settings->private_key));
	json_decref(settings->gateways);
	json_decref(settings->tokens);
	json_decref(settings->api_tokens);
	free(settings->faults);
	*settings = (struct settings){ 0 };
}

/* What a newcomer finds: four built-in providers and custom-xiaomi. */
static void add_demo_keys(struct settings *settings)
{
	for (const struct upstream *row = upstreams; row->segment; row++) {
		struct provider_state *provider;

		if (!row->demo_key)
			continue;
		provider = settings_find(
			settings, row->segment, strlen(row->segment));
		if (!provider)
			provider = add_provider(settings, row->segment, row);
		if (json_array_size(provider->keys) == 0)
			json_push_text(provider->keys, row->demo_key);
	}
}

void settings_finish(struct settings *settings)
{
	if (json_array_size(settings->gateways) == 0)
		json_push_text(settings->gateways, DEMO_GATEWAY);
	if (json_array_size(settings->tokens) == 0)
		json_push_text(settings->tokens, DEMO_TOKEN);
	if (json_array_size(settings->api_tokens) == 0)
		json_push_text(settings->api_tokens, DEMO_API_TOKEN);
	if (!settings->providers_given)
		add_demo_keys(settings);
}

void settings_put_text(char **at, const char *text)
{
	free(*at);
	*at = text ? memory_text(text) : NULL;
}

struct provider_state *settings_find(
	const struct settings *settings, const char *segment, size_t size)
{
	for (size_t i = 0; i < settings->provider_count; i++)
		if (text_is(segment, size, settings->providers[i].segment))
			return &settings->providers[i];
	return NULL;
}

struct provider_state *settings_provider(
	struct settings *settings, const char *segment, struct error *err)
{
	const size_t size = strlen(segment);
	struct provider_state *provider =
		settings_find(settings, segment, size);
	const struct upstream *upstream;

	if (provider)
		return provider;
	if (!text_starts_with(segment, "custom-") || strchr(segment, '/') ||
		size == strlen("custom-")) {
		error_set(err, STATUS_INVALID,
			_("%s is not a provider's segment"), segment);
		error_next(err,
			_("give a built-in one (openai, anthropic, deepseek, "
			  "...) or custom-<slug>"));
		return NULL;
	}
	upstream = upstream_find(segment, size);
	return add_provider(
		settings, segment, upstream ? upstream : &upstream_custom);
}

void settings_remove(struct settings *settings, struct provider_state *provider)
{
	const size_t behind = settings->provider_count - 1 -
		(size_t)(provider - settings->providers);

	provider_release(provider);
	memmove(provider, provider + 1, behind * sizeof(*provider));
	settings->provider_count--;
}

void provider_store(
	struct provider_state *provider, const char *alias, const char *value)
{
	json_put_text(provider->stored, alias, value);
	json_push_once(provider->keys, value);
}

bool provider_check_url(const char *text, struct error *err)
{
	SCOPED(url) struct url url = { 0 };

	if (!url_parse(text, &url, err) || !url_check_scheme(&url, err))
		return false;
	return (!*url.path && !url.query) ||
		error_set(err, STATUS_USAGE,
			_("an upstream is only the provider's host; its path "
			  "is its base-url's"));
}

static bool refuse_fault(const char *text, struct error *err)
{
	error_set(err, STATUS_USAGE, _("no fault is named %s"), text);
	return error_next(err, _("`aig-emulator --fault help` lists them"));
}

bool settings_add_fault(
	struct settings *settings, const char *text, struct error *err)
{
	const char *colon = strchr(text, ':');
	const size_t size = colon ? (size_t)(colon - text) : strlen(text);
	const struct fault *fault = fault_find(text, size);
	uint64_t count = 0;

	if (!fault)
		return refuse_fault(text, err);
	if (colon &&
		!number_parse(
			colon + 1, strlen(colon + 1), 1, 1000000, &count)) {
		error_set(err, STATUS_USAGE, _("%s: the count is not a number"),
			text);
		return error_next(err,
			_("give %s:3 for the next three requests"),
			fault->name);
	}
	MEMORY_PUSH(settings->faults, settings->fault_count,
		(struct fault_state){
			fault,
			colon ? (int64_t)count : fault->count,
		});
	return true;
}

void settings_clear_faults(struct settings *settings)
{
	free(settings->faults);
	settings->faults = NULL;
	settings->fault_count = 0;
}
