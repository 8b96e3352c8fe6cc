/* SPDX-License-Identifier: MIT */
/*
 * Settings as JSON. Every member may be left out:
 *
 *     {"account": "...", "gateways": ["..."], "tokens": ["..."],
 *      "api_tokens": ["..."],
 *      "authentication": true, "byok_only": false, "cache": true,
 *      "credits": false, "early_headers": false, "strip_version": false,
 *      "add_version": false,
 *      "token_in_authorization": true, "compat_custom_path": "...",
 *      "latency_ms": 0, "rate_limit": 0, "rate_interval_ms": 60000,
 *      "token_delay_ms": 0,
 *      "faults": ["2005:1"],
 *      "providers": {"custom-xiaomi": {"keys": ["..."], "models": ["..."],
 *          "stored": {"default": "..."}, "base_path": "/v1",
 *          "enabled": true, "dialect": "mimo", "latency_ms": 0,
 *          "upstream": null, "canned": null, "canned_direct": null}}}
 *
 * "canned" is described in canned.h; "canned_direct" is the same for
 * /direct/..., which without it has "canned" too.
 */
#include "emulator/settings.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "emulator/canned.h"
#include "emulator/dialect.h"

#include <stdlib.h>

#define LATENCY_MOST 3600000

static bool refuse_type(const char *member, json_type wanted, struct error *err)
{
	const struct json_path path = { NULL, member, 0 };

	json_refuse_type(err, &path, wanted);
	return error_at(err, "settings");
}

static bool take_texts(struct texts *texts, const char *member,
	const json_t *value, struct error *err)
{
	if (!json_is_array(value))
		return refuse_type(member, JSON_ARRAY, err);
	texts_clear(texts);
	JSON_EACH(item, value) {
		if (!json_is_string(item.value))
			return refuse_type(member, JSON_STRING, err);
		texts_add(texts, json_string_value(item.value));
	}
	return true;
}

static bool take_stored(
	struct provider_state *provider, json_t *value, struct error *err)
{
	if (!json_is_object(value))
		return refuse_type("stored", JSON_OBJECT, err);
	provider_forget_stored(provider);
	JSON_EACH_MEMBER(key, value) {
		if (!json_is_string(key.value))
			return refuse_type(key.name, JSON_STRING, err);
		provider_store(
			provider, key.name, json_string_value(key.value));
	}
	return true;
}

static bool take_dialect(struct provider_state *provider,
	const struct json_path *path, const char *name, struct error *err)
{
	const struct dialect *found = dialect_find(name);

	if (!found)
		return json_refuse(
			err, path, _("no dialect is named %s"), name);
	provider->dialect = found;
	return true;
}

static bool take_canned(json_t **rules, const json_t *object,
	const struct json_path *parent, const char *member, struct error *err)
{
	const struct json_path path = { parent, member, 0 };
	json_t *value = json_object_get(object, member);
	json_t *taken;

	if (!value)
		return true;
	if (!canned_take(value, &path, &taken, err))
		return false;
	json_decref(*rules);
	*rules = taken;
	return true;
}

/* What a provider answers with, beside its words. */
static bool take_manner(struct provider_state *provider, const json_t *value,
	const struct json_path *path, struct error *err)
{
	const json_t *upstream = json_object_get(value, "upstream");
	json_int_t latency = provider->latency_ms;
	const char *dialect = provider->dialect->name;
	const char *base_path = NULL;

	if (!json_get_integer(
		    value, path, "latency_ms", JSON_OPTIONAL, &latency, err) ||
		!json_get_text(
			value, path, "dialect", JSON_OPTIONAL, &dialect, err) ||
		!json_get_text(value, path, "base_path", JSON_OPTIONAL,
			&base_path, err) ||
		!take_dialect(provider, path, dialect, err) ||
		!take_canned(&provider->canned, value, path, "canned", err) ||
		!take_canned(&provider->canned_direct, value, path,
			"canned_direct", err))
		return false;
	if (latency < 0 || latency > LATENCY_MOST)
		return json_refuse(err, path, _("latency_ms is out of range"));
	if (upstream && !json_is_string(upstream) && !json_is_null(upstream))
		return json_refuse(err, path, _("upstream is not a URL"));
	if (json_is_string(upstream) &&
		!provider_check_url(json_string_value(upstream), err))
		return false;
	provider->latency_ms = (int)latency;
	if (base_path)
		provider_set_base_path(provider, base_path);
	if (upstream)
		provider_set_url(provider, json_string_value(upstream));
	return true;
}

