/* SPDX-License-Identifier: MIT */
#include "wizard/draft.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "profile/profile.h"
#include "profile/renamed_key.h"
#include "profile/schema.h"
#include "settings/value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
	const char **names = json_sorted_names(merged);
	for (size_t i = 0; i < json_object_size(merged); i++)
		json_put_shared(
			schema, names[i], json_object_get(merged, names[i]));
	free(names);
	return JSON_RECORD(JSON_VALUE("schema", schema));
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

/* Everything but secrets, which no check here looks at. */
static json_t *copy_without_secrets(json_t *answers)
{
	json_t *shallow = json_new_shallow(answers);

	(void)json_object_del(shallow, "secrets");
	json_t *copy = json_new_copy(shallow);
	json_decref(shallow);
	return copy;
}

static bool stands(
	const struct draft *draft, json_t *answers, struct error *err)
{
	SCOPED(buf) struct buf missing = BUF(65536);
	json_t *settings = profile_settings_from_answers(
		answers, draft->wizard->present, &missing, err);

	json_decref(settings);
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
	JSON_SCOPED json_t *tried = copy_without_secrets(draft->said);

	put(tried, field, value);
	return stands(draft, tried, err);
}

bool draft_set(struct draft *draft, struct field field, const char *value,
	struct error *err)
{
	if (!draft_would_take(draft, field, value, err))
		return false;
	put(draft->said, field, value);
	return true;
}

size_t draft_route_count(const struct draft *draft)
{
	return json_array_size(json_object_get(draft->said, "routes"));
}

void draft_add_route(struct draft *draft)
{
	json_push(json_object_get(draft->said, "routes"), json_new_object());
}

void draft_keep_routes(struct draft *draft, size_t count)
{
	json_t *routes = json_object_get(draft->said, "routes");

	while (json_array_size(routes) > count)
		(void)json_array_remove(routes, json_array_size(routes) - 1);
}

static const char *route_text(
	const struct draft *draft, size_t route, const char *name)
{
	return draft_get(draft, (struct field){ SETTINGS_ROUTE, name, route });
}

static bool name_is_taken(
	const struct draft *draft, size_t route, const char *name)
{
	for (size_t i = 0; i < draft_route_count(draft); i++) {
		const char *own = route_text(draft, i, "name");
		const char *provider = route_text(draft, i, "provider");
		if (i == route || (!own && !provider))
			continue;
		char *other = own ? memory_text(own)
				  : profile_default_route_name(provider);
		bool same = text_equal_ignoring_case(other, name);
		free(other);
		if (same)
			return true;
	}
	return false;
}

/* A name of its own, where the default is another route's already. */
static void name_apart(const struct draft *draft, size_t route, json_t *object)
{
	const char *provider = json_text(object, "provider");

	if (json_object_get(object, "name"))
		return;
	char *plain = profile_default_route_name(provider);
	char *name = memory_text(plain);
	for (unsigned number = 2; name_is_taken(draft, route, name); number++) {
		free(name);
		name = memory_printf("%s-%u", plain, number);
	}
	if (!text_equal(name, plain))
		json_put_text(object, "name", name);
	free(plain);
	free(name);
}

/* The route as it is with that provider; a new reference. */
static json_t *route_with(
	const struct draft *draft, size_t route, const char *provider)
{
	json_t *now =
		json_array_get(json_object_get(draft->said, "routes"), route);
	json_t *given =
		json_array_get(json_object_get(draft->given, "routes"), route);
	const char *before = route_text(draft, route, "provider");

	bool another = before && !text_equal(before, provider);

	json_t *made = !another ? json_new_copy(now)
		: given         ? json_new_copy(given)
				: json_new_object();
	json_put_text(made, "provider", provider);
	name_apart(draft, route, made);
	return made;
}

bool draft_would_take_provider(struct draft *draft, size_t route,
	const char *provider, struct error *err)
{
	JSON_SCOPED json_t *tried = copy_without_secrets(draft->said);

	json_replace(json_object_get(tried, "routes"), route,
		route_with(draft, route, provider));
	return stands(draft, tried, err);
}

bool draft_set_provider(struct draft *draft, size_t route, const char *provider,
	struct error *err)
{
	if (!draft_would_take_provider(draft, route, provider, err))
		return false;
	json_replace(json_object_get(draft->said, "routes"), route,
		route_with(draft, route, provider));
	return true;
}

const struct provider *draft_entry(const struct draft *draft, size_t route)
{
	const char *provider = route_text(draft, route, "provider");

	return provider ? catalogue_find(provider) : NULL;
}

