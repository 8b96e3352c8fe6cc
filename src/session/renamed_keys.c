/* SPDX-License-Identifier: MIT */
#include "session/renamed_keys.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"

static bool is_key(const json_t *settings, const char *name)
{
	json_t *routes = json_object_get(settings, "routes");
	bool found = false;

	JSON_EACH(route, routes) {
		OWNED char *key = profile_route_key_env(route.value);
		found = found || text_equal_or_null(key, name);
	}
	return found;
}

/* The present secret that becomes this route's key under another name. One that
 * has a value already keeps it. */
static const char *source_of(
	const struct renaming *renaming, const json_t *route)
{
	const struct opened *opened = renaming->opened;
	const char *old = opened ? renamed_key(renaming->before, route) : NULL;
	OWNED char *key = profile_route_key_env(route);
	bool moves = old && key && opened_has_secret(opened, old) &&
		!opened_has_secret(opened, key);

	return moves ? old : NULL;
}

const char *renamed_keys_source(
	const struct renaming *renaming, const char *name)
{
	json_t *routes = json_object_get(renaming->after, "routes");
	const char *source = NULL;

	JSON_EACH(route, routes) {
		OWNED char *key = profile_route_key_env(route.value);
		if (!source && text_equal_or_null(key, name))
			source = source_of(renaming, route.value);
	}
	return source;
}

bool renamed_keys_leave(const struct renaming *renaming, const char *name)
{
	json_t *routes = json_object_get(renaming->after, "routes");

	if (is_key(renaming->after, name))
		return false;
	JSON_EACH(route, routes)
		if (text_equal_or_null(source_of(renaming, route.value), name))
			return true;
	return false;
}

static bool copy(struct opened *opened, const char *from, const char *to,
	struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	const struct secret *value =
		opened_get_secret(opened, from, SLOT_CURRENT, &arena, err);
	bool changed = false;

	return value && opened_set_secret(opened, to, value, &changed, err);
}

bool renamed_keys_move(const struct renaming *given,
	const struct observer *observer, struct error *err)
{
	/* Each secret that is set puts the profile's settings anew. */
	JSON_SCOPED json_t *before = json_new_copy(given->before);
	const struct renaming own = { given->opened, before, given->after };
	const struct renaming *renaming = &own;
	json_t *routes = json_object_get(given->after, "routes");
	bool ok = true;

	JSON_EACH(route, routes) {
		const char *old = source_of(renaming, route.value);
		OWNED char *key =
			old ? profile_route_key_env(route.value) : NULL;
		bool leaves = key && renamed_keys_leave(renaming, old);
		ok = ok && (!key || copy(given->opened, old, key, err));
		if (ok && leaves) {
			observer_note(observer,
				_("%s is now called %s; its value was kept"),
				old, key);
			ok = opened_remove_secret(given->opened, old, err);
		}
	}
	return ok;
}
