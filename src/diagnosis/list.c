/* SPDX-License-Identifier: MIT */
#include "diagnosis/list_internal.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/text.h"
#include "diagnosis/near_internal.h"

#include <string.h>

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
