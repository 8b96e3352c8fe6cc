/* SPDX-License-Identifier: MIT */
#include "profile/renamed_key.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"

#include <stdlib.h>

/* What a route has, else what it has by default; owned, or NULL. */
static char *text_or_default(
	const json_t *route, const char *member, char *(*usual)(const char *))
{
	const char *text = json_text(route, member);
	const char *provider = json_text(route, "provider");

	if (text)
		return memory_text(text);
	return provider ? usual(provider) : NULL;
}

static bool same_text(const json_t *a, const json_t *b, const char *member,
	char *(*usual)(const char *))
{
	char *first = text_or_default(a, member, usual);
	char *second = text_or_default(b, member, usual);
	bool same = text_equal_or_null(first, second);

	free(first);
	free(second);
	return same;
}

static bool app_sends_key(const json_t *route)
{
	const char *credential = json_text(route, "credential");

	return !credential || text_equal(credential, "header");
}

const char *renamed_key(const json_t *before, const json_t *route)
{
	json_t *routes = json_object_get(before, "routes");
	size_t index = 0;
	json_t *other = NULL;

	json_array_foreach(routes, index, other) {
		bool same = text_equal_or_null(json_text(other, "provider"),
				    json_text(route, "provider")) &&
			same_text(other, route, "name",
				profile_default_route_name);
		if (same)
			return app_sends_key(other) && app_sends_key(route) &&
					!same_text(other, route, "key_env",
						profile_default_key_env)
				? json_text(other, "key_env")
				: NULL;
	}
	return NULL;
}
