/* SPDX-License-Identifier: MIT */
/*
 * Settings as JSON, read and written. Every member may be left out:
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
#include "emulator/canned.h"
#include "emulator/dialect.h"
#include "emulator/fault.h"

#include <stddef.h>
#include <stdint.h>

#define LATENCY_MOST 3600000

static bool refuse_type(const char *member, json_type wanted, struct error *err)
{
	const struct json_path path = { NULL, member, 0 };

	json_refuse_type(err, &path, wanted);
	return error_at(err, "settings");
}

/* NULL is left out. */
static bool take_texts(json_t **texts, const char *member, const json_t *value,
	struct error *err)
{
	if (!value)
		return true;
	if (!json_is_array(value))
		return refuse_type(member, JSON_ARRAY, err);
	JSON_EACH(item, value)
		if (!json_is_string(item.value))
			return refuse_type(member, JSON_STRING, err);
	json_decref(*texts);
	*texts = json_new_copy(value);
	return true;
}

static bool take_stored(
	struct provider_state *provider, const json_t *value, struct error *err)
{
	if (!json_is_object(value))
		return refuse_type("stored", JSON_OBJECT, err);
	JSON_EACH_MEMBER(key, value)
		if (!json_is_string(key.value))
			return refuse_type(key.name, JSON_STRING, err);
	json_decref(provider->stored);
	provider->stored = json_new_object();
	JSON_EACH_MEMBER(key, value)
		provider_store(
			provider, key.name, json_string_value(key.value));
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
		settings_put_text(&provider->base_path, base_path);
	if (upstream)
		settings_put_text(&provider->url, json_string_value(upstream));
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
	const json_t *stored = json_object_get(value, "stored");
	const json_t *enabled = json_object_get(value, "enabled");

	if (!provider || !json_check_members(value, &path, known, false, err) ||
		!take_manner(provider, value, &path, err))
		return false;
	/* A demo's manner may be changed without losing the demo's keys. */
	if (keys || stored)
		settings->providers_given = true;
	if (enabled)
		provider->enabled = json_is_true(enabled);
	return take_texts(&provider->keys, "keys", keys, err) &&
		take_texts(&provider->models, "models", models, err) &&
		(!stored || take_stored(provider, stored, err));
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

/* The members that are a value each, in the order in which they are written. */
static const struct row {
	const char *member;
	json_type type;
	size_t at;           /* in struct settings */
	int64_t least, most; /* of a number */
} rows[] = {
/* clang-format off */
#define ROW(member_)                                                           \
		#member_,                                                      \
		_Generic(((struct settings *)NULL)->member_,                   \
			char *: JSON_STRING,                                   \
			json_t *: JSON_ARRAY,                              \
			bool: JSON_TRUE,                                       \
			int64_t: JSON_INTEGER),                                \
		offsetof(struct settings, member_)
	{ ROW(account), 0, 0 },
	{ ROW(gateways), 0, 0 },
	{ ROW(tokens), 0, 0 },
	{ ROW(api_tokens), 0, 0 },
	{ ROW(authentication), 0, 0 },
	{ ROW(byok_only), 0, 0 },
	{ ROW(cache), 0, 0 },
	{ ROW(credits), 0, 0 },
	{ ROW(early_headers), 0, 0 },
	{ ROW(strip_version), 0, 0 },
	{ ROW(add_version), 0, 0 },
	{ ROW(token_in_authorization), 0, 0 },
	{ ROW(compat_custom_path), 0, 0 },
	{ ROW(latency_ms), 0, LATENCY_MOST },
	{ ROW(rate_limit), 0, INT64_MAX },
	{ ROW(rate_interval_ms), 1, INT64_MAX },
	{ ROW(token_delay_ms), 0, INT64_MAX },
#undef ROW
	/* clang-format on */
};

static bool take_number(const struct row *row, int64_t *at, json_int_t number,
	struct error *err)
{
	if (number < row->least || number > row->most)
		return error_set(err, STATUS_INVALID,
			_("latency_ms, rate_limit, rate_interval_ms or "
			  "token_delay_ms is out of range"));
	*at = number;
	return true;
}

static bool take_row(struct settings *settings, const struct row *row,
	const json_t *value, struct error *err)
{
	const struct json_path path = { NULL, row->member, 0 };
	const bool is_switch = row->type == JSON_TRUE;
	void *at = (char *)settings + row->at;

	if (is_switch ? !json_is_boolean(value)
		      : json_typeof(value) != row->type)
		return json_refuse_type(err, &path, row->type);
	if (row->type == JSON_ARRAY)
		return take_texts(at, row->member, value, err);
	if (row->type == JSON_INTEGER)
		return take_number(row, at, json_integer_value(value), err);
	if (is_switch)
		*(bool *)at = json_is_true(value);
	else
		settings_put_text(at, json_string_value(value));
	return true;
}

static bool take_all(
	struct settings *settings, const json_t *root, struct error *err)
{
	json_t *planned = NULL;
	json_t *providers = NULL;

