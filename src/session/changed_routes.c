/* SPDX-License-Identifier: MIT */
#include "session/changed_routes.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/profile.h"

static bool has_same(const json_t *a, const json_t *b, const char *member)
{
	return text_equal_or_null(json_text(a, member), json_text(b, member));
}

/* A probe would send the key of one provider to another. */
static void tell_of_direct_url(const struct observer *observer,
	const json_t *before, const json_t *route)
{
	if (json_object_get(before, "direct_url") &&
		!json_object_get(route, "direct_url"))
		observer_note(observer,
			_("direct_url of route %s led to %s, and was taken "
			  "out"),
			json_text(route, "name"),
			json_text(before, "provider"));
}

/* Where the variable has a name of the team's own, it stays. */
static void tell_of_key(const struct session *session, const json_t *before,
	const json_t *route)
{
	const struct observer *observer = &session->options.observer;
	const char *name = json_text(route, "name");
	const char *key = json_text(route, "key_env");
	const char *old = json_text(before, "key_env");
	const bool has_value = key && opened_has_secret(session->opened, key);

	if (!key || !old)
		return;
	if (text_equal(key, old) && has_value)
		observer_warn(observer,
			_("the key of route %s is still the value of %s, which "
			  "is %s's: `aigenv secret set %s` gives it another"),
			name, key, json_text(before, "provider"), key);
	else if (text_equal(key, old))
		return;
	else if (has_value)
		observer_note(observer,
			_("the key of route %s is %s now, no longer %s"), name,
			key, old);
	else
		observer_warn(observer,
			_("the key of route %s is %s now, no longer %s, and "
			  "has no value yet: `aigenv secret set %s`"),
			name, key, old, key);
}

static void tell_of_model(const struct observer *observer, const json_t *before,
	const json_t *route)
{
	const char *model = json_text(route, "model");

	if (text_equal_or_null(model, json_text(before, "model")))
		observer_warn(observer,
			_("the model of route %s is still %s, which was "
			  "chosen for %s"),
			json_text(route, "name"), model,
			json_text(before, "provider"));
}

void provider_change_tell(const struct session *session, const json_t *before,
	const json_t *after)
{
	const struct observer *observer = &session->options.observer;

	JSON_EACH(route, json_object_get(after, "routes")) {
		const json_t *old = json_find(json_object_get(before, "routes"),
			"name", json_text(route.value, "name"));

		if (!old || has_same(old, route.value, "provider"))
			continue;
		tell_of_direct_url(observer, old, route.value);
		tell_of_key(session, old, route.value);
		tell_of_model(observer, old, route.value);
	}
}

/* Whether it led to another provider and to no route of this one, under
 * whatever name. */
static bool has_another_address(const json_t *before, const json_t *route)
{
	bool another = false;

	JSON_EACH(old, json_object_get(before, "routes")) {
		if (!has_same(old.value, route, "direct_url"))
			continue;
		if (has_same(old.value, route, "provider"))
			return false;
		another = true;
	}
	return another;
}

void provider_change_forget(const json_t *before, json_t *after)
{
	JSON_EACH(route, json_object_get(after, "routes"))
		if (has_another_address(before, route.value))
			(void)json_object_del(route.value, "direct_url");
}

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
