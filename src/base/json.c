/* SPDX-License-Identifier: MIT */
#include "base/json.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool check_value(json_t *value, const struct json_path *path,
	const struct json_limits *limits, size_t depth, struct error *err);

static bool check_text(const json_t *value, const struct json_path *path,
	const struct json_limits *limits, struct error *err)
{
	const char *text = json_string_value(value);
	size_t size = json_string_length(value);

	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)text[i];
		if (byte == 0)
			return json_refuse(
				err, path, _("this string has a NUL in it"));
		if (!limits->controls && (byte < 0x20 || byte == 0x7f) &&
			byte != '\t' && byte != '\n')
			return json_refuse(err, path,
				_("this string has a control character in it"));
	}
	return true;
}

static bool check_children(json_t *value, const struct json_path *path,
	const struct json_limits *limits, size_t depth, struct error *err)
{
	if (depth >= limits->depth)
		return json_refuse(err, path,
			_("this is nested more than %zu deep"), limits->depth);
	if (json_is_array(value)) {
		for (size_t i = 0; i < json_array_size(value); i++) {
			struct json_path at = { path, NULL, i };
			if (!check_value(json_array_get(value, i), &at, limits,
				    depth + 1, err))
				return false;
		}
		return true;
	}

	JSON_EACH_MEMBER(child, value) {
		struct json_path at = { path, child.name, 0 };
		if (!check_value(child.value, &at, limits, depth + 1, err))
			return false;
	}
	return true;
}

static bool check_value(json_t *value, const struct json_path *path,
	const struct json_limits *limits, size_t depth, struct error *err)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
	case JSON_ARRAY:
		return check_children(value, path, limits, depth, err);
	case JSON_STRING:
		return check_text(value, path, limits, err);
	case JSON_REAL:
		return limits->reals ||
			json_refuse(err, path,
				_("this number has a fraction or an exponent"));
	case JSON_NULL:
		return limits->nulls ||
			json_refuse(err, path, _("null is not allowed"));
	default:
		return true;
	}
}

json_t *json_parse(const char *bytes, size_t size, const char *name,
	const struct json_limits *limits, struct error *err)
{
	json_error_t detail;
	size_t flags = JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL;

	if (limits->any_value)
		flags |= JSON_DECODE_ANY;
	if (text_mark_size(bytes, size)) {
		error_set(err, STATUS_INVALID,
			_("the file begins with a byte order mark"));
		error_at(err, "%s:1:1", name);
		error_next(
			err, _("save it as UTF-8 without a byte order mark"));
		return NULL;
	}
	json_t *root = json_loadb(bytes, size, flags, &detail);
	if (!root) {
		/* jansson quotes the text it stumbled over: it may be a key. */
		char *near = strstr(detail.text, " near '");
		if (near)
			*near = '\0';
		error_set(err, STATUS_INVALID, _("%s is not valid JSON: %s"),
			name, detail.text);
		error_next(err, _("correct it at that line and column"));
		error_at(err, "%s:%d:%d", name,
			detail.line > 0 ? detail.line : 1,
			detail.column > 0 ? detail.column : 1);
		return NULL;
	}
	if (!check_value(root, NULL, limits, 0, err)) {
		char at[sizeof(err->where)];
		memcpy(at, err->where, sizeof(at));
		error_at(err, "%s%s%s", name, at[0] ? ": " : "", at);
		json_decref(root);
		return NULL;
	}
	return root;
}

static void format_step(const struct json_path *path, char *out, size_t size)
{
	if (path->parent)
		format_step(path->parent, out, size);
	size_t used = strlen(out);
	if (path->member)
		(void)snprintf(out + used, size - used, "%s%s", used ? "." : "",
			path->member);
	else
		(void)snprintf(out + used, size - used, "[%zu]", path->index);
}

void json_path_format(const struct json_path *path, char *out, size_t size)
{
	out[0] = '\0';
	if (path)
		format_step(path, out, size);
	out[text_cut(out, strlen(out))] = '\0';
}

void json_step_name(const struct json_path *path, char *out, size_t size)
{
	if (path->member)
		(void)snprintf(out, size, "\"%s\"", path->member);
	else
		(void)snprintf(out, size, "[%zu]", path->index);
	out[text_cut(out, strlen(out))] = '\0';
}

bool json_refuse(struct error *err, const struct json_path *path,
	const char *format, ...)
{
	char what[sizeof(err->what)];
	char where[sizeof(err->where)];

	WITH_VALUES((void)vsnprintf(what, sizeof(what), format, values));
	json_path_format(path, where, sizeof(where));
	error_set(err, STATUS_INVALID, "%s", what);
	return error_at(err, "%s", where);
}

bool json_error_at(struct error *err, const struct json_path *path)
{
	char where[sizeof(err->where)];

	json_path_format(path, where, sizeof(where));
	return error_at(err, "%s", where);
}

static bool is_known(const char *name, const char *const *known)
{
	for (; *known; known++)
		if (strcmp(*known, name) == 0)
			return true;
	return false;
}