static bool take_provider(struct settings *settings, const char *segment,
	json_t *value, struct error *err)
{
	static const char *const known[] = { "keys", "models", "stored",
		"base_path", "enabled", "dialect", "latency_ms", "upstream",
		"canned", "canned_direct", NULL };
	const struct json_path root = { NULL, "providers", 0 };
	const struct json_path path = { &root, segment, 0 };
	struct provider_state *provider =
		settings_provider(settings, segment, err);
	const json_t *keys = json_object_get(value, "keys");
	const json_t *models = json_object_get(value, "models");
	json_t *stored = json_object_get(value, "stored");
	const json_t *enabled = json_object_get(value, "enabled");

	if (!provider || !json_check_members(value, &path, known, false, err) ||
		!take_manner(provider, value, &path, err))
		return false;
	/* A demo's manner may be changed without losing the demo's keys. */
	if (keys || stored)
		settings->providers_given = true;
	if (enabled)
		provider->enabled = json_is_true(enabled);
	if (keys && !take_texts(&provider->keys, "keys", keys, err))
		return false;
	if (models && !take_texts(&provider->models, "models", models, err))
		return false;
	return !stored || take_stored(provider, stored, err);
}

static bool take_providers(
	struct settings *settings, json_t *value, struct error *err)
{
	JSON_EACH_MEMBER(provider, value) {
		if (!json_is_object(provider.value))
			return refuse_type(provider.name, JSON_OBJECT, err);
		if (!take_provider(
			    settings, provider.name, provider.value, err))
			return false;
	}
	return true;
}

static bool take_faults(
	struct settings *settings, const json_t *value, struct error *err)
{
	settings_clear_faults(settings);
	JSON_EACH(item, value) {
		if (!json_is_string(item.value))
			return refuse_type("faults", JSON_STRING, err);
		if (!settings_add_fault(
			    settings, json_string_value(item.value), err))
			return false;
	}
	return true;
}

static bool take_switches(
	struct settings *settings, const json_t *root, struct error *err)
{
	const struct {
		const char *member;
		bool *value;
	} switches[] = {
		{ "authentication", &settings->authentication },
		{ "byok_only", &settings->byok_only },
		{ "cache", &settings->cache },
		{ "credits", &settings->credits },
		{ "early_headers", &settings->early_headers },
		{ "strip_version", &settings->strip_version },
		{ "add_version", &settings->add_version },
		{ "token_in_authorization", &settings->token_in_authorization },
	};

	for (size_t i = 0; i < ARRAY_SIZE(switches); i++) {
		const json_t *value = json_object_get(root, switches[i].member);

		if (value && !json_is_boolean(value))
			return refuse_type(switches[i].member, JSON_TRUE, err);
		if (value)
			*switches[i].value = json_is_true(value);
	}
	return true;
}

static bool take_numbers(
	struct settings *settings, const json_t *root, struct error *err)
{
	json_int_t latency = settings->latency_ms;
	json_int_t limit = settings->rate_limit;
	json_int_t interval = settings->rate_interval_ms;
	json_int_t delay = settings->token_delay_ms;

