/* SPDX-License-Identifier: MIT */
/* The routes of the settings: defaults, what fits together, base URLs. */
#include "profile/settings_internal.h"

#include "base/i18n.h"
#include "base/text.h"
#include "profile/base_url.h"

#include <stdlib.h>
#include <string.h>

static enum credential credential_of(const json_t *object)
{
	const char *word = json_text(object, "credential");

	if (word && text_equal(word, "stored"))
		return CREDENTIAL_STORED;
	return word && text_equal(word, "unified") ? CREDENTIAL_UNIFIED
						   : CREDENTIAL_HEADER;
}

/* An alias names a stored key; anywhere else it would do nothing. */
static bool check_alias(const struct route *route, const struct json_path *path,
	struct error *err)
{
	const struct json_path at = { path, "alias", 0 };

	if (!route->alias || route->credential == CREDENTIAL_STORED)
		return true;
	json_refuse(err, &at,
		_("an alias is only for a key that is stored at Cloudflare"));
	return error_next(
		err, _("set credential to \"stored\", or leave the alias out"));
}

static bool check_variables(const struct route *route,
	const struct json_path *path, struct error *err)
{
	const struct {
		const char *member;
		const char *name;
	} own[] = { { "key_env", route->key_env },
		{ "model_env", route->model_env } };

	for (size_t i = 0; i < ARRAY_SIZE(own); i++) {
		if (!own[i].name)
			continue;
		struct json_path at = { path, own[i].member, 0 };
		if (text_equal(own[i].name, "CF_AIG_TOKEN") ||
			text_starts_with(own[i].name, "CF_AIG_BASE_URL")) {
			json_refuse(err, &at,
				_("%.128s is the name of another variable that "
				  "aigenv renders"),
				own[i].name);
			return error_next(err, _("choose another name"));
		}
	}
	return true;
}

/* compat finds the provider in the model's name. */
static bool check_compat(const struct route *route,
	const struct json_path *path, struct error *err)
{
	const struct json_path at = { path, "model", 0 };

	if (!route->provider || !route->model ||
		!text_equal(route->provider, "compat") ||
		strchr(route->model, '/'))
		return true;
	json_refuse(err, &at,
		_("behind compat a model's name begins with its provider"));
	return error_next(err,
		_("write it as openai/gpt-5-mini or custom-xiaomi/mimo-v2.5"));
}

static bool check_known(const struct route *route, const struct json_path *path,
	struct error *err)
{
	const struct json_path at = { path, "provider", 0 };

	return profile_check_known_provider(route->provider, err) ||
		json_error_at(err, &at);
}

static void fill_defaults(struct profile *profile, struct route *route)
{
	route->entry = catalogue_find(route->provider);
	if (!route->name)
		route->name = profile_keep(
			profile, profile_default_route_name(route->provider));
	if (!route->path)
		route->path = profile_keep(
			profile, profile_default_path(route->provider));
	if (!route->key_env)
		route->key_env = profile_keep(
			profile, profile_default_key_env(route->provider));
	if (route->credential != CREDENTIAL_HEADER) {
		route->idle_key_env = route->key_env;
		route->key_env = NULL;
	}
}

static bool read_route(struct profile *profile, const json_t *object,
	const struct json_path *path, struct error *err)
{
	struct route *route = &profile->routes[profile->route_count++];

	*route = (struct route){
		.name = json_text(object, "name"),
		.provider = json_text(object, "provider"),
		.path = json_text(object, "path"),
		.model = json_text(object, "model"),
		.key_env = json_text(object, "key_env"),
		.model_env = json_text(object, "model_env"),
		.direct_url = json_text(object, "direct_url"),
		.credential = credential_of(object),
		.alias = json_text(object, "alias"),
	};
	if (route->provider) {
		if (!check_known(route, path, err))
			return false;
		fill_defaults(profile, route);
	}
	return check_alias(route, path, err) &&
		check_compat(route, path, err) &&
		check_variables(route, path, err);
}

/* The first route that has the name of an earlier one as a variable, or the
 * number of routes. */
static size_t find_repeated(char *const *forms, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = 0; j < i; j++)
			if (text_equal_or_null(forms[i], forms[j]) && forms[i])
				return i;
	return count;
}

static bool check_names(const struct profile *profile, struct error *err)
{
	const struct json_path routes = { NULL, "routes", 0 };
	struct json_path at = { &routes, NULL, 0 };
	char *forms[ROUTES_LIMIT] = { NULL };

	for (size_t i = 0; i < profile->route_count; i++) {
		const char *name = profile->routes[i].name;
		forms[i] = name ? profile_variable_form(name) : NULL;
	}
	at.index = find_repeated(forms, profile->route_count);
	for (size_t i = 0; i < profile->route_count; i++)
		free(forms[i]);
	if (at.index == profile->route_count)
		return true;
	json_refuse(err, &at, _("two routes are named %.63s"),
		profile->routes[at.index].name);
	return error_next(err, _("give this one a \"name\" of its own"));
}

bool routes_read(struct profile *profile, struct error *err)
{
	const struct json_path routes = { NULL, "routes", 0 };
	const json_t *list = json_object_get(profile->settings, "routes");

	for (size_t i = 0; i < json_array_size(list); i++) {
		const struct json_path at = { &routes, NULL, i };
		if (!read_route(profile, json_array_get(list, i), &at, err))
			return false;
	}
	return check_names(profile, err);
}

bool routes_join(struct profile *profile, struct error *err)
{
	for (size_t i = 0; i < profile->route_count; i++) {
		struct route *route = &profile->routes[i];
		const struct base_url_parts parts = {
			.origin = profile->origin,
			.custom_domain = profile->custom_domain,
			.account_id = profile->account_id,
			.gateway = profile->gateway,
			.provider = route->provider,
			.path = route->path,
		};
		route->base_url = base_url_build(&parts, err);
		/* Only a path that came from the catalogue was not checked
		 * where it stands. */
		if (!route->base_url)
			return error_at(err, "routes[%zu].path", i);
	}
	return true;
}

bool profile_keeps_back(const struct profile *profile, const char *name)
{
	for (size_t i = 0; i < profile->route_count; i++)
		if (text_equal_or_null(profile->routes[i].idle_key_env, name))
			return true;
	return false;
}