bool json_check_members(json_t *object, const struct json_path *path,
	const char *const *known, bool notes, struct error *err)
{
	JSON_EACH_MEMBER(member, object) {
		if (is_known(member.name, known))
			continue;
		if (notes && text_starts_with(member.name, "x-"))
			continue;
		struct json_path at = { path, member.name, 0 };
		json_refuse(
			err, &at, _("unknown member \"%.64s\""), member.name);
		const char *nearest = text_nearest(member.name, known);
		if (nearest)
			error_next(err, _("did you mean \"%s\"?"), nearest);
		return false;
	}
	return true;
}

const char *json_text(const json_t *object, const char *member)
{
	return json_string_value(json_object_get(object, member));
}

const char *json_text_or_empty(const json_t *object, const char *member)
{
	const char *text = json_text(object, member);

	return text ? text : "";
}

bool json_flag(const json_t *object, const char *member)
{
	return json_is_true(json_object_get(object, member));
}

json_int_t json_number(const json_t *object, const char *member)
{
	return json_integer_value(json_object_get(object, member));
}

char *json_listed(const json_t *list)
{
	struct buf text = BUF(SIZE_MAX);

	JSON_EACH(item, list)
		buf_listed(&text, json_string_value(item.value));
	return buf_take(&text, NULL);
}

bool json_equal_or_null(const json_t *a, const json_t *b)
{
	return a == b || json_equal(a, b);
}

bool json_lists(const json_t *list, const char *text)
{
	JSON_EACH(item, list)
		if (text_equal_or_null(json_string_value(item.value), text))
			return true;
	return false;
}

json_t *json_find(const json_t *list, const char *member, const char *text)
{
	JSON_EACH(record, list)
		if (text_equal_or_null(json_text(record.value, member), text))
			return record.value;
	return NULL;
}

json_t *json_inner(const json_t *object, const char *outer, const char *inner)
{
	return json_object_get(json_object_get(object, outer), inner);
}

const char **json_sorted_names(json_t *object)
{
	size_t count = json_object_size(object);
	const char **names = memory_array(count + 1, sizeof(*names));
	size_t used = 0;

	JSON_EACH_MEMBER(member, object)
		names[used++] = member.name;
	if (count > 0)
		qsort(names, count, sizeof(*names), text_compare);
	return names;
}

bool json_refuse_type(
	struct error *err, const struct json_path *path, json_type wanted)
{
	char name[128];

	if (!path)
		return json_refuse(err, NULL, "%s",
			wanted == JSON_ARRAY ? _("the JSON must be a list")
					     : _("the JSON must be an object"));
	json_step_name(path, name, sizeof(name));
	switch (wanted) {
	case JSON_OBJECT:
		return json_refuse(err, path, _("%s must be an object"), name);
	case JSON_ARRAY:
		return json_refuse(err, path, _("%s must be a list"), name);
	case JSON_STRING:
		return json_refuse(err, path, _("%s must be a string"), name);
	case JSON_INTEGER:
		return json_refuse(
			err, path, _("%s must be a whole number"), name);
	case JSON_REAL:
		return json_refuse(err, path, _("%s must be a number"), name);
	case JSON_NULL:
		return json_refuse(err, path, _("%s must be null"), name);
	default:
		return json_refuse(
			err, path, _("%s must be true or false"), name);
	}
}

/* A member that is asked for. */
struct wish {
	const struct json_path *path;
	const char *member;
	enum json_need need;
	json_type type;
};

/* The member, checked against its type; *found is left where it may be absent.
 */
static bool get_typed(const json_t *object, const struct wish *wish,
	json_t **found, struct error *err)
{
	struct json_path at = { wish->path, wish->member, 0 };
	json_t *value = json_object_get(object, wish->member);

	if (!value && wish->need == JSON_REQUIRED)
		return json_refuse(
			err, &at, _("\"%s\" is missing"), wish->member);
	if (value && json_typeof(value) != wish->type)
		return json_refuse_type(err, &at, wish->type);
	if (value)
		*found = value;
	return true;
}

bool json_get_text(const json_t *object, const struct json_path *path,
	const char *member, enum json_need need, const char **value,
	struct error *err)
{
	const struct wish wish = { path, member, need, JSON_STRING };
	json_t *found = NULL;

	if (!get_typed(object, &wish, &found, err))
		return false;
	if (found)
		*value = json_string_value(found);
	return true;
}

bool json_get_integer(const json_t *object, const struct json_path *path,
	const char *member, enum json_need need, json_int_t *value,
	struct error *err)
{
	const struct wish wish = { path, member, need, JSON_INTEGER };
	json_t *found = NULL;

	if (!get_typed(object, &wish, &found, err))
		return false;
	if (found)
		*value = json_integer_value(found);
	return true;
}

bool json_get_object(const json_t *object, const struct json_path *path,
	const char *member, enum json_need need, json_t **value,
	struct error *err)
{
	const struct wish wish = { path, member, need, JSON_OBJECT };

	return get_typed(object, &wish, value, err);
}

bool json_get_array(const json_t *object, const struct json_path *path,
	const char *member, enum json_need need, json_t **value,
	struct error *err)
{
	const struct wish wish = { path, member, need, JSON_ARRAY };

	return get_typed(object, &wish, value, err);
}
