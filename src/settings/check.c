/* SPDX-License-Identifier: MIT */
/* Settings against their table. */
#include "settings/settings_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "settings/checks.h"

#include <string.h>

/* How a value is looked at, on the way down. */
struct look {
	enum settings_use use;
	struct error *err;
};

/* What each type is in JSON, and what it is called. */
static const struct {
	unsigned type;
	json_type json;
	const char *words;
} types[] = {
	{ TYPE_TEXT, JSON_STRING, "a string" },
	{ TYPE_INTEGER, JSON_INTEGER, N_("a whole number") },
	{ TYPE_FLAG, JSON_TRUE, N_("true or false") },
	{ TYPE_LIST, JSON_ARRAY, "a list" },
	{ TYPE_RECORDS, JSON_ARRAY, "a list" },
	{ TYPE_RECORD, JSON_OBJECT, N_("an object") },
	{ TYPE_TEXT_MAP, JSON_OBJECT, N_("an object") },
	{ TYPE_RECORD_MAP, JSON_OBJECT, N_("an object") },
	{ TYPE_TEXT_OR_LIST, JSON_NULL, N_("a string or a list of strings") },
	{ TYPE_INTEGER_OR_TEXT, JSON_NULL, N_("a whole number or a string") },
};

static size_t type_at(const struct setting *setting)
{
	size_t at = 0;

	while (types[at].type != setting->type)
		at++;
	return at;
}

const char *setting_type_words(const struct setting *setting)
{
	return _(types[type_at(setting)].words);
}

/* The types that a value of this kind can be. */
static unsigned types_of(const json_t *value)
{
	json_type json = json_is_false(value) ? JSON_TRUE : json_typeof(value);
	unsigned found = 0;

	for (size_t i = 0; i < ARRAY_SIZE(types); i++)
		found |= types[i].json == json ? types[i].type : 0;
	return json == JSON_NULL ? 0 : found;
}

static bool refuse_type(const struct look *look, const struct setting *setting,
	const struct json_path *path)
{
	if (setting->type == TYPE_TEXT_OR_LIST)
		return json_refuse(look->err, path,
			_("\"%s\" must be a string or a list of strings"),
			setting->member);
	if (setting->type == TYPE_INTEGER_OR_TEXT)
		return json_refuse(look->err, path,
			_("\"%s\" must be a whole number or a string"),
			setting->member);
	return json_refuse_type(look->err, path, types[type_at(setting)].json);
}

static bool check_word_list(
	const struct setting *setting, const char *text, struct error *err)
{
	SCOPED(buf) struct buf words = BUF(sizeof(err->what));

	for (size_t i = 0; setting->words[i]; i++) {
		if (text_equal(setting->words[i], text))
			return true;
		buf_listed(&words, setting->words[i]);
	}
	error_set(err, STATUS_INVALID, _("\"%s\" must be one of: %s"),
		setting->member, buf_cstring(&words));
	const char *nearest = text_nearest(text, setting->words);
	return nearest ? error_next(err, _("did you mean \"%s\"?"), nearest)
		       : error_next(err, _("write one of these words"));
}

bool setting_check_text(
	const struct setting *setting, const char *text, struct error *err)
{
	return (!setting->words || check_word_list(setting, text, err)) &&
		(!setting->check || setting->check(text, err)) &&
		(!setting->form || setting->form(text, err));
}

static bool accepts_text(const struct look *look, const struct setting *setting,
	const json_t *value, const struct json_path *path)
{
	const char *text = json_string_value(value);

	if (!text)
		return json_refuse_type(look->err, path, JSON_STRING);
	if (json_string_length(value) > TEXT_LIMIT)
		return json_refuse(look->err, path,
			_("this text is longer than %d bytes"), TEXT_LIMIT);
	bool good = look->use == SETTINGS_FORM
		? !setting->form || setting->form(text, look->err)
		: setting_check_text(setting, text, look->err);
	return good || json_error_at(look->err, path);
}

static bool accepts_integer(const struct look *look,
	const struct setting *setting, const json_t *value,
	const struct json_path *path)
{
	json_int_t number = json_integer_value(value);

	if (look->use == SETTINGS_FORM ||
		(number >= setting->least && number <= setting->most))
		return true;
	json_refuse(look->err, path, _("\"%s\" must be from %d to %d"),
		setting->member, setting->least, setting->most);
	return error_next(look->err, _("write a number from %d to %d"),
		setting->least, setting->most);
}

/* The number of items in a list or map. */
static bool accepts_count(const struct look *look,
	const struct setting *setting, size_t count,
	const struct json_path *path)
{
	if (count > (size_t)setting->most)
		return json_refuse(look->err, path,
			_("\"%s\" has more than %d items"), setting->member,
			setting->most);
	if (look->use != SETTINGS_WHOLE || count >= (size_t)setting->least)
		return true;
	json_refuse(
		look->err, path, _("\"%s\" is an empty list"), setting->member);
	return error_next(look->err, _("give at least one"));
}

static bool accepts_note(
	const struct look *look, json_t *value, const struct json_path *path);

static bool accepts_note_member(const struct look *look, const char *name,
	json_t *value, const struct json_path *path)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

	if (!*name || strlen(name) > MEMBER_LIMIT || !text_only(name, allowed))
		return json_refuse(look->err, path,
			_("\"%.64s\" is not a name that a member may have"),
			name);
	return accepts_note(look, value, path);
}

