/* SPDX-License-Identifier: MIT */
#include "session/settings_change.h"

#include "apply/user_template.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "base/text.h"
#include "import/import.h"
#include "pm2/launch.h"
#include "profile/profile.h"
#include "profile/schema.h"
#include "profile/variables.h"
#include "session/changed_routes.h"
#include "session/restart_command.h"
#include "session/workspace.h"
#include "settings/key.h"

#include <string.h>

/* Only names are compared: no secret is decrypted for that. */
static const struct secret *no_value(void *context, const char *name,
	struct secret_arena *arena, struct error *err)
{
	static const struct secret none = { NULL, 0 };

	(void)context;
	(void)name;
	(void)arena;
	(void)err;
	return &none;
}

static bool check_names(const struct session *session,
	const struct profile *profile, struct error *err)
{
	SCOPED(secret_names) struct secret_names names = SECRET_NAMES_NONE;
	struct variables variables = { 0 };

	secret_names_add_all(&names, session->opened);
	/* One that is still to be set is no fault of the settings. */
	secret_names_add_required(&names, profile);
	bool ok = variables_collect(&variables, profile, names.items,
		names.count, no_value, NULL, err);
	variables_release(&variables);
	return ok || error_at(err, "vars");
}

bool settings_check(
	const struct session *session, json_t *settings, struct error *err)
{
	SCOPED(profile) struct profile profile = { 0 };

	return profile_from_settings(
		       &profile, session->profile, settings, err) &&
		check_names(session, &profile, err) &&
		schema_accepts(settings, err);
}

struct settings_change settings_change_begin(struct session *session)
{
	json_t *today = opened_settings(session->opened);

	return (struct settings_change){ .session = session,
		.settings = json_new_copy(today) };
}

void settings_change_release(struct settings_change *change)
{
	json_decref(change->settings);
	change->settings = NULL;
}

/* Of a change of one output: those that the profile has by default are written
 * out, so that none of them is dropped. */
static bool keep_outputs(struct settings_change *change, struct error *err)
{
	SCOPED(profile) struct profile profile = { 0 };

	if (json_object_get(change->settings, "outputs"))
		return true;
	bool ok = profile_from_settings(
		&profile, change->session->profile, change->settings, err);

	if (ok) {
		json_t *outputs = json_new_list();
		for (size_t i = 0; i < profile.output_count; i++)
			json_push(outputs,
				json_build("{template:%s, path:%s}",
					profile.outputs[i].template,
					profile.outputs[i].path));
		json_put(change->settings, "outputs", outputs);
	}
	return ok;
}

/* What belongs to a change of this key. */
static bool prepare(
	struct settings_change *change, const char *key, struct error *err)
{
	change->concerns_pm2 |= text_starts_with(key, "pm2") ||
		text_ends_with(key, ".template");
	return !text_starts_with(key, "outputs.") || keep_outputs(change, err);
}

/* The route whose provider the key is; NULL for another key. Borrowed. */
static json_t *route_of_provider(json_t *settings, const char *key)
{
	const size_t member = strlen(".provider");
	struct error ignored;
	json_t *route = NULL;

	if (!text_starts_with(key, "routes.") ||
		!text_ends_with(key, ".provider"))
		return NULL;
	OWNED char *whole = memory_copy(key, strlen(key) - member);
	bool found = settings_get(settings, whole, &route, &ignored);
	return found ? route : NULL;
}

/* Where a route gets another provider, what was the first one's goes. */
bool settings_change_set(struct settings_change *change, const char *key,
	const char *value, struct error *err)
{
	const char *known =
		json_text(route_of_provider(change->settings, key), "provider");
	OWNED char *before = known ? memory_text(known) : NULL;
	bool ok = prepare(change, key, err) &&
		settings_set(change->settings, key, value, err);

	if (ok && before && !text_equal(before, value))
		profile_forget_provider(
			route_of_provider(change->settings, key), before);
	return ok;
}

bool settings_change_unset(
	struct settings_change *change, const char *key, struct error *err)
{
	change->takes_away = true;
	return prepare(change, key, err) &&
		settings_unset(change->settings, key, err);
}

/* In a repository, a shell's history, `ps`: too late to keep it a secret. */
static void warn_of_secrets(const struct settings_change *change)
{
	const struct session *session = change->session;
	json_t *known =
		json_object_get(opened_settings(session->opened), "vars");

	JSON_EACH_MEMBER(member, json_object_get(change->settings, "vars")) {
		if (json_object_get(known, member.name) ||
			!import_is_secret(
				member.name, json_string_value(member.value)))
			continue;
		observer_warn(&session->options.observer,
			_("vars.%s looks like a secret, but settings are plain "
			  "text; to keep it as a secret: `aigenv config unset "
			  "vars.%s`, then `aigenv secret set %s`"),
			member.name, member.name, member.name);
	}
}

/*
 * A variable that is set has to be what the schema asks for. One that was there
 * before a new schema is told alone: it is what is changed next.
 */
static bool hold_to_schema(
	const struct settings_change *change, struct error *err)
{
	const struct session *session = change->session;
	const json_t *today = opened_settings(session->opened);
	const json_t *settings = change->settings;

	JSON_EACH_MEMBER(member, json_object_get(settings, "vars")) {
		if (schema_check_plain(settings, member.name,
			    json_string_value(member.value), err))
			continue;
		if (!json_equal_or_null(json_inner(today, "vars", member.name),
			    member.value))
			return false;
		if (!json_equal_or_null(
			    json_inner(today, "schema", member.name),
			    json_inner(settings, "schema", member.name)))
			observer_warn(
				&session->options.observer, "%s", err->what);
	}
	return true;
}

