/* SPDX-License-Identifier: MIT */
#include "profile/settings_key.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum value_type {
	VALUE_TEXT,
	VALUE_NUMBER,
	VALUE_NUMBER_OR_TEXT,
	VALUE_LIST
};

enum group {
	GROUP_TOP,
	GROUP_PM2,
	GROUP_ROUTE,
	GROUP_OUTPUT
};

static const struct setting {
	enum group group;
	const char *member;
	enum value_type type;
} known_settings[] = {
	{ GROUP_TOP, "account_id", VALUE_TEXT },
	{ GROUP_TOP, "gateway", VALUE_TEXT },
	{ GROUP_TOP, "origin", VALUE_TEXT },
	{ GROUP_TOP, "custom_domain", VALUE_TEXT },
	{ GROUP_TOP, "max_age_days", VALUE_NUMBER },
	{ GROUP_TOP, "readers", VALUE_LIST },
	{ GROUP_TOP, "restart", VALUE_LIST },
	{ GROUP_TOP, "schema", VALUE_TEXT },
	{ GROUP_PM2, "app", VALUE_TEXT },
	{ GROUP_PM2, "script", VALUE_TEXT },
	{ GROUP_PM2, "instances", VALUE_NUMBER_OR_TEXT },
	{ GROUP_PM2, "env", VALUE_TEXT },
	{ GROUP_PM2, "ecosystem", VALUE_TEXT },
	{ GROUP_ROUTE, "name", VALUE_TEXT },
	{ GROUP_ROUTE, "provider", VALUE_TEXT },
	{ GROUP_ROUTE, "path", VALUE_TEXT },
	{ GROUP_ROUTE, "model", VALUE_TEXT },
	{ GROUP_ROUTE, "key_env", VALUE_TEXT },
	{ GROUP_ROUTE, "model_env", VALUE_TEXT },
	{ GROUP_ROUTE, "direct_url", VALUE_TEXT },
	{ GROUP_ROUTE, "credential", VALUE_TEXT },
	{ GROUP_ROUTE, "alias", VALUE_TEXT },
	{ GROUP_OUTPUT, "template", VALUE_TEXT },
	{ GROUP_OUTPUT, "path", VALUE_TEXT },
	{ GROUP_OUTPUT, "sha256", VALUE_TEXT },
	{ GROUP_OUTPUT, "readers", VALUE_LIST },
};

/* A key taken apart: group, the item in between, the member at its end. */
struct key_parts {
	enum group group;
	bool is_var;
	char item[129];   /* of a route or output, else "" */
	char member[129]; /* "" where the key names a whole item or group */
};

/* What stands for several settings, and one of them. */
static const struct {
	const char *name;
	const char *example;
} groups[] = {
	{ "routes", "routes.NAME.model" },
	{ "pm2", "pm2.app" },
	{ "outputs", "outputs.0.path" },
	{ "vars", "vars.NAME" },
};

static const char *group_example(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		if (text_equal(groups[i].name, name))
			return groups[i].example;
	}
	return NULL;
}

/* "rutes.mimo.model": what stands before the first dot is misspelt. */
static const char *nearest_group(const char *key)
{
	const char *names[ARRAY_SIZE(groups) + 1] = { NULL };
	char *first = memory_copy(key, strcspn(key, "."));

	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		names[i] = groups[i].name;
	const char *nearest = text_nearest(first, names);
	free(first);
	return nearest;
}

static const char *nearest_member(const struct key_parts *parts)
{
	const char *candidates[ARRAY_SIZE(known_settings) + 1] = { NULL };
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_SIZE(known_settings); i++) {
		if (known_settings[i].group == parts->group)
			candidates[count++] = known_settings[i].member;
	}
	return text_nearest(parts->member, candidates);
}

static bool is_upper_case(const char *name)
{
	return text_is_variable_name(name) && !text_equal(name, "") &&
		strcspn(name, "abcdefghijklmnopqrstuvwxyz") == strlen(name);
}

static bool suggest(
	const char *key, const struct key_parts *parts, struct error *err)
{
	const char *dot = strchr(key, '.');
	const char *member = nearest_member(parts);
	const char *group = nearest_group(key);

	if (is_upper_case(key))
		return error_next(err,
			"a plain variable is vars.%.100s; a secret is set by "
			"`aigenv secret set %.100s`",
			key, key);
	if (parts->group == GROUP_TOP && dot && group)
		return error_next(err, "did you mean %s%.100s?", group, dot);
	if (member)
		return error_next(err, "did you mean %.*s%s?",
			(int)strlen(key) - (int)strlen(parts->member), key,
			member);
	if (group)
		return error_next(
			err, "did you mean %s?", group_example(group));
	return error_next(err,
		"`aigenv config get` lists all; plain variables are "
		"vars.NAME, routes are routes.NAME.model");
}