/* What a note holds is the user's, but its names and sizes have a form. */
static bool accepts_note(
	const struct look *look, json_t *value, const struct json_path *path)
{
	if (json_string_length(value) > TEXT_LIMIT)
		return json_refuse(look->err, path,
			_("this text is longer than %d bytes"), TEXT_LIMIT);
	JSON_EACH(child, value) {
		struct json_path at = { path, NULL, child.index };
		if (!accepts_note(look, child.value, &at))
			return false;
	}
	JSON_EACH_MEMBER(child, value) {
		struct json_path at = { path, child.name, 0 };
		if (!accepts_note_member(look, child.name, child.value, &at))
			return false;
	}
	return true;
}

static bool refuse_unknown(const struct look *look, enum settings_group group,
	const char *name, const struct json_path *path)
{
	const char *known[SETTING_COUNT + 1];

	setting_members(group, known);
	json_refuse(look->err, path,
		look->use == SETTINGS_FORM
			? _("unknown member \"%.64s\": written by a newer "
			    "aigenv, or misspelt")
			: _("unknown member \"%.64s\""),
		name);
	const char *nearest = text_nearest(name, known);
	return nearest
		? error_next(look->err, _("did you mean \"%s\"?"), nearest)
		: false;
}

/* A user's template sees every secret: it must have its hash. */
static bool accepts_hash(
	const struct look *look, json_t *output, const struct json_path *path)
{
	const char *template = json_text(output, "template");
	struct json_path at = { path, "sha256", 0 };

	if (look->use == SETTINGS_DRAFT || !template ||
		!text_starts_with(template, "./") ||
		json_object_get(output, "sha256"))
		return true;
	json_refuse(look->err, &at,
		_("\"sha256\" is missing: a template of your own needs the "
		  "hash of its file"));
	return error_next(look->err,
		_("take that edit back, and name the template by a command "
		  "(`aigenv help templates`): it writes the hash too"));
}

static bool accepts(const struct look *look, const struct setting *setting,
	json_t *value, const struct json_path *path);

static bool accepts_member(const struct look *look, enum settings_group group,
	const char *name, json_t *value, const struct json_path *path)
{
	const struct setting *setting = setting_find(group, name);

	if (setting)
		return accepts(look, setting, value, path);
	return settings_is_note(name)
		? accepts_note_member(look, name, value, path)
		: refuse_unknown(look, group, name, path);
}

/* The format requires members of the settings themselves alone; what the
 * others have to have, a profile does. */
static bool needs(const struct look *look, enum settings_group group)
{
	return look->use == SETTINGS_WHOLE ||
		(look->use == SETTINGS_FORM && group == SETTINGS_TOP);
}

static bool accepts_record(const struct look *look, enum settings_group group,
	json_t *record, const struct json_path *path)
{
	const struct setting *setting = NULL;

	if (!json_is_object(record))
		return json_refuse_type(look->err, path, JSON_OBJECT);
	JSON_EACH_MEMBER(member, record) {
		struct json_path at = { path, member.name, 0 };
		if (!accepts_member(
			    look, group, member.name, member.value, &at))
			return false;
	}
	while ((setting = setting_next(group, setting))) {
		struct json_path at = { path, setting->member, 0 };
		if (setting->need == JSON_REQUIRED && needs(look, group) &&
			!json_object_get(record, setting->member))
			return json_refuse(look->err, &at,
				_("\"%s\" is missing"), setting->member);
	}
	return group != SETTINGS_OUTPUT || accepts_hash(look, record, path);
}

/* One item of a list, or one member of a map. */
static bool accepts_item(const struct look *look, const struct setting *setting,
	json_t *value, const struct json_path *path)
{
	return setting->below
		? accepts_record(look, setting->below, value, path)
		: accepts_text(look, setting, value, path);
}

static bool accepts_list(const struct look *look, const struct setting *setting,
	json_t *list, const struct json_path *path)
{
	if (!accepts_count(look, setting, json_array_size(list), path))
		return false;
	JSON_EACH(item, list) {
		struct json_path at = { path, NULL, item.index };
		if (!accepts_item(look, setting, item.value, &at))
			return false;
	}
	return true;
}

static bool accepts_map(const struct look *look, const struct setting *setting,
	json_t *map, const struct json_path *path)
{
	if (!accepts_count(look, setting, json_object_size(map), path))
		return false;
	JSON_EACH_MEMBER(member, map) {
		struct json_path at = { path, member.name, 0 };
		if (!setting_check_variable(member.name, look->err))
			return json_error_at(look->err, path);
		if (!accepts_item(look, setting, member.value, &at))
			return false;
	}
	return true;
}

static bool accepts(const struct look *look, const struct setting *setting,
	json_t *value, const struct json_path *path)
{
	unsigned type = setting->type & types_of(value);

	switch (type) {
	case TYPE_TEXT:
		return accepts_text(look, setting, value, path);
	case TYPE_INTEGER:
		return accepts_integer(look, setting, value, path);
	case TYPE_FLAG:
		return true;
	case TYPE_LIST:
	case TYPE_RECORDS:
		return accepts_list(look, setting, value, path);
	case TYPE_RECORD:
		return accepts_record(look, setting->below, value, path);
	case TYPE_TEXT_MAP:
	case TYPE_RECORD_MAP:
		return accepts_map(look, setting, value, path);
	default:
		return refuse_type(look, setting, path);
	}
}

bool settings_accepts(json_t *settings, enum settings_use use,
	const struct json_path *path, struct error *err)
{
	const struct look look = { use, err };

	return accepts_record(&look, SETTINGS_TOP, settings, path);
}
