/* SPDX-License-Identifier: MIT */
#include "setup/known.h"

#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "profile/profile.h"

/* The present route to the same provider, or NULL. */
static json_t *present_route(const json_t *present, const json_t *route)
{
	return json_find(json_object_get(present, "routes"), "provider",
		json_text(route, "provider"));
}

/* The file's key may stand under the usual name, which answers leave out. */
static void keep_key_name(const json_t *answers, json_t *route)
{
	OWNED char *usual =
		profile_default_key_env(json_text(route, "provider"));

	if (json_inner(answers, "secrets", usual))
		json_put_text(route, "key_env", usual);
}

void known_complete_routes(json_t *answers, const json_t *present)
{
	json_t *routes = json_object_get(answers, "routes");

	JSON_EACH(route, routes) {
		json_t *before = present_route(present, route.value);
		bool names_key = json_object_get(route.value, "key_env");
		if (!before)
			continue;
		json_put_missing(route.value, before);
		if (!names_key)
			keep_key_name(answers, route.value);
	}
}

json_t *known_of(const json_t *answers, const json_t *present,
	const struct opened *opened)
{
	struct secret_info info = { .name = NULL };
	json_t *known = present ? json_new_copy(present) : json_new_object();
	JSON_SCOPED json_t *said = json_new_copy(answers);
	json_t *secrets = json_object_get(said, "secrets");

	secrets = secrets ? json_incref(secrets) : json_new_object();
	while (opened && opened_next_secret(opened, &info))
		json_put(secrets, info.name, json_true());
	json_put_all(known, said);
	json_put(known, "secrets", secrets);
	return known;
}
