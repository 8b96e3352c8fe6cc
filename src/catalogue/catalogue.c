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
static const char *const apis[] = { "openai", "anthropic", "google", "cohere",
	"bedrock", "other" };

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

const char *provider_api_word(enum provider_api api)
{
	return apis[api];
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

/* Not json_dumps: its text would have to be freed by the allocator that jansson
 * was given (memory_wipe_json), not by free. */
static char *compact(const json_t *value)
{
	struct buf text = BUF((size_t)4096);

	json_format_canonical(value, &text);
	return buf_take(&text, NULL);
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
		entry->test_body_extra = compact(extra);
	size_t segment = strcspn(entry->gateway_path, "/");
	entry->segment = memory_copy(entry->gateway_path, segment);
	entry->path = entry->gateway_path + segment;
	return true;
}

/* The file is part of this program: a fault in it is our own. */
static void require(bool good)
{
	if (!good)
		abort();
}

const struct provider *catalogue_entry(struct slot *slot)
{
	static const struct json_limits limits = { .depth = 6 };
	struct error err;

	if (!slot->root) {
		slot->root = json_parse(slot->bytes, slot->size,
			"providers.json", &limits, &err);
		require(slot->root &&
			read_entry(slot->root, NULL, &slot->entry, &err));
	}
	return &slot->entry;
}

/* The byte behind the object or string that begins at `at`. */
static const char *skip_string(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++) {
		if (*at == '\\')
			at++;
	}
	return at + 1;
}

static const char *skip_object(const char *at, const char *end)
{
	size_t depth = 0;

	while (at < end) {
		if (*at == '"') {
			at = skip_string(at, end);
			continue;
		}
		if (*at == '{')
			depth++;
		if (*at++ == '}' && --depth == 0)
			break;
	}
	return at;
}

static void add_slot(
	struct catalogue *catalogue, const char *start, const char *end)
{
	static const char mark[] = "\"slug\": \"";
	const char *slug = strstr(start, mark);

	require(slug && slug < end);
	slug += sizeof(mark) - 1;
	catalogue->slots = memory_grow(
		catalogue->slots, catalogue->count, sizeof(*catalogue->slots));
	catalogue->slots[catalogue->count++] = (struct slot){
		.bytes = start,
		.size = (size_t)(end - start),
		.slug = slug,
		.slug_size = strcspn(slug, "\""),
	};
}

struct catalogue *catalogue_load(void)
{
	const struct asset *asset =
		asset_find(catalogue_assets, "providers.json");
	struct catalogue *catalogue = memory_new(sizeof(*catalogue));

	require(asset != NULL);
	const char *end = asset->bytes + asset->size;
	for (const char *at = asset->bytes; at < end; at++) {
		if (*at != '{')
			continue;
		const char *start = at;
		at = skip_object(at, end);
		add_slot(catalogue, start, at);
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

static void slot_release(struct slot *slot)
{
	struct provider *entry = &slot->entry;

	if (!slot->root)
		return;
	for (size_t i = 0; entry->extra_headers[i]; i++)
		free_text(entry->extra_headers[i]);
	free_list(entry->extra_headers);
	free_list(entry->example_models);
	free_list(entry->key_prefixes);
	free_list(entry->path_alternatives);
	free_list(entry->names);
	free_text(entry->segment);
	free_text(entry->test_body_extra);
	json_decref(slot->root);
}

void catalogue_free(struct catalogue *catalogue)
{
	if (!catalogue)
		return;
	for (size_t i = 0; i < catalogue->count; i++)
		slot_release(&catalogue->slots[i]);
	free(catalogue->slots);
	free(catalogue);
}

size_t catalogue_count(const struct catalogue *catalogue)
{
	return catalogue->count;
}

const struct provider *catalogue_at(
	const struct catalogue *catalogue, size_t index)
{
	return catalogue_entry(&catalogue->slots[index]);
}

const struct provider *catalogue_find(
	const struct catalogue *catalogue, const char *name)
{
	bool custom = text_starts_with(name, CUSTOM_PREFIX);
	const char *slug = custom ? name + strlen(CUSTOM_PREFIX) : name;

	for (size_t i = 0; i < catalogue->count; i++) {
		struct slot *slot = &catalogue->slots[i];
		if (!text_is(slot->slug, slot->slug_size, slug))
			continue;
		/* custom-openai is somebody's own provider, not OpenAI. */
		if (!custom || catalogue_entry(slot)->custom)
			return catalogue_entry(slot);
	}
	return NULL;
}
