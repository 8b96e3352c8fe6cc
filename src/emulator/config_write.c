/* SPDX-License-Identifier: MIT */
/*
 * Settings to JSON, in the form that config.c reads.
 */
#include "base/json.h"
#include "emulator/dialect.h"
#include "emulator/fault.h"
#include "emulator/settings.h"

static json_t *list_of(const struct texts *texts)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < texts->count; i++)
		json_push_text(list, texts->items[i]);
	return list;
}

static json_t *stored_of(const struct provider_state *provider)
{
	json_t *stored = json_new_object();

	for (size_t i = 0; i < provider->stored_count; i++)
		json_put_text(stored, provider->stored[i].alias,
			provider->stored[i].value);
	return stored;
}

/* A copy, since the original counts down. */
static json_t *rules_or_null(const json_t *rules)
{
	return rules ? json_new_copy(rules) : json_null();
}

static json_t *provider_of(const struct provider_state *provider)
{
	return json_build("{so so so ss sb ss si so so so}", "keys",
		list_of(&provider->keys), "models", list_of(&provider->models),
		"stored", stored_of(provider), "base_path", provider->base_path,
		"enabled", provider->enabled, "dialect",
		provider->dialect->name, "latency_ms", provider->latency_ms,
		"upstream", json_new_text(provider->url), "canned",
		rules_or_null(provider->canned), "canned_direct",
		rules_or_null(provider->canned_direct));
}

/* The faults that have not been used up. */
static json_t *faults_of(const struct settings *settings)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < settings->fault_count; i++) {
		const struct fault_state *state = &settings->faults[i];

		if (state->left > 0)
			json_push(list,
				json_new_printf("%s:%lld", state->fault->name,
					(long long)state->left));
		else if (state->left < 0)
			json_push_text(list, state->fault->name);
	}
	return list;
}

json_t *settings_to_json(const struct settings *settings)
{
	json_t *providers = json_new_object();
	json_t *root;

	for (size_t i = 0; i < settings->provider_count; i++)
		json_put(providers, settings->providers[i].segment,
			provider_of(&settings->providers[i]));
	root = json_build("{ss so so so sb sb sb sb}", "account",
		settings->account, "gateways", list_of(&settings->gateways),
		"tokens", list_of(&settings->tokens), "api_tokens",
		list_of(&settings->api_tokens), "authentication",
		settings->authentication, "byok_only", settings->byok_only,
		"cache", settings->cache, "credits", settings->credits);
	json_object_update_new(root,
		json_build("{sb sb sb sb ss si sI sI sI so so}",
			"early_headers", settings->early_headers,
			"strip_version", settings->strip_version, "add_version",
			settings->add_version, "token_in_authorization",
			settings->token_in_authorization, "compat_custom_path",
			settings->compat_custom_path, "latency_ms",
			settings->latency_ms, "rate_limit",
			(json_int_t)settings->rate_limit, "rate_interval_ms",
			(json_int_t)settings->rate_interval_ms,
			"token_delay_ms", (json_int_t)settings->token_delay_ms,
			"faults", faults_of(settings), "providers", providers));
	return root;
}