char *draft_key_name(const struct draft *draft, size_t route)
{
	const json_t *said =
		json_array_get(json_object_get(draft->said, "routes"), route);

	return profile_sends_key(said) ? profile_route_key_env(said) : NULL;
}

static const struct wizard_secret *find_present(
	const struct draft *draft, const char *name)
{
	const struct wizard_secret *secret = draft->wizard->present_secrets;

	while (secret && secret->name && !text_equal(secret->name, name))
		secret++;
	return secret && secret->name ? secret : NULL;
}

/* Also under the name that a key's variable had: the value goes along. */
const struct wizard_secret *draft_present_secret(
	const struct draft *draft, const char *name)
{
	const struct wizard_secret *secret = find_present(draft, name);
	const json_t *routes = json_object_get(draft->said, "routes");

	for (size_t i = 0; !secret && i < draft_route_count(draft); i++) {
		char *key = draft_key_name(draft, i);
		const char *old = renamed_key(
			draft->wizard->present, json_array_get(routes, i));
		if (old && text_equal_or_null(key, name))
			secret = find_present(draft, old);
		free(key);
	}
	return secret;
}

enum secret_state draft_secret_state(
	const struct draft *draft, const char *name)
{
	if (json_object_get(json_object_get(draft->said, "secrets"), name))
		return SECRET_SAID;
	return draft_present_secret(draft, name) ? SECRET_PRESENT
						 : SECRET_MISSING;
}

bool draft_secret_is_given(const struct draft *draft, const char *name)
{
	return json_object_get(json_object_get(draft->given, "secrets"), name);
}

const struct secret *draft_get_secret(
	const struct draft *draft, const char *name)
{
	static const struct secret none = { NULL, 0 };
	const struct secret *said =
		given_secret_find(draft->wizard->secrets, draft->said, name);

	return said ? said : &none;
}

void draft_set_secret(
	struct draft *draft, const char *name, const struct secret *value)
{
	json_t *secrets = json_object_get(draft->said, "secrets");

	if (!secrets) {
		secrets = json_new_object();
		json_put(draft->said, "secrets", secrets);
	}
	json_put(
		secrets, name, given_secret_add(draft->wizard->secrets, value));
}

/* What is wanted depends on what the routes make. New reference. */
static json_t *schema_and_routes(const struct draft *draft)
{
	json_t *settings = json_new_shallow(draft->schema);

	json_put(settings, "routes",
		json_new_copy(json_object_get(draft->said, "routes")));
	profile_complete_routes(settings);
	return settings;
}

bool draft_wants(const struct draft *draft, const char *name)
{
	JSON_SCOPED json_t *settings = schema_and_routes(draft);

	return schema_wants(settings, name);
}

const char *draft_wanted(const struct draft *draft, size_t index)
{
	JSON_SCOPED json_t *settings = schema_and_routes(draft);
	const char *name = NULL;
	size_t at = 0;

	do
		name = schema_next_wanted(settings, &at);
	while (name && index--);
	return name;
}

const char *draft_variable(const struct draft *draft, const char *name)
{
	const char *said =
		json_text(json_object_get(draft->said, "vars"), name);

	return said ? said
		    : json_text(json_object_get(draft->wizard->present, "vars"),
			      name);
}

bool draft_variable_is_given(const struct draft *draft, const char *name)
{
	return json_object_get(json_object_get(draft->given, "vars"), name);
}

static void put_variable(json_t *answers, const char *name, const char *value)
{
	if (!json_object_get(answers, "vars"))
		json_put(answers, "vars", json_new_object());
	json_put_text(json_object_get(answers, "vars"), name, value);
}

/* Commands are no answer to a question. */
static bool advise(struct error *err)
{
	return error_next(err, _("? says what it has to be"));
}

bool draft_would_take_variable(struct draft *draft, const char *name,
	const char *value, struct error *err)
{
	JSON_SCOPED json_t *tried = copy_without_secrets(draft->said);

	put_variable(tried, name, value);
	return (schema_check_plain(draft->schema, name, value, err) ||
		       advise(err)) &&
		stands(draft, tried, err);
}

bool draft_would_take_secret(const struct draft *draft, const char *name,
	const struct secret *value, struct error *err)
{
	return schema_check_secret(draft->schema, name, value, err) ||
		advise(err);
}

bool draft_set_variable(struct draft *draft, const char *name,
	const char *value, struct error *err)
{
	if (!draft_would_take_variable(draft, name, value, err))
		return false;
	put_variable(draft->said, name, value);
	return true;
}
