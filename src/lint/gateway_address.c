/* SPDX-License-Identifier: MIT */
/* A base URL: each part of it, and what is missing in it or too much. */
#include "lint/gateway_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/placeholder.h"
#include "profile/profile.h"
#include "url/url.h"

#include <string.h>

bool gateway_is_address(const struct address *address)
{
	return address->kind == ADDRESS_GATEWAY ||
		address->kind == ADDRESS_CUSTOM_DOMAIN;
}

bool gateway_is_route(const struct lint *lint, const struct address *address)
{
	const struct profile *profile = lint->subject->profile;
	bool found = false;

	for (size_t i = 0; profile && !found && i < profile->route_count; i++)
		found = text_equal(
			profile->routes[i].provider, address->provider);
	return found;
}

/* A custom provider may be called anything: only one slip away from a known one
 * is it likely to be meant. NULL: none is. */
static const char *find_meant(const char *slug)
{
	const size_t prefix = strlen(CUSTOM_PREFIX);

	if (!text_starts_with(slug, CUSTOM_PREFIX))
		return catalogue_nearest(slug);
	const struct provider *near = profile_nearest_provider(slug + prefix);
	return near ? near->segment : NULL;
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
		OWNED char *text = at
			? memory_printf("%.*s%s%s", (int)(at - value->value),
				  value->value, CUSTOM_PREFIX, at)
			: NULL;
		struct finding *finding = SAY(lint, RULE_CUSTOM_SLUG, value,
			_("%s is a custom provider, so its name in the path is "
			  "custom-%s"),
			entry->title, slug);
		if (text)
			lint_mend_spelt(lint, finding, value, text);
		return;
	}
	if (!setting_check_provider(slug, &err)) {
		(void)SAY(lint, RULE_URL_FORM, value, "%s", err.what);
		return;
	}
	if (entry || gateway_is_route(lint, address))
		return;
	const char *nearest = find_meant(slug);
	if (nearest)
		finding_advise(SAY(lint, RULE_UNKNOWN_PROVIDER, value,
				       _("no provider is called %s"), slug),
			_("did you mean %s?"), nearest);
	else if (!text_starts_with(slug, CUSTOM_PREFIX))
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

/* Mends what is about the value's end by taking that many bytes off it. */
static void mend_end(struct lint *lint, struct finding *finding,
	const struct lint_value *value, size_t size)
{
	OWNED char *text =
		memory_copy(value->value, strlen(value->value) - size);

	lint_mend_spelt(lint, finding, value, text);
}

static void say_endpoint(
	struct lint *lint, const struct lint_value *value, const char *endpoint)
{
	struct finding *finding = SAY_END(lint, RULE_URL_ENDPOINT, value,
		_("the base URL has the endpoint %s in it, which the SDK "
		  "adds"),
		endpoint);

	if (text_ends_with(value->value, endpoint))
		mend_end(lint, finding, value, strlen(endpoint));
}

static void say_doubled(
	struct lint *lint, const struct lint_value *value, const char *path)
{
	size_t half = strlen(path) / 2;
	struct finding *finding = SAY_END(lint, RULE_URL_DOUBLED, value,
		_("the base URL has %s twice"), path + half);

	if (text_ends_with(value->value, path))
		mend_end(lint, finding, value, half);
}

/* A custom provider's address without the version that it is to end in. */
static bool check_version(struct lint *lint, const struct lint_value *value,
	const struct address *address)
{
	OWNED char *wanted = profile_default_path(address->provider);
	bool lacks = text_starts_with(address->provider, CUSTOM_PREFIX) &&
		*wanted && !adds_version(value->name);

	if (lacks) {
		OWNED char *text = memory_printf("%s%s", value->value,
			wanted + text_ends_with(value->value, "/"));
		struct finding *finding = SAY_END(lint, RULE_URL_VERSION, value,
			_("a custom provider's base URL ends in its API "
			  "version: .../%s%s"),
			address->provider, wanted);
		finding_advise(finding, _("add %s"), wanted);
		lint_mend_spelt(lint, finding, value, text);
	}
	return lacks;
}

static void check_path(struct lint *lint, const struct lint_value *value,
	const struct address *address)
{
	const char *path = address->path ? address->path : "";

	if (address->endpoint)
		say_endpoint(lint, value, address->endpoint);
	else if (is_doubled(path))
		say_doubled(lint, value, path);
	else if (*path == '\0' && check_version(lint, value, address))
		return;
	if (text_ends_with(value->value, "/"))
		mend_end(lint,
			SAY_END(lint, RULE_URL_SLASH, value,
				_("the base URL ends in /")),
			value, 1);
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
	OWNED char *text =
		memory_printf("https%s", value->value + strlen("http"));
	if (text_starts_with(value->value, "http:"))
		lint_mend_spelt(lint, finding, value, text);
}

void gateway_check_address(struct lint *lint, const struct lint_value *value,
	const struct address *address)
{
	check_scheme(lint, value);
	check_ids(lint, value, address);
	check_provider(lint, value, address);
	check_path(lint, value, address);
}

bool gateway_check_base_url(struct lint *lint, const struct lint_value *value,
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
	if (!gateway_is_address(address) || !address->provider) {
		struct finding *finding = SAY(lint, RULE_URL_FORM, value,
			_("this is not a gateway's base URL"));
		if (address->remark)
			finding_advise(finding, "%s", _(address->remark));
		return true;
	}
	gateway_check_address(lint, value, address);
	return true;
}
