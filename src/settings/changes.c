/* SPDX-License-Identifier: MIT */
#include "settings/changes.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "settings/key.h"
#include "settings/value.h"

struct comparison {
	json_t *other;   /* the settings on the other side */
	json_t *changes; /* where a change is noted */
	bool removals;   /* we walk over what was before */
};

json_t *settings_change(const char *key, const char *before, const char *after)
{
	return json_build("{key:%s, before:%s, after:%s}", key, before, after);
}

static void compare_one(void *context, const char *key, const json_t *value)
{
	const struct comparison *comparison = context;
	struct error ignored;
	json_t *other = NULL;
	bool there = comparison->other &&
		settings_get(comparison->other, key, &other, &ignored);

	/* What is on both sides was compared on the first walk. */
	if (there && (comparison->removals || json_equal(value, other)))
		return;
	OWNED char *before =
		settings_line(comparison->removals ? value : other);
	OWNED char *after = settings_line(comparison->removals ? NULL : value);
	json_push(comparison->changes, settings_change(key, before, after));
}

/* "mimo, openai": the first one is CF_AIG_BASE_URL. Owned. */
static char *route_order(json_t *settings)
{
	struct buf text = BUF(65536);

	JSON_EACH(route, json_object_get(settings, "routes")) {
		const char *name = json_text(route.value, "name");
		buf_listed(&text, name ? name : "?");
	}
	return buf_take(&text, NULL);
}

static void compare_order(json_t *old, json_t *settings, json_t *changes)
{
	OWNED char *before = route_order(old);
	OWNED char *after = route_order(settings);

	if (old && !text_equal(before, after))
		json_push(changes, settings_change("routes", before, after));
}

json_t *settings_changes(json_t *before, json_t *after)
{
	json_t *changes = json_new_list();
	struct comparison added = { .other = before, .changes = changes };
	struct comparison removed = {
		.other = after, .changes = changes, .removals = true
	};

	compare_order(before, after, changes);
	settings_each(after, compare_one, &added);
	if (before)
		settings_each(before, compare_one, &removed);
	return changes;
}
