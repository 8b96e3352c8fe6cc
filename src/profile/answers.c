/* SPDX-License-Identifier: MIT */
/*
 * --answers to settings (DESIGN "--answers JSON for init"): what is given
 * replaces, what is not stays, what is missing is told all at once.
 */
#include "profile/settings_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "settings/settings.h"

#include <stdlib.h>
#include <string.h>

/* What only answers have. */
static const char *const answers_alone[] = { "profile", "secrets" };

static bool check_profile(const json_t *answers, struct error *err)
{
	const char *name = NULL;

	return json_get_text(
		       answers, NULL, "profile", JSON_OPTIONAL, &name, err) &&
		(!name || setting_check_name(name, err) ||
			error_at(err, "profile"));
}

/* Their names alone: they are numbers here (profile/given_secrets.h). */
static bool check_secrets(const json_t *answers, struct error *err)
{
	const struct json_path path = { NULL, "secrets", 0 };
	json_t *secrets = NULL;

	if (!json_get_object(
		    answers, NULL, "secrets", JSON_OPTIONAL, &secrets, err))
		return false;
	JSON_EACH_MEMBER(member, secrets)
		if (!setting_check_variable(member.name, err))
			return json_error_at(err, &path);
	return true;
}

/* A host name without a scheme gets https://. */
static void complete_domain(json_t *answers)
{
	const char *text = json_text(answers, "custom_domain");

	if (!text || !*text || strstr(text, "://"))
		return;
	OWNED char *whole = memory_printf("https://%s", text);
	json_put_text(answers, "custom_domain", whole);
}

static bool check_members(json_t *answers, struct error *err)
{
	const char *known[SETTING_COUNT + ARRAY_SIZE(answers_alone) + 1];
	size_t count = 0;

	setting_members(SETTINGS_TOP, known);
	while (known[count])
		count++;
	for (size_t i = 0; i < ARRAY_SIZE(answers_alone); i++)
		known[count++] = answers_alone[i];
	known[count] = NULL;
	return json_check_members(answers, NULL, known, true, err);
}

/*
 * The settings among the answers, each checked alone; *gone are the members
 * that null takes away: the wizard's "-", for what is there today. No file of
 * answers has one (base/json.h). New references, or NULL.
 */
static json_t *given_settings(json_t *answers, json_t *gone, struct error *err)
{
	if (!json_is_object(answers)) {
		json_refuse_type(err, NULL, JSON_OBJECT);
		error_next(err, _("`aigenv help answers` shows their form"));
		return NULL;
	}
	if (!check_members(answers, err) || !check_profile(answers, err) ||
		!check_secrets(answers, err))
		return NULL;
	json_t *given = json_new_object();
	JSON_EACH_MEMBER(member, answers) {
		if (json_is_null(member.value))
			json_put(gone, member.name, json_null());
		else
			json_put_shared(given, member.name, member.value);
	}
	for (size_t i = 0; i < ARRAY_SIZE(answers_alone); i++)
		(void)json_object_del(given, answers_alone[i]);
	complete_domain(given);
	if (settings_accepts(given, SETTINGS_DRAFT, NULL, err))
		return given;
	json_decref(given);
	return NULL;
}

/* Members of `given` over those that are there, by name. */
static json_t *merge_by_name(const json_t *present, json_t *given)
{
	json_t *merged = present ? json_new_copy(present) : json_new_object();

	json_put_all(merged, given);
	return merged;
}

/*
 * A route without a provider changes the one that stands at its place today
 * (`init --model NAME` on a profile that exists); any other is a new one.
 */
static json_t *merge_routes(const json_t *present, const json_t *given)
{
	json_t *merged = json_new_list();

	for (size_t i = 0; i < json_array_size(given); i++) {
		json_t *route = json_array_get(given, i);
		bool edits = !json_object_get(route, "provider");
		json_push(merged,
			merge_by_name(edits ? json_array_get(present, i) : NULL,
				route));
	}
	return merged;
}

/* Objects are merged by name, routes as above; all else is replaced whole. */
static json_t *merge(json_t *given, json_t *present, json_t *gone)
{
	json_t *settings = present ? json_new_copy(present) : json_new_object();

	JSON_EACH_MEMBER(setting, given) {
		const json_t *before = json_object_get(present, setting.name);
		if (text_equal(setting.name, "routes"))
			json_put(settings, setting.name,
				merge_routes(before, setting.value));
		else if (json_is_object(setting.value) &&
			!text_starts_with(setting.name, "x-"))
			json_put(settings, setting.name,
				merge_by_name(before, setting.value));
		else
			json_put_shared(settings, setting.name, setting.value);
	}
	JSON_EACH_MEMBER(member, gone)
		(void)json_object_del(settings, member.name);
	return settings;
}

