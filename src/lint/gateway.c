/* SPDX-License-Identifier: MIT */
/* The variables of the gateway: what is wrong with all of them together. */
#include "lint/gateway_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/placeholder.h"
#include "profile/detour.h"
#include "profile/profile.h"

#include <sodium.h>
#include <string.h>

static bool is_base_url(const char *name)
{
	return text_equal(name, BASE_URL) ||
		text_starts_with(name, BASE_URL "_");
}

/* Whether a key for the provider is there, under one of its names. */
static const struct lint_value *find_key(
	const struct lint *lint, const struct address *address)
{
	const struct provider *entry = catalogue_find(address->provider);
	OWNED char *name = profile_default_key_env(address->provider);
	const struct lint_value *found = lint_find_value(lint, name);

	for (size_t i = 0; !found && entry && entry->key_env_alternatives[i];
		i++)
		found = lint_find_value(lint, entry->key_env_alternatives[i]);
	return found;
}

/* Of a name that may be a slip nobody knows the key. */
static bool is_known(const char *provider)
{
	return catalogue_find(provider) ||
		text_starts_with(provider, CUSTOM_PREFIX);
}

static void check_key(struct lint *lint, const struct lint_value *url,
	const struct address *address, const char *name,
	const struct lint_value *key)
{
	const struct lint_value *token = lint_find_value(lint, TOKEN);

	if (!key || (key->size == 0 && !lint->subject->is_example))
		(void)SAY(lint, RULE_KEY_MISSING, url,
			_("%s is missing: the gateway token does not pay the "
			  "provider"),
			name);
	else if (token && token->size > 0 && token->size == key->size &&
		sodium_memcmp(token->value, key->value, key->size) == 0 &&
		!text_equal(address->provider, "workers-ai"))
		(void)SAY(lint, RULE_SAME_SECRET, key,
			_("%s and CF_AIG_TOKEN have the same value"),
			key->name);
}

/* What the profile says of its routes; else what is usual. */
static void check_keys(struct lint *lint, const struct lint_value *url,
	const struct address *address)
{
	const struct profile *profile = lint->subject->profile;
	bool is_route = gateway_is_route(lint, address);

	for (size_t i = 0; is_route && i < profile->route_count; i++) {
		const struct route *route = &profile->routes[i];
		if (route->key_env &&
			text_equal(route->provider, address->provider))
			check_key(lint, url, address, route->key_env,
				lint_find_value(lint, route->key_env));
	}
	if (is_route || text_equal(address->provider, "compat") ||
		!is_known(address->provider))
		return;
	OWNED char *name = profile_default_key_env(address->provider);
	check_key(lint, url, address, name, find_key(lint, address));
}

/* A model's name beside the base URL. */
static void check_model(struct lint *lint, const struct address *address)
{
	const struct provider *entry = catalogue_find(address->provider);
	OWNED char *key = profile_default_key_env(address->provider);
	size_t prefix = strlen(key) - (text_ends_with(key, "_API_KEY") ? 8 : 0);
	OWNED char *name = memory_printf("%.*s_MODEL", (int)prefix, key);
	const struct lint_value *model = lint_find_value(lint, name);
	const struct provider *owner = model && entry
		? catalogue_other_model_owner(entry, model->value)
		: NULL;

	if (owner)
		(void)SAY(lint, RULE_FOREIGN_MODEL, model,
			_("%s is a model of %s, and the base URL leads to %s"),
			model->value, owner->title, entry->title);
}

static void check_detour(struct lint *lint, const struct lint_value *value)
{
	struct address address = { .kind = ADDRESS_OTHER };
	struct error err;

	if (value->size == 0 || !address_parse(value->value, &address, &err))
		return;
	if (!gateway_is_address(&address))
		(void)SAY(lint, RULE_DETOUR, value,
			_("%s takes the app past the gateway"), value->name);
	else if (address.provider)
		gateway_check_address(lint, value, &address);
	address_release(&address);
}

static void check_both(struct lint *lint)
{
	const struct lint_value *url = lint_find_value(lint, BASE_URL);
	const struct lint_value *token = lint_find_value(lint, TOKEN);
	bool has_url = url && (url->size > 0 || lint->subject->is_example);
	bool has_token =
		token && (token->size > 0 || lint->subject->is_example);

	if (has_url && !has_token)
		(void)lint_say_file(lint, RULE_SILENT_DIRECT,
			_("CF_AIG_TOKEN is missing: the app will go direct to "
			  "the provider without a word"));
	else if (has_token && !has_url)
		(void)lint_say_file(lint, RULE_SILENT_DIRECT,
			_("CF_AIG_BASE_URL is missing: the app will go direct "
			  "to the provider without a word"));
}

static bool is_placeholder_url(const struct lint_value *value)
{
	return value->size == 0 || placeholder_is(value->value, value->size) ||
		strchr(value->value, '<') != NULL;
}

void lint_gateway(struct lint *lint)
{
	bool gateway =
		lint_find_value(lint, BASE_URL) || lint_find_value(lint, TOKEN);

	for (size_t i = 0; i < lint->value_count; i++) {
		const struct lint_value *value = &lint->values[i];
		struct address address = { .kind = ADDRESS_OTHER };
		if (lint_find_value(lint, value->name) != value)
			continue;
		if (is_base_url(value->name)) {
			if (lint->subject->is_example &&
				is_placeholder_url(value))
				continue;
			if (gateway_check_base_url(lint, value, &address) &&
				gateway_is_address(&address) &&
				address.provider) {
				check_keys(lint, value, &address);
				check_model(lint, &address);
			}
			address_release(&address);
		} else if (gateway && detour_is_name(value->name)) {
			check_detour(lint, value);
		} else {
			gateway_check_secret(lint, value);
		}
	}
	check_both(lint);
}