	if (!json_get_array(
		    root, NULL, "faults", JSON_OPTIONAL, &planned, err) ||
		!json_get_object(root, NULL, "providers", JSON_OPTIONAL,
			&providers, err))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const json_t *value = json_object_get(root, rows[i].member);

		if (value && !take_row(settings, &rows[i], value, err))
			return false;
	}
	return (!planned || take_faults(settings, planned, err)) &&
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
	const char *known[ARRAY_SIZE(rows) + 3] = { "faults", "providers" };
	const size_t providers = settings->provider_count;
	const bool providers_given = settings->providers_given;
	/* Canned bodies may be any JSON. */
	JSON_SCOPED json_t *root =
		json_parse(bytes, size, name, JSON_LOOSE(40), err);
	JSON_SCOPED json_t *before = settings_to_json(settings);

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		known[i + 2] = rows[i].member;
	if (root && !json_is_object(root))
		return refuse_type("settings", JSON_OBJECT, err);
	if (!root || !json_check_members(root, NULL, known, true, err))
		return false;
	if (take_all(settings, root, err))
		return true;
	take_back(settings, before, providers, providers_given);
	return false;
}

/* Writing */

/* A copy, since the original counts down. */
static json_t *rules_or_null(const json_t *rules)
{
	return rules ? json_new_copy(rules) : json_null();
}

static json_t *provider_of(const struct provider_state *provider)
{
	return json_build("{keys:%o, models:%o, stored:%o, base_path:%s, "
			  "enabled:%b, dialect:%s, latency_ms:%i, upstream:%o, "
			  "canned:%o, canned_direct:%o}",
		json_new_copy(provider->keys), json_new_copy(provider->models),
		json_new_copy(provider->stored), provider->base_path,
		provider->enabled, provider->dialect->name,
		provider->latency_ms, json_new_text(provider->url),
		rules_or_null(provider->canned),
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

static json_t *value_of(const struct settings *settings, const struct row *row)
{
	const void *at = (const char *)settings + row->at;

	switch (row->type) {
	case JSON_STRING:
		return json_new_text(*(char *const *)at);
	case JSON_ARRAY:
		return json_new_copy(*(json_t *const *)at);
	case JSON_INTEGER:
		return json_new_number(*(const int64_t *)at);
	default:
		return json_boolean(*(const bool *)at);
	}
}

json_t *settings_to_json(const struct settings *settings)
{
	json_t *providers = json_new_object();
	json_t *root = json_new_object();

	for (size_t i = 0; i < settings->provider_count; i++)
		json_put(providers, settings->providers[i].segment,
			provider_of(&settings->providers[i]));
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		json_put(root, rows[i].member, value_of(settings, &rows[i]));
	json_put_shape(root, "{faults:%o, providers:%o}", faults_of(settings),
		providers);
	return root;
}
