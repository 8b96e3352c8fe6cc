/* SPDX-License-Identifier: MIT */
#include "profile/profile.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#include <string.h>

/* What a setting is where nobody said it (DESIGN "Defaults"). */

/* The slug: a segment less custom-. */
static const char *slug_of(const char *provider)
{
	return text_starts_with(provider, CUSTOM_PREFIX)
		? provider + strlen(CUSTOM_PREFIX)
		: provider;
}

char *profile_variable_form(const char *text)
{
	/* A name that begins with a digit is no variable's. */
	char *form =
		memory_printf("%s%s", text_is_digit(text[0]) ? "_" : "", text);

	for (char *at = form; *at; at++)
		*at = *at == '-' ? '_' : text_upper(*at);
	return form;
}

char *profile_default_route_name(const char *provider)
{
	return memory_text(slug_of(provider));
}

char *profile_default_key_env(const char *provider)
{
	const struct provider *entry = catalogue_find(provider);

	if (entry && entry->key_env)
		return memory_text(entry->key_env);
	char *slug = profile_variable_form(slug_of(provider));
	char *name = memory_printf("%.119s_API_KEY", slug);
	memory_free(slug, strlen(slug));
	return name;
}

bool profile_sends_key(const json_t *route)
{
	const char *credential = json_text(route, "credential");

	return !credential || text_equal(credential, "header");
}

char *profile_route_key_env(const json_t *route)
{
	const char *name = json_text(route, "key_env");
	const char *provider = json_text(route, "provider");

	if (name)
		return memory_text(name);
	return provider ? profile_default_key_env(provider) : NULL;
}

char *profile_default_path(const char *provider)
{
	const struct provider *entry = catalogue_find(provider);

	if (entry)
		return memory_text(entry->path);
	return memory_text(
		text_starts_with(provider, CUSTOM_PREFIX) ? "/v1" : "");
}

const struct provider *profile_nearest_provider(const char *text)
{
	for (size_t i = 0; i < catalogue_count(); i++)
		if (text_distance(text, catalogue_at(i)->slug) <= 1)
			return catalogue_at(i);
	return NULL;
}

bool profile_check_known_provider(const char *text, struct error *err)
{
	if (!setting_check_provider(text, err))
		return false;
	if (text_starts_with(text, CUSTOM_PREFIX))
		return true;
	const struct provider *entry = catalogue_find(text);
	if (entry && !entry->custom)
		return true;
	if (entry) {
		error_set(err, STATUS_INVALID,
			_("%s is not built into Cloudflare, so its name begins "
			  "with custom-"),
			text);
		return error_next(err, _("write %s"), entry->segment);
	}
	entry = profile_nearest_provider(text);
	if (!entry)
		return true;
	error_set(err, STATUS_INVALID, _("no provider is named %s"), text);
	return error_next(err,
		_("did you mean %s? `aigenv providers` lists them"),
		entry->segment);
}

/* Owned, or NULL. */
static char *name_of(const json_t *route)
{
	const char *name = json_text(route, "name");
	const char *provider = json_text(route, "provider");

	if (name)
		return memory_text(name);
	return provider ? profile_default_route_name(provider) : NULL;
}

static bool is_same(
	const json_t *a, const json_t *b, char *(*owned_text)(const json_t *))
{
	OWNED char *first = owned_text(a);
	OWNED char *second = owned_text(b);

	return text_equal_or_null(first, second);
}

const char *renamed_key(const json_t *before, const json_t *route)
{
	json_t *routes = json_object_get(before, "routes");

	JSON_EACH(other, routes) {
		bool same =
			text_equal_or_null(json_text(other.value, "provider"),
				json_text(route, "provider")) &&
			is_same(other.value, route, name_of);
		if (same)
			return profile_sends_key(other.value) &&
					profile_sends_key(route) &&
					!is_same(other.value, route,
						profile_route_key_env)
				? json_text(other.value, "key_env")
				: NULL;
	}
	return NULL;
}