static bool refuse_key(
	const char *key, const struct key_parts *parts, struct error *err)
{
	const char *example = group_example(key);

	if (example) {
		error_set(err, STATUS_INVALID, "%s has settings below it", key);
		return error_next(err, "name one of them, as %s", example);
	}
	if (parts->item[0] && !parts->member[0]) {
		error_set(err, STATUS_INVALID, "%.100s has settings below it",
			key);
		return error_next(err, "name one of them, as %.100s.%s", key,
			parts->group == GROUP_ROUTE ? "model" : "path");
	}
	error_set(err, STATUS_INVALID, "no setting is called \"%.100s\"", key);
	return suggest(key, parts, err);
}

static bool copy_part(char *out, size_t limit, const char *text, size_t size)
{
	if (size >= limit)
		return false;
	memcpy(out, text, size);
	out[size] = '\0';
	return true;
}

/* "routes.NAME.member" after its first dot; NAME may have dots itself. */
static bool split_item(const char *rest, struct key_parts *parts)
{
	const char *dot = strrchr(rest, '.');
	size_t item_size = dot ? (size_t)(dot - rest) : strlen(rest);

	return copy_part(parts->item, sizeof(parts->item), rest, item_size) &&
		copy_part(parts->member, sizeof(parts->member),
			dot ? dot + 1 : "", dot ? strlen(dot + 1) : 0);
}

static bool split_key(const char *key, struct key_parts *parts)
{
	*parts = (struct key_parts){ 0 };
	if (text_starts_with(key, "pm2.")) {
		parts->group = GROUP_PM2;
		return copy_part(parts->member, sizeof(parts->member), key + 4,
			strlen(key + 4));
	}
	if (text_starts_with(key, "vars.")) {
		parts->is_var = true;
		return copy_part(parts->member, sizeof(parts->member), key + 5,
			strlen(key + 5));
	}
	if (text_starts_with(key, "routes.")) {
		parts->group = GROUP_ROUTE;
		return split_item(key + 7, parts);
	}
	if (text_starts_with(key, "outputs.")) {
		parts->group = GROUP_OUTPUT;
		return split_item(key + 8, parts);
	}
	return copy_part(
		parts->member, sizeof(parts->member), key, strlen(key));
}

static const struct setting *find_setting(const struct key_parts *parts)
{
	static const struct setting text = { GROUP_TOP, "", VALUE_TEXT };

	/* Notes of one's own may stand in every group. */
	if (parts->is_var || text_starts_with(parts->member, "x-"))
		return &text;
	for (size_t i = 0; i < ARRAY_SIZE(known_settings); i++) {
		if (known_settings[i].group == parts->group &&
			text_equal(known_settings[i].member, parts->member))
			return &known_settings[i];
	}
	return NULL;
}

/* An object member of settings, made where it is wanted and not there. */
static json_t *child(
	json_t *settings, const char *name, bool make, json_t *(*kind)(void))
{
	json_t *value = json_object_get(settings, name);

	if (!value && make) {
		(void)json_object_set_new(settings, name, kind());
		value = json_object_get(settings, name);
	}
	return value;
}

static json_t *find_route(json_t *routes, const char *name, size_t *index)
{
	json_t *route = NULL;
	size_t i = 0;

	json_array_foreach(routes, i, route) {
		const char *known =
			json_string_value(json_object_get(route, "name"));
		if (known && text_equal(known, name)) {
			*index = i;
			return route;
		}
	}
	return NULL;
}

static json_t *route_object(
	json_t *settings, const char *name, bool make, size_t *index)
{
	json_t *routes = child(settings, "routes", make, json_array);
	json_t *route = find_route(routes, name, index);

	if (!route && make) {
		route = json_pack("{s:s}", "name", name);
		*index = json_array_size(routes);
		(void)json_array_append_new(routes, route);
	}
	return route;
}

static json_t *output_object(
	json_t *settings, const char *place, bool make, size_t *index)
{
	json_t *outputs = child(settings, "outputs", make, json_array);
	uint64_t number = 0;

	if (!number_parse(place, strlen(place), 0, 31, &number))
		return NULL;
	*index = (size_t)number;
	/* One after the last is a new one. */
	if (make && number == json_array_size(outputs))
		(void)json_array_append_new(outputs, json_object());
	return json_array_get(outputs, (size_t)number);
}

/* The object that holds a key's last member; *index of it in its list. */
static json_t *holder(json_t *settings, const struct key_parts *parts,
	bool make, size_t *index)
{
	if (parts->is_var)
		return child(settings, "vars", make, json_object);
	switch (parts->group) {
	case GROUP_PM2:
		return child(settings, "pm2", make, json_object);
	case GROUP_ROUTE:
		return route_object(settings, parts->item, make, index);
	case GROUP_OUTPUT:
		return output_object(settings, parts->item, make, index);
	default:
		return settings;
	}
}

