/* SPDX-License-Identifier: MIT */
#include "profile/renamed_key.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"

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
