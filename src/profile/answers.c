/* SPDX-License-Identifier: MIT */
/*
 * --answers to settings (DESIGN "--answers JSON for init"): what is given
 * replaces, what is not stays, what is missing is told all at once.
 */
#include "profile/settings_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* As settings_members, with what only answers have. */
static const char *const answer_members[] = { "profile", "account_id",
	"gateway", "origin", "custom_domain", "routes", "pm2", "outputs",
	"vars", "secrets", "readers", "max_age_days", "restart", "schema",
	NULL };

static void miss(struct buf *missing, const char *format, size_t index)
{
	if (missing->size > 0)
		buf_byte(missing, '\n');
	for (; *format; format++) {
		if (*format == '#')
			buf_printf(missing, "%zu", index);
		else
			buf_byte(missing, *format);
	}
}

static bool check_secrets(const json_t *answers, struct error *err)
{
	struct json_path path = { NULL, "secrets", 0 };
	json_t *secrets = NULL;
	const char *name = NULL;
	json_t *value = NULL;

	if (!json_get_object(
		    answers, NULL, "secrets", JSON_OPTIONAL, &secrets, err))
		return false;
	json_object_foreach(secrets, name, value) {
		struct json_path at = { &path, name, 0 };
		if (!profile_check_variable(name, err))
			return settings_at(err, &path);
		if (!json_is_string(value))
			return json_refuse(err, &at,
				"a secret is a string, not %s",
				json_type_words(value));
	}
	return true;
}

/* null takes a member away: the wizard's "-", for what is there today. No file
 * of answers has one (base/json.h). */
static bool is_taken_away(const json_t *answers, const char *name)
{
	return json_is_null(json_object_get(answers, name));
}

/* What would break merging; the rest is checked in the settings made. */
static bool check_types(json_t *answers, struct error *err)
{
	const char *name = NULL;
	const struct text_member profile = { "profile", JSON_OPTIONAL,
		profile_check_name, &name };
	json_t *object = NULL;
	json_t *routes = NULL;

	if (!json_is_object(answers)) {
		error_set(err, STATUS_INVALID, "answers are an object, not %s",
			json_type_words(answers));
		return error_next(err, "`aigenv help init` shows their form");
	}
	if (!json_check_members(answers, NULL, answer_members, true, err) ||
		!settings_texts(answers, NULL, &profile, 1, err) ||
		(!is_taken_away(answers, "pm2") &&
			!json_get_object(answers, NULL, "pm2", JSON_OPTIONAL,
				&object, err)) ||
		!json_get_object(
			answers, NULL, "vars", JSON_OPTIONAL, &object, err) ||
		!json_get_array(
			answers, NULL, "routes", JSON_OPTIONAL, &routes, err))
		return false;
	for (size_t i = 0; i < json_array_size(routes); i++) {
		struct json_path list = { NULL, "routes", 0 };
		struct json_path at = { &list, NULL, i };
		const json_t *route = json_array_get(routes, i);
		if (!json_is_object(route))
			return json_refuse(err, &at,
				"a route is an object, not %s",
				json_type_words(route));
	}
	return check_secrets(answers, err);
}

/* The same as text: a host name alone stands for https. */
static json_t *domain_setting(const json_t *given)
{
	const char *text = json_string_value(given);

	if (!text || !*text || strstr(text, "://"))
		return json_deep_copy(given);
	char *whole = memory_printf("https://%s", text);
	json_t *setting = json_string(whole);
	free(whole);
	return setting;
}

/* Members of `given` over a copy of `present`, by name. */
static json_t *merge_object(const json_t *present, json_t *given)
{
	json_t *merged = present ? json_deep_copy(present) : json_object();
	const char *name = NULL;
	json_t *value = NULL;

	json_object_foreach(given, name, value)
		json_object_set_new(merged, name, json_deep_copy(value));
	return merged;
}

/*
 * A route without a provider changes the one that stands at its place today
 * (`init --model NAME` on a profile that exists); any other is a new one.
 */
static json_t *merge_routes(const json_t *present, const json_t *given)
{
	json_t *merged = json_array();

	for (size_t i = 0; i < json_array_size(given); i++) {
		json_t *route = json_array_get(given, i);
		bool edits = !json_object_get(route, "provider");
		const json_t *before =
			edits ? json_array_get(present, i) : NULL;
		json_array_append_new(merged, merge_object(before, route));
	}
	return merged;
}

static json_t *merge_member(
	const char *name, const json_t *present, json_t *given)
{
	if (text_equal(name, "routes"))
		return merge_routes(present, given);
	if (text_equal(name, "vars") || text_equal(name, "pm2"))
		return merge_object(present, given);
	if (text_equal(name, "custom_domain"))
		return domain_setting(given);
	return json_deep_copy(given);
}

/* In the order of settings_members, then x-... as they come. */
static json_t *merge(json_t *answers, json_t *present)
{
	json_t *settings = json_object();
	json_t *const sources[] = { present, answers };

	for (size_t i = 0; settings_members[i]; i++) {
		const char *name = settings_members[i];
		json_t *given = json_object_get(answers, name);
		json_t *before = json_object_get(present, name);
		if (is_taken_away(answers, name))
			continue;
		if (given)
			json_object_set_new(settings, name,
				merge_member(name, before, given));
		else if (before)
			json_object_set_new(
				settings, name, json_deep_copy(before));
	}
	for (size_t i = 0; i < ARRAY_SIZE(sources); i++) {
		const char *name = NULL;
		json_t *value = NULL;
		json_object_foreach(sources[i], name, value) {
			if (text_starts_with(name, "x-"))
				json_object_set_new(
					settings, name, json_deep_copy(value));
		}
	}
	return settings;
}

