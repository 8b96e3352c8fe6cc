/* SPDX-License-Identifier: MIT */
#include "apply/example.h"

#include "base/json.h"
#include "base/text.h"
#include "envfile/envfile.h"
#include "settings/value.h"

/* A plain value as env files spell it; what none can hold stays empty. */
static json_t *spelt(const char *name, const char *value)
{
	SCOPED(buf) struct buf spelling = BUF(ENVFILE_LIMIT);
	struct error ignored;

	if (!value || !*value ||
		!envfile_quote(name, value, 0, &spelling, NULL, &ignored))
		return json_new_text("");
	return json_new_text(buf_cstring(&spelling));
}

/* What aigenv itself renders under that name, told where the schema does not:
 * whether it does. */
static bool put_role(
	const struct profile *profile, const char *name, json_t *data)
{
	const bool described = json_text(data, "description");
	bool made = text_equal(name, "CF_AIG_TOKEN");

	json_put(data, "token", json_boolean(made && !described));
	for (size_t i = 0; i < profile->route_count; i++) {
		const struct route *route = &profile->routes[i];
		const char *role = NULL;
		if (text_equal_or_null(route->key_env, name))
			role = "key_of";
		else if (text_equal_or_null(route->model_env, name))
			role = "model_of";
		else if (profile_is_base_url(route, i, name))
			role = "base_url_of";
		if (!role || made)
			continue;
		made = true;
		if (described)
			continue;
		json_put_text(data, role,
			text_equal(role, "key_of") && route->entry
				? route->entry->title
				: route->name);
	}
	return made;
}

static json_t *list_text(const json_t *allowed)
{
	SCOPED(buf) struct buf text = BUF(65536);

	if (!allowed)
		return json_null();
	settings_format_value(allowed, &text);
	return json_new_text(buf_cstring(&text));
}

static json_t *entry_data(const struct profile *profile, const char *name,
	const struct variable *variable)
{
	const json_t *schema = json_object_get(
		json_object_get(profile->settings, "schema"), name);
	const json_t *required = json_object_get(schema, "required");
	const bool secret = (variable && variable->secret) ||
		json_is_true(json_object_get(schema, "secret"));
	json_t *data = JSON_RECORD(JSON_TEXT("name", name),
		JSON_TEXT("description", json_text(schema, "description")),
		JSON_TEXT("pattern", json_text(schema, "pattern")),
		JSON_VALUE(
			"one_of", list_text(json_object_get(schema, "one_of"))),
		JSON_FLAG("secret", secret), JSON_TEXT("base_url_of", NULL),
		JSON_TEXT("key_of", NULL), JSON_TEXT("model_of", NULL));
	const bool made = put_role(profile, name, data);

	json_put(
		data, "required", json_boolean(made || json_is_true(required)));
	json_t *value =
		spelt(name, secret || !variable ? NULL : variable->plain);

	json_put(data, "unused",
		json_boolean(!json_string_length(value) &&
			!json_is_true(json_object_get(data, "required"))));
	json_put(data, "value", value);
	return data;
}

json_t *example_data(
	const struct profile *profile, const struct variables *variables)
{
	json_t *list = json_new_list();
	const char *name = NULL;
	json_t *entry = NULL;

	for (size_t i = 0; i < variables->count; i++)
		json_push(list,
			entry_data(profile, variables->items[i].name,
				&variables->items[i]));
	json_object_foreach(
		json_object_get(profile->settings, "schema"), name, entry) {
		if (!variables_find(variables, name))
			json_push(list, entry_data(profile, name, NULL));
	}
	return list;
}
