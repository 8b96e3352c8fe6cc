/* SPDX-License-Identifier: MIT */
/* The variables of the gateway: what is wrong with each, and with all of them
 * together. */
#include "lint/lint_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "catalogue/placeholder.h"
#include "profile/base_url.h"
#include "profile/detour.h"
#include "profile/profile.h"
#include "url/url.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define BASE_URL "CF_AIG_BASE_URL"
#define TOKEN "CF_AIG_TOKEN"

static const struct lint_value *find(const struct lint *lint, const char *name)
{
	for (size_t i = lint->value_count; i-- > 0;) {
		if (text_equal(lint->values[i].name, name))
			return &lint->values[i];
	}
	return NULL;
}

static struct slice spelled(const struct lint_value *value)
{
	return envfile_row_spelling(&value->row);
}

/* Replaces the value where its spelling shows it as it is. */
static void mend_value(struct lint *lint, struct finding *finding,
	const struct lint_value *value, const char *text)
{
	struct slice spelling = spelled(value);
	size_t quote = value->row.quoted ? 1 : 0;

	if (spelling.size == value->size + 2 * quote &&
		memcmp(spelling.at + quote, value->value, value->size) == 0)
		lint_mend_value(lint, finding, &value->row,
			value->row.spelling_at + quote, value->size,
			slice_of(text));
}

#define SAY(lint, rule, value, ...)                                            \
	lint_say((lint), (rule), &(value)->row, (value)->row.spelling_at,      \
		spelled(value).size, __VA_ARGS__)
/* The same at the value's end. */
#define SAY_END(lint, rule, value, ...)                                        \
	lint_say((lint), (rule), &(value)->row, (value)->row.spelling_end, 1,  \
		__VA_ARGS__)

static bool is_base_url(const char *name)
{
	return text_equal(name, BASE_URL) ||
		text_starts_with(name, BASE_URL "_");
}

static bool is_detour(const char *name)
{
	for (size_t i = 0; detour_names[i]; i++) {
		if (text_equal(detour_names[i], name))
			return true;
	}
	return false;
}

static bool is_gateway_address(const struct address *address)
{
	return address->kind == ADDRESS_GATEWAY ||
		address->kind == ADDRESS_CUSTOM_DOMAIN;
}

/* The provider's name, and what belongs behind it. */
static void check_provider(struct lint *lint, const struct lint_value *value,
	const struct address *address)
{
	struct error err;
	const char *slug = address->provider;
	const struct provider *entry = catalogue_find(slug);

	if (placeholder_is(slug, strlen(slug)))
		return;
	if (entry && entry->custom && text_equal(slug, entry->slug)) {
		const char *at = strstr(value->value, slug);
		char *text = at
			? memory_printf("%.*s%s%s", (int)(at - value->value),
				  value->value, CUSTOM_PREFIX, at)
			: NULL;
		struct finding *finding = SAY(lint, RULE_CUSTOM_SLUG, value,
			_("%s is a custom provider, so its name in the path is "
			  "custom-%s"),
			entry->title, slug);
		if (text)
			mend_value(lint, finding, value, text);
		free(text);
		return;
	}
	if (!setting_check_provider(slug, &err)) {
		(void)SAY(lint, RULE_URL_FORM, value, "%s", err.what);
		return;
	}
	const char *nearest = entry ? NULL : catalogue_nearest(slug);
	if (nearest)
		finding_advise(SAY(lint, RULE_UNKNOWN_PROVIDER, value,
				       _("no provider is called %s"), slug),
			_("did you mean %s?"), nearest);
	else if (!entry && !text_starts_with(slug, CUSTOM_PREFIX))
		(void)SAY(lint, RULE_UNKNOWN_PROVIDER, value,
			_("no provider is called %s, as far as is known"),
			slug);
}

/* "/v1/v1": the same part twice. */
static bool is_doubled(const char *path)
{
	size_t size = strlen(path) / 2;

	return size > 1 && strlen(path) == 2 * size &&
		memcmp(path, path + size, size) == 0;
}

