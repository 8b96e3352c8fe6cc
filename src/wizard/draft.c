/* SPDX-License-Identifier: MIT */
#include "wizard/draft_internal.h"

#include "base/buf.h"
#include "base/json.h"
#include "base/memory.h"
#include "profile/profile.h"
#include "settings/value.h"

#include <stdio.h>

/* As answers merge (profile.h): a given route without provider edits. */
static json_t *first_routes(const struct draft *draft)
{
	const json_t *given = json_object_get(draft->given, "routes");
	const json_t *present =
		json_object_get(draft->wizard->present, "routes");
	json_t *routes = NULL;

	if (json_array_size(given) == 0) {
		routes = present ? json_new_copy(present) : json_new_list();
	} else {
		routes = json_new_list();
		for (size_t i = 0; i < json_array_size(given); i++) {
			json_t *route = json_array_get(given, i);
			json_t *before = json_array_get(present, i);
			bool edits =
				before && !json_object_get(route, "provider");
			json_t *first = edits ? json_new_copy(before)
					      : json_new_object();
			json_put_all(first, route);
			json_push(routes, first);
		}
	}
	if (json_array_size(routes) == 0)
		json_push(routes, json_new_object());
	return routes;
}

static void forget(struct draft *draft)
{
	json_decref(draft->said);
	json_decref(draft->pasted);
}

static void reset(struct draft *draft)
{
	forget(draft);
	draft->said = json_new_copy(draft->begun);
	draft->pasted = json_new_object();
}

/* As answers merge, by name; in the order in which a vault has them. */
static json_t *merged_schema(const struct draft *draft)
{
	const json_t *present =
		json_object_get(draft->wizard->present, "schema");
	json_t *given = json_object_get(draft->given, "schema");
	JSON_SCOPED json_t *merged =
		present ? json_new_copy(present) : json_new_object();
	json_t *schema = json_new_object();

	if (json_is_object(given))
		json_put_all(merged, given);
	OWNED const char **names = json_sorted_names(merged);
	for (size_t i = 0; i < json_object_size(merged); i++)
		json_put_shared(
			schema, names[i], json_object_get(merged, names[i]));
	return json_build("{schema:%o}", schema);
}

void draft_init(struct draft *draft, const struct wizard *wizard, json_t *given)
{
	*draft = (struct draft){ .wizard = wizard,
		.given = json_incref(given),
		.first = json_incref(given) };
	draft->begun = json_new_copy(given);
	draft->schema = merged_schema(draft);
	json_put(draft->begun, "routes", first_routes(draft));
	reset(draft);
}

void draft_release(struct draft *draft)
{
	forget(draft);
	json_decref(draft->begun);
	json_decref(draft->schema);
	json_decref(draft->first);
	json_decref(draft->given);
}

void draft_drop_paste(struct draft *draft)
{
	if (json_object_size(draft->pasted) > 0)
		reset(draft);
}

void draft_reopen(struct draft *draft)
{
	json_decref(draft->given);
	json_decref(draft->begun);
	draft->given = json_new_object();
	draft->begun = json_new_copy(draft->said);
	json_decref(draft->pasted);
	draft->pasted = json_new_object();
}

static json_t *holder(json_t *answers, struct field field)
{
	if (field.group == SETTINGS_ROUTE)
		return json_array_get(
			json_object_get(answers, "routes"), field.route);
	return field.group == SETTINGS_PM2 ? json_object_get(answers, "pm2")
					   : answers;
}

struct field field_of_setting(const struct setting *setting, size_t route)
{
	return (struct field){ setting->group, setting->member,
		setting->group == SETTINGS_ROUTE ? route : 0 };
}

/* What was said, given, or stands there today; or NULL. */
static json_t *find(const struct draft *draft, struct field field)
{
	json_t *said = json_object_get(holder(draft->said, field), field.name);
	bool gone = json_is_null(said) ||
		(field.group == SETTINGS_PM2 &&
			json_is_null(json_object_get(draft->said, "pm2")));

	/* Routes that are there today are part of what was said. */
	if (said || gone || field.group == SETTINGS_ROUTE)
		return said;
	return json_object_get(
		holder(draft->wizard->present, field), field.name);
}

