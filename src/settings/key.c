/* SPDX-License-Identifier: MIT */
#include "settings/key.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "settings/settings_internal.h"
#include "settings/value.h"

#include <stdlib.h>
#include <string.h>

/* A key taken apart. */
struct key {
	const char *whole;
	/* The row of the top that its first part names, where that one has
	 * settings below it; else NULL. */
	const struct setting *group;
	char item[MEMBER_LIMIT + 1]; /* of a list or map, else "" */
	const char *member; /* points into `whole`; "" where it names a whole
			     * item or group */
	/* The row of `member`; NULL where there is none. */
	const struct setting *setting;
};

/* The row of the top of the key's first part. */
static const struct setting *find_top(const char *key)
{
	OWNED char *first = memory_copy(key, strcspn(key, "."));

	return setting_find(SETTINGS_TOP, first);
}

/* "NAME.member" or "NAME"; false where NAME is longer than any. */
static bool split_item(struct key *key, const char *rest)
{
	size_t size = strcspn(rest, ".");

	if (size > MEMBER_LIMIT)
		return false;
	memcpy(key->item, rest, size);
	key->item[size] = '\0';
	key->member = rest + size + (rest[size] == '.');
	return true;
}

static const struct setting *find_row(const struct key *key)
{
	if (!*key->member || strlen(key->member) > MEMBER_LIMIT)
		return NULL;
	if (settings_is_note(key->member) ||
		(key->group && key->group->type == TYPE_TEXT_MAP))
		return &settings_any_text;
	return setting_find(
		key->group ? key->group->below : SETTINGS_TOP, key->member);
}

static struct key split_key(const char *whole)
{
	struct key key = { .whole = whole, .member = whole };
	const struct setting *top = find_top(whole);

	if (top && top->type & TYPE_GROUPS) {
		const char *rest = whole + strlen(top->member);
		rest += *rest == '.';
		key.group = top;
		key.member = rest;
		if (top->type & (TYPE_RECORDS | TYPE_RECORD_MAP) &&
			!split_item(&key, rest))
			return (struct key){ .whole = whole, .member = whole };
	}
	key.setting = find_row(&key);
	return key;
}

static bool names_a_whole(const struct key *key)
{
	return key->group && !*key->member;
}

/* Refusals */

static bool is_upper_case(const char *name)
{
	return variable_name_is_allowed(name) &&
		strcspn(name, "abcdefghijklmnopqrstuvwxyz") == strlen(name);
}

/* What stands before the first dot is misspelt: "rutes.mimo.model"; or counted
 * as in an answer or in an error's place: "outputs[0].path". */
static const struct setting *nearest_group(const char *key)
{
	const char *names[SETTING_COUNT + 1];
	OWNED char *first = memory_copy(key, strcspn(key, ".["));

	setting_members(SETTINGS_TOP, names);
	const char *nearest = text_nearest(first, names);
	const struct setting *found =
		nearest ? setting_find(SETTINGS_TOP, nearest) : NULL;
	return found && found->type & TYPE_GROUPS ? found : NULL;
}

static const char *nearest_member(const struct key *key)
{
	const char *names[SETTING_COUNT + 1];

	setting_members(key->group ? key->group->below : SETTINGS_TOP, names);
	return text_nearest(key->member, names);
}

static bool suggest(const struct key *key, struct error *err)
{
	const char *dot = strchr(key->whole, '.');
	const char *member = nearest_member(key);
	const struct setting *group = nearest_group(key->whole);

	if (is_upper_case(key->whole))
		return error_next(err,
			_("a plain variable is vars.%.100s; a secret is set by "
			  "`aigenv secret set %.100s`"),
			key->whole, key->whole);
	if (!key->group && group && strchr(key->whole, '['))
		return error_next(err,
			_("write it as %s; `aigenv config get` lists all"),
			group->example);
	if (!key->group && dot && group)
		return error_next(
			err, _("did you mean %s%.100s?"), group->member, dot);
	if (member)
		return error_next(err, _("did you mean %.*s%s?"),
			(int)(key->member - key->whole), key->whole, member);
	if (group)
		return error_next(err, _("did you mean %s?"), group->example);
	return error_next(err,
		_("`aigenv config get` lists all; plain variables are "
		  "vars.NAME, routes are routes.NAME.model"));
}

