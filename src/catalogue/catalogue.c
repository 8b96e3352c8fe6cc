/* SPDX-License-Identifier: MIT */
#include "catalogue/catalogue.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue_internal.h"
#include "catalogue_assets.h"

#include <stdlib.h>
#include <string.h>

static const char *const members[] = { "slug", "title", "names", "kind",
	"gateway_path", "gateway_path_alternatives", "direct_base_url",
	"custom_base_url", "key_env", "key_prefixes", "auth_header",
	"extra_headers", "api", "chat_path", "models_path", "compat_prefix",
	"test_body_extra", "example_models", "notes", "source", NULL };

/* Indexed by enum provider_api. */
static const char *const apis[] = { "openai", "anthropic", "google", "other" };

static bool read_list(const json_t *object, const struct json_path *path,
	const char *member, const char *const **list, struct error *err)
{
	json_t *array = NULL;
	struct json_path at = { path, member, 0 };

	if (!json_get_array(object, path, member, JSON_OPTIONAL, &array, err))
		return false;
	size_t count = json_array_size(array);
	const char **items = memory_array(count + 1, sizeof(*items));
	*list = items;
	for (size_t i = 0; i < count; i++) {
		items[i] = json_string_value(json_array_get(array, i));
		if (!items[i])
			return json_refuse(err, &at, "not a list of strings");
	}
	return true;
}

/* {"name": "value"} as "name: value". */
static bool read_headers(const json_t *object, const struct json_path *path,
	const char *const **list, struct error *err)
{
	json_t *headers = NULL;
	const char *name = NULL;
	json_t *value = NULL;
	size_t count = 0;

	if (!json_get_object(object, path, "extra_headers", JSON_OPTIONAL,
		    &headers, err))
		return false;
	const char **items =
		memory_array(json_object_size(headers) + 1, sizeof(*items));
	*list = items;
	json_object_foreach(headers, name, value) {
		if (!json_is_string(value))
			return json_refuse(err, path, "a header is no string");
		items[count++] =
			memory_printf("%s: %s", name, json_string_value(value));
	}
	return true;
}

static bool read_api(const json_t *object, const struct json_path *path,
	enum provider_api *api, struct error *err)
{
	const char *text = NULL;

	if (!json_get_text(object, path, "api", JSON_REQUIRED, &text, err))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(apis); i++) {
		if (text_equal(text, apis[i])) {
			*api = (enum provider_api)i;
			return true;
		}
	}
	return json_refuse(err, path, "unknown api");
}

static bool read_texts(const json_t *object, const struct json_path *path,
	struct provider *entry, struct error *err)
{
	const struct {
		const char *member;
		enum json_need need;
		const char **value;
	} texts[] = {
		{ "slug", JSON_REQUIRED, &entry->slug },
		{ "title", JSON_REQUIRED, &entry->title },
		{ "gateway_path", JSON_REQUIRED, &entry->gateway_path },
		{ "direct_base_url", JSON_REQUIRED, &entry->direct_base_url },
		{ "custom_base_url", JSON_OPTIONAL, &entry->custom_base_url },
		{ "key_env", JSON_OPTIONAL, &entry->key_env },
		{ "auth_header", JSON_REQUIRED, &entry->auth_header },
		{ "chat_path", JSON_REQUIRED, &entry->chat_path },
		{ "models_path", JSON_OPTIONAL, &entry->models_path },
		{ "compat_prefix", JSON_OPTIONAL, &entry->compat_prefix },
		{ "notes", JSON_OPTIONAL, &entry->notes },
		{ "source", JSON_REQUIRED, &entry->source },
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		if (!json_get_text(object, path, texts[i].member, texts[i].need,
			    texts[i].value, err))
			return false;
	}
	return true;
}

static bool read_entry(json_t *object, const struct json_path *path,
	struct provider *entry, struct error *err)
{
	const char *kind = NULL;
	json_t *extra = NULL;

	if (!json_is_object(object))
		return json_refuse(err, path, "not an object");
	bool good = json_check_members(object, path, members, false, err) &&
		read_texts(object, path, entry, err) &&
		read_api(object, path, &entry->api, err) &&
		read_list(object, path, "example_models",
			&entry->example_models, err) &&
		read_list(object, path, "key_prefixes", &entry->key_prefixes,
			err) &&
		read_list(object, path, "gateway_path_alternatives",
			&entry->path_alternatives, err) &&
		read_list(object, path, "names", &entry->names, err) &&
		read_headers(object, path, &entry->extra_headers, err) &&
		json_get_object(object, path, "test_body_extra", JSON_OPTIONAL,
			&extra, err) &&
		json_get_text(object, path, "kind", JSON_REQUIRED, &kind, err);
	if (!good)
		return false;
	entry->custom = text_equal(kind, "custom");
	if (extra)
		entry->test_body_extra = json_dumps(extra, JSON_COMPACT);
	size_t segment = strcspn(entry->gateway_path, "/");
	entry->segment = memory_copy(entry->gateway_path, segment);
	entry->path = entry->gateway_path + segment;
	return true;
}

struct catalogue *catalogue_load(void)
{
	static const struct json_limits limits = { .depth = 6 };
	struct error err;
	const struct asset *asset =
		asset_find(catalogue_assets, "providers.json");
	json_t *root = asset ? json_parse(asset->bytes, asset->size,
				       asset->name, &limits, &err)
			     : NULL;

	/* The file is part of this program: a fault in it is our own. */
	if (!json_is_array(root))
		abort();
	struct catalogue *catalogue = memory_new(sizeof(*catalogue));
	catalogue->root = root;
	catalogue->count = json_array_size(root);
	catalogue->entries =
		memory_array(catalogue->count, sizeof(*catalogue->entries));
	for (size_t i = 0; i < catalogue->count; i++) {
		struct json_path at = { NULL, NULL, i };
		if (!read_entry(json_array_get(root, i), &at,
			    &catalogue->entries[i], &err))
			abort();
	}
	return catalogue;
}

/* A list's array (its texts are the root's). Casts const away to free. */
static void free_list(const char *const *list)
{
	union {
		const char *const *borrowed;
		void *owned;
	} pointer = { .borrowed = list };

	free(pointer.owned);
}

static void free_text(const char *text)
{
	union {
		const char *borrowed;
		void *owned;
	} pointer = { .borrowed = text };

	free(pointer.owned);
}

void catalogue_free(struct catalogue *catalogue)
{
	if (!catalogue)
		return;
	for (size_t i = 0; i < catalogue->count; i++) {
		struct provider *entry = &catalogue->entries[i];
		for (size_t j = 0; entry->extra_headers[j]; j++)
			free_text(entry->extra_headers[j]);
		free_list(entry->extra_headers);
		free_list(entry->example_models);
		free_list(entry->key_prefixes);
		free_list(entry->path_alternatives);
		free_list(entry->names);
		free_text(entry->segment);
		free_text(entry->test_body_extra);
	}
	free(catalogue->entries);
	json_decref(catalogue->root);
	free(catalogue);
}

size_t catalogue_count(const struct catalogue *catalogue)
{
	return catalogue->count;
}

const struct provider *catalogue_at(
	const struct catalogue *catalogue, size_t index)
{
	return &catalogue->entries[index];
}

const struct provider *catalogue_find(
	const struct catalogue *catalogue, const char *name)
{
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct provider *entry = &catalogue->entries[i];
		if (text_equal(entry->slug, name) ||
			text_equal(entry->segment, name))
			return entry;
	}
	return NULL;
}