const char *draft_get(const struct draft *draft, struct field field)
{
	return json_string_value(find(draft, field));
}

char *draft_text(const struct draft *draft, struct field field)
{
	json_t *found = find(draft, field);
	SCOPED(buf) struct buf text = BUF(65536);

	if (!json_is_array(found) && !json_is_string(found))
		return NULL;
	settings_format_value(found, &text);
	return memory_text(buf_cstring(&text));
}

bool draft_has(const struct draft *draft, struct field field)
{
	const json_t *found = find(draft, field);

	return found && !json_is_null(found);
}

bool draft_is_given(const struct draft *draft, struct field field)
{
	return json_object_get(holder(draft->given, field), field.name) != NULL;
}

static void name_of(struct field field, char out[64])
{
	(void)snprintf(out, 64, "%d.%zu.%.40s", (int)field.group,
		field.group == SETTINGS_ROUTE ? field.route : 0, field.name);
}

bool draft_is_settled(const struct draft *draft, struct field field)
{
	char name[64];

	name_of(field, name);
	return draft_is_given(draft, field) ||
		json_object_get(draft->pasted, name);
}

void draft_mark_pasted(struct draft *draft, struct field field)
{
	char name[64];

	name_of(field, name);
	json_put(draft->pasted, name, json_true());
}

static struct field missed_path(size_t route)
{
	return (struct field){ SETTINGS_ROUTE, "path, missed", route };
}

void draft_miss_path(struct draft *draft, size_t route)
{
	draft_mark_pasted(draft, missed_path(route));
}

bool draft_misses_path(const struct draft *draft, size_t route)
{
	return draft_is_settled(draft, missed_path(route));
}

json_t *draft_trial(const struct draft *draft)
{
	JSON_SCOPED json_t *shallow = json_new_shallow(draft->said);

	(void)json_object_del(shallow, "secrets");
	return json_new_copy(shallow);
}

bool draft_stands(const struct draft *draft, json_t *answers, struct error *err)
{
	SCOPED(buf) struct buf missing = BUF(65536);
	JSON_SCOPED json_t *settings = profile_settings_from_answers(
		answers, draft->wizard->present, &missing, err);

	return settings != NULL;
}

/* "api, worker" is a list where a setting takes several. A text that can be
 * none stays one: the settings' check says what is wrong with it. */
static json_t *as_value(struct field field, const char *text)
{
	const struct setting *setting = setting_find(field.group, field.name);
	struct error why;
	json_t *list = setting && settings_value_is_list(setting, text)
		? settings_value(setting, text, &why)
		: NULL;

	return list ? list : json_new_text(text);
}

static void put(json_t *answers, struct field field, const char *value)
{
	json_t *at = holder(answers, field);
	bool whole = field.group == SETTINGS_PM2 && !value;

	if (whole) {
		json_put(answers, "pm2", json_null());
		return;
	}
	if (field.group == SETTINGS_PM2 && !json_is_object(at)) {
		at = json_new_object();
		json_put(answers, "pm2", at);
	}
	if (value)
		json_put(at, field.name, as_value(field, value));
	else if (field.group == SETTINGS_ROUTE)
		(void)json_object_del(at, field.name);
	else
		json_put(at, field.name, json_null());
}

bool draft_would_take(struct draft *draft, struct field field,
	const char *value, struct error *err)
{
	JSON_SCOPED json_t *tried = draft_trial(draft);

	put(tried, field, value);
	return draft_stands(draft, tried, err);
}

bool draft_set(struct draft *draft, struct field field, const char *value,
	struct error *err)
{
	if (!draft_would_take(draft, field, value, err))
		return false;
	put(draft->said, field, value);
	return true;
}
