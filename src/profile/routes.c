/* SPDX-License-Identifier: MIT */
/* One route of the settings: members, defaults, base URL. */
#include "profile/settings_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "profile/base_url.h"
#include "profile/checks_internal.h"

#include <stdlib.h>
#include <string.h>

const char *const route_members[] = { "name", "provider", "path", "model",
	"key_env", "model_env", "direct_url", "credential", "alias", NULL };

static const char *const credentials[] = { "header", "stored", "unified",
	NULL };

static bool read_credential(struct route *route, const json_t *object,
	const struct json_path *path, struct error *err)
{
	const char *word = credentials[CREDENTIAL_HEADER];
	const struct text_member member = { "credential", JSON_OPTIONAL, NULL,
		&word };
	struct json_path at = { path, "credential", 0 };

	if (!settings_texts(object, path, &member, 1, err))
		return false;
	for (size_t i = 0; credentials[i]; i++) {
		if (text_equal(word, credentials[i])) {
			route->credential = (enum credential)i;
			return true;
		}
	}
	json_refuse(err, &at, "a credential is header, stored or unified");
	const char *nearest = text_nearest(word, credentials);
	return nearest ? error_next(err, "did you mean \"%s\"?", nearest)
		       : error_next(err,
				 "header: the app sends the provider's "
				 "key; stored: Cloudflare keeps it");
}

/* An alias names a stored key; anywhere else it would do nothing. */
static bool check_alias(const struct route *route, const struct json_path *path,
	struct error *err)
{
	struct json_path at = { path, "alias", 0 };

	if (!route->alias || route->credential == CREDENTIAL_STORED)
		return true;
	json_refuse(err, &at, "an alias names a key stored at Cloudflare");
	return error_next(
		err, "set credential to \"stored\", or leave the alias out");
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
				"%.128s is the name of another variable that "
				"aigenv renders",
				own[i].name);
			return error_next(err, "choose another name");
		}
	}
	return true;
}

/* compat finds the provider in the model's name. */
static bool check_compat(const struct route *route,
	const struct json_path *path, struct error *err)
{
	struct json_path at = { path, "model", 0 };

	if (!text_equal(route->provider, "compat") || strchr(route->model, '/'))
		return true;
	json_refuse(
		err, &at, "behind compat a model has its provider in front");
	return error_next(err,
		"write it as openai/gpt-5-mini or "
		"custom-xiaomi/mimo-v2.5");
}

static bool check_known(struct route *route, const struct profile *profile,
	const struct json_path *path, struct error *err)
{
	struct json_path at = { path, "provider", 0 };

	return profile_check_known_provider(
		       route->provider, profile->catalogue, err) ||
		settings_at(err, &at);
}

static bool read_texts(struct route *route, const json_t *object,
	const struct json_path *path, struct error *err)
{
	const struct text_member texts[] = {
		{ "provider", JSON_REQUIRED, profile_check_provider,
			&route->provider },
		{ "name", JSON_OPTIONAL, check_route_name, &route->name },
		{ "path", JSON_OPTIONAL, profile_check_path, &route->path },
		{ "model", JSON_REQUIRED, profile_check_model, &route->model },
		{ "key_env", JSON_OPTIONAL, profile_check_variable,
			&route->key_env },
		{ "model_env", JSON_OPTIONAL, profile_check_variable,
			&route->model_env },
		{ "direct_url", JSON_OPTIONAL, profile_check_direct_url,
			&route->direct_url },
		{ "alias", JSON_OPTIONAL, check_word, &route->alias },
	};

	return settings_texts(object, path, texts, ARRAY_SIZE(texts), err);
}

/* Keeps an owned text as long as the profile lives. */
static const char *keep(struct profile *profile, char *owned)
{
	profile->kept = memory_grow(
		profile->kept, profile->kept_count, sizeof(*profile->kept));
	profile->kept[profile->kept_count++] = owned;
	return owned;
}

static void fill_defaults(struct profile *profile, struct route *route)
{
	const struct catalogue *catalogue = profile->catalogue;

	if (!route->name)
		route->name = keep(
			profile, profile_default_route_name(route->provider));
	if (!route->path)
		route->path = keep(profile,
			profile_default_path(route->provider, catalogue));
	if (!route->key_env)
		route->key_env = keep(profile,
			profile_default_key_env(route->provider, catalogue));
	if (route->credential != CREDENTIAL_HEADER) {
		route->idle_key_env = route->key_env;
		route->key_env = NULL;
	}
}

bool settings_route(struct profile *profile, json_t *object,
	const struct json_path *path, struct error *err)
{
	struct route *route = &profile->routes[profile->route_count];

	*route = (struct route){ .credential = CREDENTIAL_HEADER };
	if (!json_is_object(object))
		return json_refuse(err, path, "a route is an object, not %s",
			json_type_words(object));
	if (!json_check_members(object, path, route_members, true, err) ||
		!read_texts(route, object, path, err) ||
		!check_known(route, profile, path, err) ||
		!read_credential(route, object, path, err) ||
		!check_alias(route, path, err) ||
		!check_compat(route, path, err))
		return false;
	route->entry = catalogue_find(profile->catalogue, route->provider);
	fill_defaults(profile, route);
	if (!check_variables(route, path, err))
		return false;
	route->base_url = base_url_build(
		&(struct base_url_parts){
			.origin = profile->origin,
			.custom_domain = profile->custom_domain,
			.account_id = profile->account_id,
			.gateway = profile->gateway,
			.provider = route->provider,
			.path = route->path,
		},
		err);
	if (!route->base_url) {
		/* All other parts were checked where they stand. */
		struct json_path at = { path, "path", 0 };
		return settings_at(err, &at);
	}
	profile->route_count++;
	return true;
}

/* The first route that has the name of an earlier one as a variable, or the
 * number of routes. */
static size_t find_repeated(char *const *forms, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = 0; j < i; j++)
			if (text_equal(forms[i], forms[j]))
				return i;
	return count;
}

bool settings_route_names(const struct profile *profile, struct error *err)
{
	struct json_path routes = { NULL, "routes", 0 };
	struct json_path at = { &routes, NULL, 0 };
	char *forms[ROUTES_LIMIT];

	for (size_t i = 0; i < profile->route_count; i++)
		forms[i] = profile_variable_form(profile->routes[i].name);
	at.index = find_repeated(forms, profile->route_count);
	for (size_t i = 0; i < profile->route_count; i++)
		free(forms[i]);
	if (at.index == profile->route_count)
		return true;
	json_refuse(err, &at, "two routes are named %.63s",
		profile->routes[at.index].name);
	return error_next(err, "give this one a \"name\" of its own");
}