/* Anthropic's SDK adds /v1 by itself. */
static bool adds_version(const char *name)
{
	return text_starts_with(name, "ANTHROPIC_");
}

static void check_path(struct lint *lint, const struct lint_value *value,
	const struct address *address)
{
	const char *path = address->path ? address->path : "";
	size_t size = strlen(value->value);
	char *wanted = profile_default_path(address->provider);
	bool custom = text_starts_with(address->provider, CUSTOM_PREFIX);
	struct finding *finding = NULL;

	if (address->endpoint) {
		size_t end = strlen(address->endpoint);
		finding = SAY_END(lint, RULE_URL_ENDPOINT, value,
			_("the base URL has the endpoint %s in it, which the "
			  "SDK adds"),
			address->endpoint);
		if (text_ends_with(value->value, address->endpoint)) {
			char *text = memory_copy(value->value, size - end);
			mend_value(lint, finding, value, text);
			free(text);
		}
	} else if (is_doubled(path)) {
		char *text = memory_copy(value->value, size - strlen(path) / 2);
		finding = SAY_END(lint, RULE_URL_DOUBLED, value,
			_("the base URL has %s twice"),
			path + strlen(path) / 2);
		if (text_ends_with(value->value, path))
			mend_value(lint, finding, value, text);
		free(text);
	} else if (custom && *path == '\0' && *wanted &&
		!adds_version(value->name)) {
		char *text = memory_printf("%s%s", value->value,
			wanted + (value->value[size - 1] == '/'));
		finding = SAY_END(lint, RULE_URL_VERSION, value,
			_("a custom provider's base URL ends in its API "
			  "version: .../%s%s"),
			address->provider, wanted);
		finding_advise(finding, _("add %s"), wanted);
		mend_value(lint, finding, value, text);
		free(text);
		free(wanted);
		return;
	}
	free(wanted);
	if (size > 0 && value->value[size - 1] == '/') {
		char *text = memory_copy(value->value, size - 1);
		finding = SAY_END(lint, RULE_URL_SLASH, value,
			_("the base URL ends in /"));
		mend_value(lint, finding, value, text);
		free(text);
	}
}

static void check_ids(struct lint *lint, const struct lint_value *value,
	const struct address *address)
{
	struct error err;

	if (address->kind != ADDRESS_GATEWAY)
		return;
	if (address->account_id &&
		!setting_check_account(address->account_id, &err))
		(void)SAY(lint, RULE_ACCOUNT, value, "%s", err.what);
	if (address->gateway && !setting_check_gateway(address->gateway, &err))
		(void)SAY(lint, RULE_GATEWAY, value, "%s", err.what);
}

static void check_scheme(struct lint *lint, const struct lint_value *value)
{
	SCOPED(url) struct url url = { 0 };
	struct error err;

	if (!url_parse(value->value, &url, &err) ||
		!text_equal(url.scheme, "http") ||
		url_host_is_loopback(url.host))
		return;
	struct finding *finding = SAY(lint, RULE_URL_HTTP, value,
		_("the base URL is http, so both keys would go out in the "
		  "clear"));
	char *text = memory_printf("https%s", value->value + strlen("http"));
	if (text_starts_with(value->value, "http:"))
		mend_value(lint, finding, value, text);
	free(text);
}

/* One that leads to a provider of a gateway. */
static void check_gateway_address(struct lint *lint,
	const struct lint_value *value, const struct address *address)
{
	check_scheme(lint, value);
	check_ids(lint, value, address);
	check_provider(lint, value, address);
	check_path(lint, value, address);
}

/* Judges a base URL; *address is released by the caller where it is true. */
static bool check_base_url(struct lint *lint, const struct lint_value *value,
	struct address *address)
{
	struct error err;