static bool refuse_key(const struct key *key, struct error *err)
{
	if (!names_a_whole(key)) {
		error_set(err, STATUS_INVALID,
			_("no setting is called \"%.100s\""), key->whole);
		return suggest(key, err);
	}
	error_set(err, STATUS_INVALID, _("%.100s has settings below it"),
		key->whole);
	const char *example = key->group->example;
	return key->item[0]
		? error_next(err, _("name one of them, as %.100s%s"),
			  key->whole, strrchr(example, '.'))
		: error_next(err, _("name one of them, as %s"), example);
}

/* Walking */

/* A member of the object, made where it is wanted and not there. */
static json_t *child(
	json_t *object, const char *name, bool make, json_t *(*kind)(void))
{
	if (make && !json_object_get(object, name))
		json_put(object, name, kind());
	return json_object_get(object, name);
}

/* Of a list whose items have names: the one of that name. */
static json_t *named_item(
	json_t *list, const char *name, bool make, size_t *index)
{
	json_t *item = NULL;
	size_t i = 0;

	json_array_foreach(list, i, item) {
		if (text_equal_or_null(json_text(item, "name"), name))
			break;
	}
	if (make && i == json_array_size(list))
		json_push(list, json_build("{name:%s}", name));
	*index = i;
	return json_array_get(list, i);
}

/* Of any other list: the one at that place; one after the last is a new one. */
static json_t *placed_item(json_t *list, const struct setting *group,
	const char *place, bool make, size_t *index)
{
	uint64_t number = 0;

	if (!number_parse(place, strlen(place), 0, (uint64_t)group->most - 1,
		    &number))
		return NULL;
	*index = (size_t)number;
	if (make && number == json_array_size(list))
		json_push(list, json_new_object());
	return json_array_get(list, *index);
}

/* The object that holds the key's member; *index of it in its list. */
static json_t *holder(
	json_t *settings, const struct key *key, bool make, size_t *index)
{
	const struct setting *group = key->group;

	if (!group)
		return settings;
	json_t *at = child(settings, group->member, make,
		group->type == TYPE_RECORDS ? json_new_list : json_new_object);
	if (group->type == TYPE_RECORD_MAP)
		return child(at, key->item, make, json_new_object);
	if (group->type != TYPE_RECORDS)
		return at;
	return setting_find(group->below, "name")
		? named_item(at, key->item, make, index)
		: placed_item(at, group, key->item, make, index);
}

static bool refuse_place(const struct key *key, struct error *err)
{
	error_set(err, STATUS_INVALID, _("there is no such output"));
	error_at(err, "%.200s", key->whole);
	return error_next(err,
		_("outputs are counted from 0; the next free number makes a "
		  "new one"));
}

/* routes.0: an item that has a name, counted as those without one are. */
static bool is_counted(const json_t *settings, const struct key *key)
{
	const struct setting *group = key->group;
	size_t index = 0;

	return group && group->type == TYPE_RECORDS &&
		setting_find(group->below, "name") && *key->item &&
		text_only(key->item, "0123456789") &&
		!named_item(json_object_get(settings, group->member), key->item,
			false, &index);
}

/* Only routes have names. */
static void list_names(
	const json_t *settings, const struct key *key, struct buf *out)
{
	const char *name = NULL;

	JSON_EACH(route, json_object_get(settings, key->group->member)) {
		name = json_text(route.value, "name");
		if (name)
			buf_listed(out, name);
	}
}

static bool refuse_count(
	const json_t *settings, const struct key *key, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(1000);

	list_names(settings, key, &names);
	error_set(err, STATUS_INVALID, _("no route is called \"%.100s\""),
		key->item);
	error_at(err, "%.200s", key->whole);
	return error_next(err,
		_("routes go by their names, and are not counted; the profile "
		  "has: %.200s"),
		buf_cstring(&names));
}