static void set_default(json_t *route, const char *member, char *owned)
{
	if (!json_object_get(route, member))
		json_object_set_new(route, member, json_string(owned));
	free(owned);
}

/* Writes a route's defaults down, so that no later catalogue changes them. */
static json_t *complete_route(json_t *route, const struct catalogue *catalogue)
{
	const char *provider =
		json_string_value(json_object_get(route, "provider"));
	const char *credential =
		json_string_value(json_object_get(route, "credential"));
	const char *name = NULL;
	json_t *value = NULL;

	if (provider) {
		set_default(
			route, "name", profile_default_route_name(provider));
		set_default(route, "path",
			profile_default_path(provider, catalogue));
		if (!credential || text_equal(credential, "header"))
			set_default(route, "key_env",
				profile_default_key_env(provider, catalogue));
	}
	json_t *ordered = json_object();
	for (size_t i = 0; route_members[i]; i++) {
		value = json_object_get(route, route_members[i]);
		if (value)
			json_object_set(ordered, route_members[i], value);
	}
	json_object_foreach(route, name, value)
		json_object_set(ordered, name, value);
	return ordered;
}

static void collect_missing_routes(const json_t *settings, struct buf *missing)
{
	const json_t *routes = json_object_get(settings, "routes");
	size_t count = json_array_size(routes);

	if (count == 0) {
		miss(missing, "routes[#].provider", 0);
		miss(missing, "routes[#].model", 0);
	}
	for (size_t i = 0; i < count; i++) {
		const json_t *route = json_array_get(routes, i);
		const char *path =
			json_string_value(json_object_get(route, "path"));
		if (!json_object_get(route, "provider"))
			miss(missing, "routes[#].provider", i);
		if (!json_object_get(route, "model"))
			miss(missing, "routes[#].model", i);
		/* Azure's {resource}: nobody but the user knows it. */
		if (path && strchr(path, '{'))
			miss(missing, "routes[#].path", i);
	}
}

static void collect_missing(const json_t *settings, struct buf *missing)
{
	const json_t *pm2 = json_object_get(settings, "pm2");

	if (!json_object_get(settings, "account_id"))
		miss(missing, "account_id", 0);
	if (!json_object_get(settings, "gateway"))
		miss(missing, "gateway", 0);
	collect_missing_routes(settings, missing);
	if (pm2 && !json_object_get(pm2, "app"))
		miss(missing, "pm2.app", 0);
}

/* A stand-in for each missing answer, so that the given ones are checked. */
static void set_stand_ins(json_t *settings)
{
	static const struct {
		const char *member;
		const char *value;
	} plain[] = { { "account_id", "00000000000000000000000000000000" },
		{ "gateway", "default" } };
	json_t *pm2 = json_object_get(settings, "pm2");
	json_t *routes = json_object_get(settings, "routes");

	for (size_t i = 0; i < ARRAY_SIZE(plain); i++) {
		if (!json_object_get(settings, plain[i].member))
			json_object_set_new(settings, plain[i].member,
				json_string(plain[i].value));
	}
	if (pm2 && !json_object_get(pm2, "app"))
		json_object_set_new(pm2, "app", json_string("app"));
	if (json_array_size(routes) == 0) {
		routes = json_array();
		json_array_append_new(routes, json_object());
		json_object_set_new(settings, "routes", routes);
	}
	for (size_t i = 0; i < json_array_size(routes); i++) {
		json_t *route = json_array_get(routes, i);
		const char *path =
			json_string_value(json_object_get(route, "path"));
		if (!json_object_get(route, "provider")) {
			char *name = memory_printf("custom-missing-%zu", i);
			json_object_set_new(
				route, "provider", json_string(name));
			free(name);
		}
		if (!json_object_get(route, "model"))
			json_object_set_new(
				route, "model", json_string("provider/model"));
		if (path && strchr(path, '{'))
			json_object_del(route, "path");
		if (!json_object_get(route, "path"))
			json_object_set_new(route, "path", json_string(""));
	}
}

/* Invalid answers are told before missing ones: both cost one run. */
static bool check_given(
	json_t *settings, const struct catalogue *catalogue, struct error *err)
{
	JSON_SCOPED json_t *complete = json_deep_copy(settings);
	struct profile profile = { .catalogue = catalogue,
		.settings = complete };

	set_stand_ins(complete);
	bool good = settings_read(&profile, SETTINGS_DRAFT, err);
	json_incref(complete);
	profile_release(&profile);
	return good;
}

json_t *profile_settings_from_answers(json_t *answers, json_t *present,
	const struct catalogue *catalogue, struct buf *missing,
	struct error *err)
{
	if (!check_types(answers, err))
		return NULL;
	json_t *settings = merge(answers, present);
	json_t *routes = json_object_get(settings, "routes");
	for (size_t i = 0; i < json_array_size(routes); i++)
		json_array_set_new(routes, i,
			complete_route(json_array_get(routes, i), catalogue));
	if (!check_given(settings, catalogue, err)) {
		json_decref(settings);
		return NULL;
	}
	collect_missing(settings, missing);
	return settings;
}
