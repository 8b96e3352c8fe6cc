/* SPDX-License-Identifier: MIT */
#include "vault/form_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "base/variable_name.h"

#include <stdint.h>
#include <string.h>

/* Of a record, and a bit for each. */
#define MEMBER_LIMIT 32

bool form_is_word(const char *text, size_t most, const char *more)
{
	return strlen(text) <= most && slice_is_word(slice_of(text), more);
}

bool form_check_text(
	json_t *value, const struct json_path *path, struct error *err)
{
	return json_is_string(value) ||
		json_refuse_type(err, path, JSON_STRING);
}

static bool is_type(json_t *value, json_type type, const struct json_path *path,
	struct error *err)
{
	return json_typeof(value) == type || json_refuse_type(err, path, type);
}

/* The place of the member in the form's table; that of its end where there is
 * none of that name. */
static size_t find_member(const struct form *form, const char *name)
{
	size_t at = 0;

	while (form->members[at].name &&
		!text_equal(form->members[at].name, name))
		at++;
	return at;
}

static bool refuse_unknown(const struct form *form, const char *name,
	const struct json_path *path, struct error *err)
{
	const char *known[MEMBER_LIMIT] = { NULL };
	size_t count = 0;

	for (; form->members[count].name && count + 1 < MEMBER_LIMIT; count++)
		known[count] = form->members[count].name;
	json_refuse(err, path,
		_("unknown member \"%.64s\": written by a newer aigenv, or "
		  "misspelt"),
		name);
	const char *nearest = text_nearest(name, known);
	if (nearest)
		error_next(err, _("did you mean \"%s\"?"), nearest);
	return false;
}

static bool accepts_record(const struct form *form, json_t *value,
	const struct json_path *path, struct error *err)
{
	uint32_t found = 0; /* a bit for each member */

	if (!is_type(value, JSON_OBJECT, path, err))
		return false;
	JSON_EACH_MEMBER(child, value) {
		struct json_path at = { path, child.name, 0 };
		size_t i = find_member(form, child.name);
		if (!form->members[i].name)
			return refuse_unknown(form, child.name, &at, err);
		if (!form_accepts(form->members[i].form, child.value, &at, err))
			return false;
		found |= UINT32_C(1) << i;
	}
	for (size_t i = 0; form->members[i].name; i++) {
		const struct form_member *member = &form->members[i];
		struct json_path at = { path, member->name, 0 };
		if (member->need == JSON_REQUIRED && !(found >> i & 1))
			return json_refuse(
				err, &at, _("\"%s\" is missing"), member->name);
	}
	return true;
}

static bool refuse_many(const struct form *form, const struct json_path *path,
	struct error *err)
{
	char name[128];

	json_step_name(path, name, sizeof(name));
	return json_refuse(
		err, path, _("%s has more than %zu items"), name, form->limit);
}

static bool accepts_map(const struct form *form, json_t *value,
	const struct json_path *path, struct error *err)
{
	if (!is_type(value, JSON_OBJECT, path, err))
		return false;
	if (json_object_size(value) > form->limit)
		return refuse_many(form, path, err);
	JSON_EACH_MEMBER(child, value) {
		struct json_path at = { path, child.name, 0 };
		if (!form->is_name(child.name))
			return json_refuse(err, &at,
				variable_name_runs_code(child.name)
					? _("%.64s decides which code runs, so "
					    "it cannot be a name here")
					: _("\"%.64s\" cannot be a name here"),
				child.name);
		if (!form_accepts(form->item, child.value, &at, err))
			return false;
	}
	return true;
}

static bool accepts_list(const struct form *form, json_t *value,
	const struct json_path *path, struct error *err)
{
	if (!is_type(value, JSON_ARRAY, path, err))
		return false;
	if (json_array_size(value) > form->limit)
		return refuse_many(form, path, err);
	JSON_EACH(child, value) {
		struct json_path at = { path, NULL, child.index };
		if (!form_accepts(form->item, child.value, &at, err))
			return false;
	}
	return true;
}

bool form_accepts(const struct form *form, json_t *value,
	const struct json_path *path, struct error *err)
{
	bool good = true;

	if (form->kind == FORM_RECORD)
		good = accepts_record(form, value, path, err);
	else if (form->kind == FORM_MAP)
		good = accepts_map(form, value, path, err);
	else if (form->kind == FORM_LIST)
		good = accepts_list(form, value, path, err);
	return good && (!form->check || form->check(value, path, err));
}

static bool is_in_order(const struct form *form, json_t *value);

static bool record_is_in_order(const struct form *form, json_t *value)
{
	const struct form_member *member = form->members;

	JSON_EACH_MEMBER(child, value) {
		while (member->name && !text_equal(member->name, child.name))
			member++;
		if (!member->name || !is_in_order(member->form, child.value))
			return false;
	}
	return true;
}

static bool list_is_in_order(const struct form *form, json_t *value)
{
	JSON_EACH(child, value)
		if (!is_in_order(form->item, child.value))
			return false;
	return true;
}

/* So that it need not be copied: a map is never, since its members change. */
static bool is_in_order(const struct form *form, json_t *value)
{
	switch (form->kind) {
	case FORM_RECORD:
		return record_is_in_order(form, value);
	case FORM_LIST:
		return list_is_in_order(form, value);
	case FORM_VALUE:
		return !form->order;
	default:
		return false;
	}
}

/* All members by name. */
static json_t *map_in_order(const struct form *form, json_t *value)
{
	json_t *sorted = json_new_object();
	OWNED const char **names = json_sorted_names(value);

	for (size_t i = 0; i < json_object_size(value); i++)
		json_put_utf8(sorted, names[i], strlen(names[i]),
			form_in_order(
				form->item, json_object_get(value, names[i])));
	return sorted;
}

json_t *form_in_order(const struct form *form, json_t *value)
{
	if (is_in_order(form, value))
		return json_incref(value);
	if (form->kind == FORM_VALUE)
		return form->order(value);
	if (form->kind == FORM_LIST) {
		json_t *list = json_new_list();
		JSON_EACH(child, value)
			json_push(list, form_in_order(form->item, child.value));
		return list;
	}
	if (form->kind == FORM_MAP)
		return map_in_order(form, value);
	json_t *object = json_new_object();
	for (const struct form_member *member = form->members; member->name;
		member++) {
		json_t *child = json_object_get(value, member->name);
		if (child)
			json_put(object, member->name,
				form_in_order(member->form, child));
	}
	return object;
}
