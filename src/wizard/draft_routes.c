/* SPDX-License-Identifier: MIT */
/* The routes of a draft, each of which has a name of its own. */
#include "wizard/draft_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"

#include <stdlib.h>

size_t draft_route_count(const struct draft *draft)
{
	return json_array_size(json_object_get(draft->said, "routes"));
}

void draft_add_route(struct draft *draft)
{
	json_push(json_object_get(draft->said, "routes"), json_new_object());
}

void draft_keep_routes(struct draft *draft, size_t count)
{
	json_t *routes = json_object_get(draft->said, "routes");

	while (json_array_size(routes) > count)
		(void)json_array_remove(routes, json_array_size(routes) - 1);
}

static const char *route_text(
	const struct draft *draft, size_t route, const char *name)
{
	return draft_get(draft, (struct field){ SETTINGS_ROUTE, name, route });
}

static bool name_is_taken(
	const struct draft *draft, size_t route, const char *name)
{
	for (size_t i = 0; i < draft_route_count(draft); i++) {
		const char *own = route_text(draft, i, "name");
		const char *provider = route_text(draft, i, "provider");
		if (i == route || (!own && !provider))
			continue;
		OWNED char *other = own ? memory_text(own)
					: profile_default_route_name(provider);
		if (text_equal_ignoring_case(other, name))
			return true;
	}
	return false;
}

/* A name of its own, where the default is another route's already. */
static void name_apart(const struct draft *draft, size_t route, json_t *object)
{
	const char *provider = json_text(object, "provider");

	if (json_object_get(object, "name"))
		return;
	OWNED char *plain = profile_default_route_name(provider);
	OWNED char *name = memory_text(plain);
	for (unsigned number = 2; name_is_taken(draft, route, name); number++) {
		free(name);
		name = memory_printf("%s-%u", plain, number);
	}
	if (!text_equal(name, plain))
		json_put_text(object, "name", name);
}

/* The route as it is with that provider; a new reference. */
static json_t *route_with(
	const struct draft *draft, size_t route, const char *provider)
{
	json_t *now =
		json_array_get(json_object_get(draft->said, "routes"), route);
	json_t *given =
		json_array_get(json_object_get(draft->given, "routes"), route);
	const char *before = route_text(draft, route, "provider");

	bool another = before && !text_equal(before, provider);

	json_t *made = !another ? json_new_copy(now)
		: given         ? json_new_copy(given)
				: json_new_object();
	json_put_text(made, "provider", provider);
	name_apart(draft, route, made);
	return made;
}

bool draft_would_take_provider(struct draft *draft, size_t route,
	const char *provider, struct error *err)
{
	JSON_SCOPED json_t *tried = draft_trial(draft);

	json_replace(json_object_get(tried, "routes"), route,
		route_with(draft, route, provider));
	return draft_stands(draft, tried, err);
}

bool draft_set_provider(struct draft *draft, size_t route, const char *provider,
	struct error *err)
{
	if (!draft_would_take_provider(draft, route, provider, err))
		return false;
	json_replace(json_object_get(draft->said, "routes"), route,
		route_with(draft, route, provider));
	return true;
}

const struct provider *draft_entry(const struct draft *draft, size_t route)
{
	const char *provider = route_text(draft, route, "provider");

	return provider ? catalogue_find(provider) : NULL;
}

char *draft_key_name(const struct draft *draft, size_t route)
{
	const json_t *said =
		json_array_get(json_object_get(draft->said, "routes"), route);

	return profile_sends_key(said) ? profile_route_key_env(said) : NULL;
}