/* A slip in the member, below a route that is not there: which of the two was
 * meant nobody knows. */
static bool refuse_both(
	const json_t *settings, const struct key *key, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(1000);
	const char *member = nearest_member(key);
	size_t index = 0;

	if (!member || names_a_whole(key) || !key->group ||
		key->group->type != TYPE_RECORDS ||
		!setting_find(key->group->below, "name") ||
		named_item(json_object_get(settings, key->group->member),
			key->item, false, &index))
		return refuse_key(key, err);
	list_names(settings, key, &names);
	error_set(err, STATUS_INVALID, _("no setting is called \"%.100s\""),
		key->whole);
	return names.size ? error_next(err,
				    _("did you mean the setting %s of a route? "
				      "None is called %.100s; the profile has: "
				      "%.200s"),
				    member, key->item, buf_cstring(&names))
			  : refuse_key(key, err);
}

/* The hash of another template would only lock the new one out. */
static void put_value(json_t *object, const struct key *key, json_t *value)
{
	if (key->setting == &settings_table[SETTING_OUTPUT_TEMPLATE] &&
		!json_equal(json_object_get(object, key->member), value))
		(void)json_object_del(object, "sha256");
	json_put(object, key->member, value);
}

bool settings_set(
	json_t *settings, const char *key, const char *value, struct error *err)
{
	const struct key parts = split_key(key);
	size_t index = 0;

	if (!parts.setting || parts.setting->type & TYPE_GROUPS ||
		!text_is_utf8(key, strlen(key)))
		return refuse_both(settings, &parts, err);
	if (is_counted(settings, &parts))
		return refuse_count(settings, &parts, err);
	json_t *made = settings_value(parts.setting, value, err);
	if (!made)
		return error_at(err, "%.200s", key);
	json_t *object = holder(settings, &parts, true, &index);
	if (!object) {
		json_decref(made);
		return refuse_place(&parts, err);
	}
	put_value(object, &parts, made);
	return true;
}

/* A key that could be there is missing; any other one is no key. */
static bool missing(const struct key *key, struct error *err)
{
	if (!key->setting && !names_a_whole(key))
		return refuse_key(key, err);
	error_set(err, STATUS_INVALID, _("the profile has no %.100s"),
		key->whole);
	return error_next(err, _("`aigenv config get` lists what it has"));
}

/* Takes out the item or member that the key names; false where it is not
 * there. */
static bool take_out(json_t *settings, const struct key *key)
{
	size_t index = 0;

	if (names_a_whole(key) && !key->item[0])
		return json_object_del(settings, key->group->member) == 0;
	json_t *object = holder(settings, key, false, &index);
	if (!names_a_whole(key))
		return json_object_del(object, key->member) == 0;
	json_t *all = json_object_get(settings, key->group->member);
	return object &&
		(json_is_array(all) ? json_array_remove(all, index)
				    : json_object_del(all, key->item)) == 0;
}

/* An empty group says nothing. A list does: it is another than the default. */
static void prune(json_t *settings, const struct key *key)
{
	json_t *all = key->group ? json_object_get(settings, key->group->member)
				 : NULL;

	if (!json_is_object(all))
		return;
	json_t *item = json_object_get(all, key->item);
	if (json_is_object(item) && json_object_size(item) == 0)
		(void)json_object_del(all, key->item);
	if (json_object_size(all) == 0)
		(void)json_object_del(settings, key->group->member);
}

bool settings_unset(json_t *settings, const char *key, struct error *err)
{
	const struct key parts = split_key(key);

	if (!take_out(settings, &parts))
		return missing(&parts, err);
	prune(settings, &parts);
	return true;
}

bool settings_get(
	json_t *settings, const char *key, json_t **value, struct error *err)
{
	const struct key parts = split_key(key);
	size_t index = 0;
	json_t *found = holder(settings, &parts, false, &index);

	if (names_a_whole(&parts) && !parts.item[0])
		found = json_object_get(settings, parts.group->member);
	else if (!names_a_whole(&parts))
		found = json_object_get(found, parts.member);
	if (!found)
		return missing(&parts, err);
	*value = found;
	return true;
}