static json_t *parse_list(const char *value)
{
	json_t *list = json_array();

	while (*value) {
		size_t size = strcspn(value, ",");
		char *item = memory_copy(value, size);
		int failed = json_array_append_new(list, json_string(item));
		free(item);
		if (failed) {
			json_decref(list);
			return NULL;
		}
		value += size + (value[size] == ',' ? 1 : 0);
	}
	return list;
}

/* The value in its type; NULL where it is none of it, or no UTF-8. */
static json_t *parse_value(enum value_type type, const char *value)
{
	uint64_t number = 0;
	bool is_number =
		number_parse(value, strlen(value), 0, 1000000, &number);

	switch (type) {
	case VALUE_LIST:
		return parse_list(value);
	case VALUE_NUMBER:
		return is_number ? json_integer((json_int_t)number) : NULL;
	case VALUE_NUMBER_OR_TEXT:
		return is_number ? json_integer((json_int_t)number)
				 : json_string(value);
	default:
		return json_string(value);
	}
}

static bool refuse_value(
	enum value_type type, const char *key, struct error *err)
{
	bool number = type == VALUE_NUMBER;

	error_set(err, STATUS_INVALID,
		number ? "must be a whole number" : "is not UTF-8 text");
	error_at(err, "%.200s", key);
	return number ? error_next(err, "write digits alone: %.100s=90", key)
		      : error_next(err, "save or type it as UTF-8");
}

static bool refuse_output(const char *key, struct error *err)
{
	error_set(err, STATUS_INVALID, "there is no such output");
	error_at(err, "%.200s", key);
	return error_next(err,
		"outputs are counted from 0; the next free number makes a new "
		"one");
}

/* The hash of another template would only lock the new one out. */
static void put_value(
	json_t *object, const struct key_parts *parts, json_t *value)
{
	const char *member = parts->member;

	if (parts->group == GROUP_OUTPUT && text_equal(member, "template") &&
		!json_equal(json_object_get(object, member), value))
		(void)json_object_del(object, "sha256");
	(void)json_object_set_new(object, member, value);
}

bool settings_set(
	json_t *settings, const char *key, const char *value, struct error *err)
{
	struct key_parts parts;
	size_t index = 0;

	if (!split_key(key, &parts))
		return refuse_key(key, &parts, err);
	const struct setting *setting = find_setting(&parts);
	if (!setting || !parts.member[0])
		return refuse_key(key, &parts, err);
	json_t *parsed = parse_value(setting->type, value);
	if (!parsed)
		return refuse_value(setting->type, key, err);
	json_t *object = holder(settings, &parts, true, &index);
	if (!object) {
		json_decref(parsed);
		return refuse_output(key, err);
	}
	put_value(object, &parts, parsed);
	return true;
}

/* A key that could be there is missing; any other one is no key. */
static bool missing(
	const char *key, const struct key_parts *parts, struct error *err)
{
	bool whole_item = parts->item[0] && !parts->member[0];

	if (!find_setting(parts) && !group_example(key) && !whole_item)
		return refuse_key(key, parts, err);
	error_set(err, STATUS_INVALID, "the profile has no %.100s", key);
	return error_next(err, "`aigenv config get` lists what it has");
}

/* Drops a route or an output as a whole. */
static bool unset_item(json_t *settings, const struct key_parts *parts,
	const char *key, struct error *err)
{
	size_t index = 0;

	if (!holder(settings, parts, false, &index))
		return missing(key, parts, err);
	return json_array_remove(
		       json_object_get(settings,
			       parts->group == GROUP_ROUTE ? "routes"
							   : "outputs"),
		       index) == 0;
}

bool settings_unset(json_t *settings, const char *key, struct error *err)
{
	struct key_parts parts;
	size_t index = 0;

	if (!split_key(key, &parts))
		return refuse_key(key, &parts, err);
	if (parts.item[0] && !parts.member[0])
		return unset_item(settings, &parts, key, err);
	json_t *object = holder(settings, &parts, false, &index);
	if (json_object_del(object, parts.member) != 0)
		return missing(key, &parts, err);
	/* An empty group says nothing. */
	if ((parts.is_var || parts.group == GROUP_PM2) &&
		json_object_size(object) == 0)
		(void)json_object_del(settings, parts.is_var ? "vars" : "pm2");
	return true;
}

bool settings_get(
	json_t *settings, const char *key, json_t **value, struct error *err)
{
	struct key_parts parts;
	size_t index = 0;

	if (!split_key(key, &parts))
		return refuse_key(key, &parts, err);
	json_t *object = holder(settings, &parts, false, &index);
	json_t *found = parts.item[0] && !parts.member[0]
		? object
		: json_object_get(object, parts.member);

	if (!found)
		return missing(key, &parts, err);
	*value = found;
	return true;
}