static void set_default(json_t *route, const char *member, char *owned)
{
	if (!json_object_get(route, member))
		json_put_text(route, member, owned);
	free(owned);
}

static void forget_default(json_t *route, const char *member, char *owned)
{
	if (text_equal_or_null(json_text(route, member), owned))
		(void)json_object_del(route, member);
	free(owned);
}

void profile_forget_provider(json_t *route, const char *provider)
{
	const char *now = json_text(route, "provider");

	(void)json_object_del(route, "direct_url");
	forget_default(route, "path", profile_default_path(provider));
	if (now && catalogue_find(now))
		forget_default(
			route, "key_env", profile_default_key_env(provider));
}

void profile_complete_routes(json_t *settings)
{
	JSON_EACH(route, json_object_get(settings, "routes")) {
		const char *provider = json_text(route.value, "provider");
		if (!provider)
			continue;
		set_default(route.value, "name",
			profile_default_route_name(provider));
		set_default(
			route.value, "path", profile_default_path(provider));
		if (profile_sends_key(route.value))
			set_default(route.value, "key_env",
				profile_default_key_env(provider));
	}
}

static void miss(struct buf *missing, const struct json_path *path)
{
	char name[256];

	json_path_format(path, name, sizeof(name));
	buf_printf(missing, "%s%s", missing->size ? "\n" : "", name);
}

/* The required members that a record lacks; `path` is its own. */
static void collect_from(const json_t *record, enum settings_group group,
	const struct json_path *path, struct buf *missing)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings_table[i];
		const struct json_path at = { path, setting->member, 0 };
		if (setting->group == group && setting->need == JSON_REQUIRED &&
			!(setting->type & TYPE_GROUPS) &&
			!json_object_get(record, setting->member))
			miss(missing, &at);
	}
}

static void collect_from_routes(const json_t *settings, struct buf *missing)
{
	const struct json_path path = { NULL, "routes", 0 };
	const json_t *routes = json_object_get(settings, "routes");
	size_t count = json_array_size(routes);

	for (size_t i = 0; i < (count ? count : 1); i++) {
		const struct json_path at = { &path, NULL, i };
		const struct json_path at_path = { &at, "path", 0 };
		const json_t *route = json_array_get(routes, i);
		const char *text = json_text(route, "path");
		collect_from(route, SETTINGS_ROUTE, &at, missing);
		/* Azure's {resource}: nobody but the user knows it. */
		if (text && strchr(text, '{'))
			miss(missing, &at_path);
	}
}

/* Left out, they are the usual ones. */
static void collect_from_outputs(const json_t *settings, struct buf *missing)
{
	const struct json_path path = { NULL, "outputs", 0 };

	JSON_EACH(output, json_object_get(settings, "outputs")) {
		const struct json_path at = { &path, NULL, output.index };
		collect_from(output.value, SETTINGS_OUTPUT, &at, missing);
	}
}

static void collect_missing(const json_t *settings, struct buf *missing)
{
	const struct json_path at_pm2 = { NULL, "pm2", 0 };
	const json_t *pm2 = json_object_get(settings, "pm2");

	collect_from(settings, SETTINGS_TOP, NULL, missing);
	collect_from_routes(settings, missing);
	collect_from_outputs(settings, missing);
	if (pm2)
		collect_from(pm2, SETTINGS_PM2, &at_pm2, missing);
}

/* Invalid answers are told before missing ones: both cost one run. */
static bool check_together(json_t *settings, struct error *err)
{
	SCOPED(profile)
	struct profile profile = { .settings = json_incref(settings) };

	return profile_read(&profile, err);
}

json_t *profile_settings_from_answers(json_t *answers, json_t *present,
	struct buf *missing, struct error *err)
{
	JSON_SCOPED json_t *gone = json_new_object();
	JSON_SCOPED json_t *given = given_settings(answers, gone, err);

	if (!given) {
		error_advise(err,
			_("correct that answer; `aigenv help answers` "
			  "describes each"));
		return NULL;
	}
	JSON_SCOPED json_t *merged = merge(given, present, gone);
	profile_complete_routes(merged);
	if (!check_together(merged, err))
		return NULL;
	collect_missing(merged, missing);
	return settings_in_order(merged);
}