	if (!json_get_integer(
		    root, NULL, "latency_ms", JSON_OPTIONAL, &latency, err) ||
		!json_get_integer(
			root, NULL, "rate_limit", JSON_OPTIONAL, &limit, err) ||
		!json_get_integer(root, NULL, "rate_interval_ms", JSON_OPTIONAL,
			&interval, err) ||
		!json_get_integer(root, NULL, "token_delay_ms", JSON_OPTIONAL,
			&delay, err))
		return false;
	if (latency < 0 || latency > LATENCY_MOST || limit < 0 ||
		interval < 1 || delay < 0)
		return error_set(err, STATUS_INVALID,
			_("latency_ms, rate_limit, rate_interval_ms or "
			  "token_delay_ms is out of range"));
	settings->latency_ms = (int)latency;
	settings->rate_limit = limit;
	settings->rate_interval_ms = interval;
	settings->token_delay_ms = delay;
	return true;
}

static bool take_all(
	struct settings *settings, const json_t *root, struct error *err)
{
	const char *account = NULL;
	const char *compat_path = NULL;
	json_t *gateways = NULL;
	json_t *tokens = NULL;
	json_t *api_tokens = NULL;
	json_t *faults = NULL;
	json_t *providers = NULL;

	if (!json_get_text(
		    root, NULL, "account", JSON_OPTIONAL, &account, err) ||
		!json_get_text(root, NULL, "compat_custom_path", JSON_OPTIONAL,
			&compat_path, err) ||
		!json_get_array(root, NULL, "gateways", JSON_OPTIONAL,
			&gateways, err) ||
		!json_get_array(
			root, NULL, "tokens", JSON_OPTIONAL, &tokens, err) ||
		!json_get_array(root, NULL, "api_tokens", JSON_OPTIONAL,
			&api_tokens, err) ||
		!json_get_array(
			root, NULL, "faults", JSON_OPTIONAL, &faults, err) ||
		!json_get_object(root, NULL, "providers", JSON_OPTIONAL,
			&providers, err) ||
		!take_switches(settings, root, err) ||
		!take_numbers(settings, root, err))
		return false;
	if (account)
		settings_set_account(settings, account);
	if (compat_path) {
		free(settings->compat_custom_path);
		settings->compat_custom_path = memory_text(compat_path);
	}
	return (!gateways ||
		       take_texts(&settings->gateways, "gateways", gateways,
			       err)) &&
		(!tokens ||
			take_texts(&settings->tokens, "tokens", tokens, err)) &&
		(!api_tokens ||
			take_texts(&settings->api_tokens, "api_tokens",
				api_tokens, err)) &&
		(!faults || take_faults(settings, faults, err)) &&
		(!providers || take_providers(settings, providers, err));
}

/* Back to what was, after half of something was taken. */
static void take_back(struct settings *settings, const json_t *before,
	size_t providers, bool providers_given)
{
	struct error ignored;

	while (settings->provider_count > providers)
		provider_release(
			&settings->providers[--settings->provider_count]);
	(void)!take_all(settings, before, &ignored);
	settings->providers_given = providers_given;
}

bool settings_from_json(struct settings *settings, const char *bytes,
	size_t size, const char *name, struct error *err)
{
	static const char *const known[] = { "account", "gateways", "tokens",
		"api_tokens", "authentication", "byok_only", "cache", "credits",
		"early_headers", "strip_version", "add_version",
		"token_in_authorization", "compat_custom_path", "latency_ms",
		"rate_limit", "rate_interval_ms", "token_delay_ms", "faults",
		"providers", NULL };
	/* Canned bodies may be any JSON. */
	static const struct json_limits limits = {
		.depth = 40,
		.reals = true,
		.nulls = true,
		.controls = true,
	};
	const size_t providers = settings->provider_count;
	const bool providers_given = settings->providers_given;
	JSON_SCOPED json_t *root = json_parse(bytes, size, name, &limits, err);
	JSON_SCOPED json_t *before = settings_to_json(settings);

	if (root && !json_is_object(root))
		return refuse_type("settings", JSON_OBJECT, err);
	if (!root || !json_check_members(root, NULL, known, true, err))
		return false;
	if (take_all(settings, root, err))
		return true;
	take_back(settings, before, providers, providers_given);
	return false;
}
