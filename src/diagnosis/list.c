/* SPDX-License-Identifier: MIT */
#include "diagnosis/list_internal.h"

#include "base/attributes.h"
#include "base/clean.h"
#include "base/json.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/*
 * The few names of a long list that are most like a wanted one, the nearest
 * first. Where nothing is like it, they are simply the first ones: what there
 * is tells more than nothing.
 */
#define NEAR_COUNT 3
/* Bytes; longer names are left out. */
#define NEAR_NAME (TEXT_DISTANCE_MOST + 1)

struct near {
	char names[NEAR_COUNT][NEAR_NAME];
	size_t distance[NEAR_COUNT];
	size_t count;
};

static void near_add(struct near *near, const char *name, const char *wanted)
{
	size_t far;
	size_t at;

	if (strlen(name) >= NEAR_NAME || strlen(wanted) >= NEAR_NAME)
		return;
	far = text_distance(name, wanted);
	for (at = near->count; at > 0 && near->distance[at - 1] > far; at--)
		;
	if (at >= NEAR_COUNT)
		return;
	if (near->count < NEAR_COUNT)
		near->count++;
	for (size_t i = near->count - 1; i > at; i--) {
		memcpy(near->names[i], near->names[i - 1], NEAR_NAME);
		near->distance[i] = near->distance[i - 1];
	}
	snprintf(near->names[at], NEAR_NAME, "%s", name);
	near->distance[at] = far;
}

/* "a, b, c", fit to be printed; "" where there are none. */
static void near_format(const struct near *near, char *out, size_t size)
{
	char list[NEAR_COUNT * (NEAR_NAME + 2)] = "";
	size_t used = 0;

	for (size_t i = 0; i < near->count; i++)
		used += (size_t)snprintf(list + used, sizeof(list) - used,
			"%s%s", i > 0 ? ", " : "", near->names[i]);
	clean_line(list, used, out, size);
}

/* Lists */

/* Where the kinds of lists keep their items, and an item its name: models of
 * OpenAI, Anthropic, Google, Cohere; gateways and providers of Cloudflare. */
static const json_t *list_items(const json_t *root)
{
	static const char *const places[] = { "data", "models", "result" };

	if (json_is_array(root))
		return root;
	for (size_t i = 0; i < ARRAY_SIZE(places); i++) {
		const json_t *items = json_object_get(root, places[i]);

		if (json_is_array(items))
			return items;
	}
	return NULL;
}

static const char *item_name(const json_t *item, const char *member)
{
	const char *name = json_text(item, member);

	/* Google: models/gemini-2.5-flash */
	return name && text_starts_with(name, "models/")
		? name + strlen("models/")
		: name;
}

/* Cloudflare's lists come in pages. */
static bool is_whole(const json_t *root)
{
	const json_t *info = json_object_get(root, "result_info");
	const json_t *total = json_object_get(info, "total_count");
	const json_t *count = json_object_get(info, "count");

	return !json_is_integer(total) ||
		json_integer_value(total) <= json_integer_value(count);
}

bool list_take(const json_t *root, const char *wanted, struct reading *reading)
{
	/* A custom provider has an id beside its slug: the slug is its name. */
	static const char *const members[] = { "slug", "id", "name" };
	const json_t *items = list_items(root);
	struct near near = { 0 };

	if (!items)
		return false;
	JSON_EACH(item, items) {
		const char *name = NULL;

		for (size_t i = 0; i < ARRAY_SIZE(members) && !name; i++)
			name = item_name(item.value, members[i]);
		if (!name || !wanted)
			continue;
		near_add(&near, name, wanted);
		if (!text_equal(name, wanted))
			continue;
		reading->listed = true;
		reading->disabled =
			json_is_false(json_object_get(item.value, "enable"));
	}
	reading->list_whole = is_whole(root);
	reading->list_count = json_array_size(items);
	near_format(&near, reading->near, sizeof(reading->near));
	return true;
}