	if (value->size == 0 || strchr(value->value, '$'))
		return false;
	if (!address_parse(value->value, address, &err)) {
		(void)SAY(lint, RULE_URL_FORM, value,
			_("%s is not an address: %s"), value->name, err.what);
		return false;
	}
	if (!is_gateway_address(address) || !address->provider) {
		struct finding *finding = SAY(lint, RULE_URL_FORM, value,
			_("this is not a gateway's base URL"));
		if (address->remark)
			finding_advise(finding, "%s", _(address->remark));
		return true;
	}
	check_gateway_address(lint, value, address);
	return true;
}

/* Whether a key for the provider is there, under one of its names. */
static const struct lint_value *find_key(
	const struct lint *lint, const struct address *address)
{
	const struct provider *entry = catalogue_find(address->provider);
	char *name = profile_default_key_env(address->provider);
	const struct lint_value *found = find(lint, name);

	for (size_t i = 0; !found && entry && entry->key_env_alternatives[i];
		i++)
		found = find(lint, entry->key_env_alternatives[i]);
	free(name);
	return found;
}

/* Of a name that may be a slip nobody knows the key. */
static bool is_known(const char *provider)
{
	return catalogue_find(provider) ||
		text_starts_with(provider, CUSTOM_PREFIX);
}

static void check_key(struct lint *lint, const struct lint_value *url,
	const struct address *address)
{
	const struct lint_value *token = find(lint, TOKEN);
	const struct lint_value *key = find_key(lint, address);

	if (text_equal(address->provider, "compat"))
		return;
	if (!key || (key->size == 0 && !lint->subject->is_example)) {
		char *name = profile_default_key_env(address->provider);
		(void)SAY(lint, RULE_KEY_MISSING, url,
			_("%s is missing: the gateway token does not pay the "
			  "provider"),
			name);
		free(name);
		return;
	}
	if (token && token->size > 0 && token->size == key->size &&
		sodium_memcmp(token->value, key->value, key->size) == 0 &&
		!text_equal(address->provider, "workers-ai"))
		(void)SAY(lint, RULE_SAME_SECRET, key,
			_("%s and CF_AIG_TOKEN have the same value"),
			key->name);
}

/* A model's name beside the base URL. */
static void check_model(struct lint *lint, const struct address *address)
{
	const struct provider *entry = catalogue_find(address->provider);
	char *key = profile_default_key_env(address->provider);
	size_t prefix = strlen(key) - (text_ends_with(key, "_API_KEY") ? 8 : 0);
	char *name = memory_printf("%.*s_MODEL", (int)prefix, key);
	const struct lint_value *model = find(lint, name);
	const struct provider *owner = model && entry
		? catalogue_other_model_owner(entry, model->value)
		: NULL;

	if (owner)
		(void)SAY(lint, RULE_FOREIGN_MODEL, model,
			_("%s is a model of %s, and the base URL leads to %s"),
			model->value, owner->title, entry->title);
	free(name);
	free(key);
}

/* OPENAI_BASE_URL=https://openrouter.ai/api/v1 beside OPENAI_API_KEY: the key
 * is that of whoever the address leads to. */
static bool goes_elsewhere(const struct lint *lint,
	const struct lint_value *key, const struct provider *entry)
{
	const size_t prefix = strcspn(key->name, "_") + 1;
	bool found = false;

	for (size_t i = 0; i < lint->value_count && !found; i++) {
		const struct lint_value *value = &lint->values[i];
		struct address address = { .kind = ADDRESS_OTHER };
		struct error ignored;
		if (strncmp(value->name, key->name, prefix) != 0 ||
			!strstr(value->value, "://"))
			continue;
		found = !address_parse(value->value, &address, &ignored) ||
			!text_equal_or_null(address.provider, entry->segment);
		address_release(&address);
	}
	return found;
}