/* `apply` will miss them. */
static void warn_of_lost(const struct settings_change *change)
{
	const struct session *session = change->session;
	const json_t *settings = change->settings;

	JSON_EACH_MEMBER(member,
		json_object_get(opened_settings(session->opened), "vars"))
		if (!json_inner(settings, "vars", member.name) &&
			schema_requires(settings, member.name))
			observer_warn(&session->options.observer,
				_("%s has no value now, and the schema "
				  "requires it"),
				member.name);
}

/* "/v1/v1": a version that is there twice. */
static bool repeats_version(const char *path)
{
	const char *last = path ? strrchr(path, '/') : NULL;
	const size_t size = last ? strlen(last) : 0;

	return size > 2 && last[1] == 'v' && text_is_digit(last[2]) &&
		(size_t)(last - path) >= size &&
		memcmp(last - size, last, size) == 0;
}

/* It may be right, where an API is made so. */
static void warn_of_path(const struct settings_change *change)
{
	const struct session *session = change->session;
	const json_t *today = opened_settings(session->opened);

	JSON_EACH(route, json_object_get(change->settings, "routes")) {
		const char *name = json_text(route.value, "name");
		const char *path = json_text(route.value, "path");
		const json_t *before = json_find(
			json_object_get(today, "routes"), "name", name);
		if (!repeats_version(path) ||
			text_equal_or_null(json_text(before, "path"), path))
			continue;
		const size_t size = strlen(strrchr(path, '/'));
		observer_warn(&session->options.observer,
			_("routes.%s.path has the version twice, %s; unless "
			  "that is meant: `aigenv config set "
			  "routes.%s.path=%.*s`"),
			name, path, name, (int)(strlen(path) - size), path);
	}
}

/* What PM2 will stumble over is told where it is set. */
static void warn_of_app(const struct settings_change *change)
{
	const struct session *session = change->session;
	const struct observer *observer = &session->options.observer;
	SCOPED(profile) struct profile profile = { 0 };
	struct error ignored;

	if (!change->concerns_pm2 || !observer->warn ||
		!profile_from_settings(&profile, session->profile,
			opened_settings(session->opened), &ignored))
		return;
	launch_warn(&profile, vault_directory(session->vault), observer->warn,
		observer->context);
}

static void warn_of_restart(const struct settings_change *change)
{
	const struct session *session = change->session;
	const json_t *command = json_object_get(change->settings, "restart");
	OWNED char *sentence = restart_command_keeps(command);

	if (sentence &&
		!json_equal_or_null(command,
			json_object_get(
				opened_settings(session->opened), "restart")))
		observer_warn(&session->options.observer, "%s", sentence);
}

/* "routes[1].model" is the place in the file; the key of a route that has a
 * name is routes.openai.model, of an output outputs.1.path. */
static bool place_by_key(
	const json_t *settings, const char *list, struct error *err)
{
	const json_t *items = json_object_get(settings, list);

	for (size_t i = 0; i < json_array_size(items); i++) {
		const char *name = json_text(json_array_get(items, i), "name");
		OWNED char *number = memory_printf("%zu", i);
		OWNED char *place = memory_printf("%s[%zu].", list, i);
		if (!text_starts_with(err->where, place))
			continue;
		OWNED char *member = memory_text(err->where + strlen(place));
		error_at(err, "%s.%s.%s", list, name ? name : number, member);
		return true;
	}
	return false;
}

static bool is_given(const struct settings_change *change, const char *key)
{
	struct error ignored;
	json_t *value = NULL;

	return settings_get(change->settings, key, &value, &ignored) && value;
}

/* Advice for errors that have none: a part of the change is missing, or one
 * that is there cannot be so. */
static bool advise(const struct settings_change *change, struct error *err)
{
	const bool is_listed = place_by_key(change->settings, "routes", err) ||
		place_by_key(change->settings, "outputs", err);

	if (change->takes_away && text_starts_with(err->where, "pm2."))
		return error_advise(err,
			_("nothing was saved; `aigenv config unset pm2` takes "
			  "away the whole app"));
	if (is_given(change, err->where))
		return error_advise(err,
			_("nothing was saved; give it another value (`aigenv "
			  "help config set`)"));
	return error_advise(err,
		change->takes_away
			? _("nothing was saved, since a profile needs this "
			    "setting; give it another value (`aigenv help "
			    "config set`)")
			: is_listed
			? _("nothing was saved; name a route or output that is "
			    "there (`aigenv config get` lists them), or set "
			    "what belongs to a new one (provider and model, "
			    "template and path) in one command")
			: _("nothing was saved; give this setting too, in the "
			    "same command"));
}

/* In memory, once all of it is right. */
static bool put(struct settings_change *change, struct error *err)
{
	struct session *session = change->session;

	if (!user_templates_record(vault_directory(session->vault),
		    change->settings, HASH_MISSING, err) ||
		!settings_check(session, change->settings, err) ||
		!hold_to_schema(change, err))
		return advise(change, err);
	const struct renaming renaming = { session->opened,
		opened_settings(session->opened), change->settings };
	if (!renamed_keys_move(&renaming, &session->options.observer, err))
		return false;
	provider_change_tell(
		session, opened_settings(session->opened), change->settings);
	warn_of_secrets(change);
	warn_of_lost(change);
	warn_of_path(change);
	warn_of_restart(change);
	return opened_set_settings(session->opened, change->settings, err) ||
		advise(change, err);
}

bool settings_change_save(
	struct settings_change *change, bool *changed, struct error *err)
{
	struct session *session = change->session;

	profile_complete_routes(change->settings);
	*changed =
		!json_equal(change->settings, opened_settings(session->opened));
	if (*changed && (!put(change, err) || !session_save(session, err)))
		return false;
	warn_of_app(change);
	return true;
}