/* A key goes to no other provider than its own. */
static void check_owner(struct lint *lint, const struct lint_value *value,
	const struct provider *entry, const struct secret *key)
{
	struct error err;

	if (profile_check_key_owner(value->name, entry, key, &err) ||
		goes_elsewhere(lint, value, entry))
		return;
	struct finding *finding =
		SAY(lint, RULE_SWAPPED, value, "%s", err.what);
	finding_advise(finding, "%s", err.next);
	if (finding)
		lint_advise_value(lint, &value->row, err.next, false);
}

/* The token, and each key: what cannot be one. */
static void check_secret(struct lint *lint, const struct lint_value *value)
{
	const struct provider *entry =
		catalogue_find_by_key(value->name, value->value, value->size);
	bool token = text_equal(value->name, TOKEN);
	struct slice text = { value->value, value->size };
	struct error err;

	if ((!token && !entry) || value->size == 0 || lint->subject->is_example)
		return;
	if (slice_begins_ignoring_case(text, "bearer ")) {
		struct finding *finding = SAY(lint, RULE_BEARER, value,
			_("%s begins with \"Bearer \", which the SDK adds"),
			value->name);
		mend_value(
			lint, finding, value, value->value + strlen("bearer "));
		if (finding)
			lint_advise_value(lint, &value->row,
				_(rules_table[RULE_BEARER].fix), true);
		return;
	}
	/* LibreChat's word for what each user gives is a value to it. */
	if (slice_is(text, "user_provided"))
		return;
	if (placeholder_is(text.at, text.size)) {
		if (SAY(lint, RULE_PLACEHOLDER, value,
			    _("%s is a placeholder, not a value"), value->name))
			lint_advise_value(lint, &value->row,
				_(rules_table[RULE_PLACEHOLDER].fix), false);
		return;
	}
	if (strchr(value->value, '$'))
		return;
	struct secret secret = { 0 };
	secret_copy(&secret, value->value, value->size);
	if (!profile_check_secret(
		    token ? SECRET_GATEWAY_TOKEN : SECRET_PROVIDER_KEY,
		    value->name, entry, &secret, &err)) {
		struct error ignored;
		bool swapped =
			profile_check_form(value->name, &secret, &ignored);
		struct finding *finding =
			SAY(lint, swapped ? RULE_SWAPPED : RULE_SECRET_FORM,
				value, "%s", err.what);
		finding_advise(finding, "%s", err.next);
		if (finding)
			lint_advise_value(lint, &value->row, err.next, false);
	} else if (!token && find(lint, BASE_URL)) {
		check_owner(lint, value, entry, &secret);
	}
	secret_release(&secret);
}

static void check_detour(struct lint *lint, const struct lint_value *value)
{
	struct address address = { .kind = ADDRESS_OTHER };
	struct error err;

	if (value->size == 0 || !address_parse(value->value, &address, &err))
		return;
	if (!is_gateway_address(&address))
		(void)SAY(lint, RULE_DETOUR, value,
			_("%s takes the app past the gateway"), value->name);
	else if (address.provider)
		check_gateway_address(lint, value, &address);
	address_release(&address);
}

static void check_both(struct lint *lint)
{
	const struct lint_value *url = find(lint, BASE_URL);
	const struct lint_value *token = find(lint, TOKEN);
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
	bool gateway = find(lint, BASE_URL) || find(lint, TOKEN);

	for (size_t i = 0; i < lint->value_count; i++) {
		const struct lint_value *value = &lint->values[i];
		struct address address = { .kind = ADDRESS_OTHER };
		if (find(lint, value->name) != value)
			continue;
		if (is_base_url(value->name)) {
			if (lint->subject->is_example &&
				is_placeholder_url(value))
				continue;
			if (check_base_url(lint, value, &address) &&
				is_gateway_address(&address) &&
				address.provider) {
				if (is_known(address.provider))
					check_key(lint, value, &address);
				check_model(lint, &address);
			}
			address_release(&address);
		} else if (gateway && is_detour(value->name)) {
			check_detour(lint, value);
		} else {
			check_secret(lint, value);
		}
	}
	check_both(lint);
}
