/* SPDX-License-Identifier: MIT */
/* Settings to a profile: every member checked (vault-format section 2). */
#include "profile/settings_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "envfile/envfile.h"
#include "profile/checks_internal.h"
#include "template/builtin.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_LIMIT 4096
#define MEMBER_LIMIT 128
#define AGE_DAYS_LIMIT 36500

const char *const settings_members[] = { "account_id", "gateway", "origin",
	"custom_domain", "routes", "pm2", "outputs", "vars", "readers",
	"max_age_days", "restart", "schema", NULL };
const char *const pm2_members[] = { "app", "script", "instances", "env",
	"ecosystem", NULL };
const char *const output_members[] = { "template", "path", "sha256", "readers",
	NULL };

static const char *const readers[] = {
#define X(constant, name) name,
	READERS(X)
#undef X
		NULL,
};

bool settings_at(struct error *err, const struct json_path *path)
{
	char where[sizeof(err->where)];

	json_path_format(path, where, sizeof(where));
	return error_at(err, "%s", where);
}

static bool read_text(const json_t *object, const struct json_path *path,
	const struct text_member *member, struct error *err)
{
	struct json_path at = { path, member->name, 0 };
	const char *text = NULL;

	if (!json_get_text(
		    object, path, member->name, member->need, &text, err))
		return false;
	if (!text)
		return true;
	if (strlen(text) > TEXT_LIMIT)
		return json_refuse(
			err, &at, "longer than %d bytes", TEXT_LIMIT);
	if (member->check && !member->check(text, err))
		return settings_at(err, &at);
	*member->value = text;
	return true;
}

bool settings_texts(const json_t *object, const struct json_path *path,
	const struct text_member *members, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		if (!read_text(object, path, &members[i], err))
			return false;
	}
	return true;
}

/* Limits that hold for every text and member name, x-... included. */
static bool check_limits(
	json_t *value, const struct json_path *path, struct error *err)
{
	const char *name = NULL;
	json_t *child = NULL;

	if (json_is_string(value) && json_string_length(value) > TEXT_LIMIT)
		return json_refuse(
			err, path, "longer than %d bytes", TEXT_LIMIT);
	for (size_t i = 0; i < json_array_size(value); i++) {
		struct json_path at = { path, NULL, i };
		if (!check_limits(json_array_get(value, i), &at, err))
			return false;
	}
	json_object_foreach(value, name, child) {
		struct json_path at = { path, name, 0 };
		if (strlen(name) > MEMBER_LIMIT)
			return json_refuse(err, path,
				"a member name is longer than %d bytes",
				MEMBER_LIMIT);
		if (!check_limits(child, &at, err))
			return false;
	}
	return true;
}

static bool check_readers(
	const json_t *list, const struct json_path *path, struct error *err)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct json_path at = { path, NULL, i };
		const char *name = json_string_value(json_array_get(list, i));
		bool known = false;
		for (size_t j = 0; name && readers[j]; j++)
			known = known || text_equal(name, readers[j]);
		if (known)
			continue;
		json_refuse(err, &at, "not the name of an env-file reader");
		const char *nearest = name ? text_nearest(name, readers) : NULL;
		return nearest
			? error_next(err, "did you mean \"%s\"?", nearest)
			: error_next(err,
				  "names are node, dotenv, "
				  "python-dotenv, bash, systemd, "
				  "docker, ...");
	}
	return true;
}

static bool read_readers(const json_t *object, const struct json_path *path,
	json_t **list, struct error *err)
{
	struct json_path at = { path, "readers", 0 };

	return json_get_array(
		       object, path, "readers", JSON_OPTIONAL, list, err) &&
		check_readers(*list, &at, err);
}

static bool check_vars(const struct profile *profile, struct error *err)
{
	struct json_path path = { NULL, "vars", 0 };
	const char *name = NULL;
	json_t *value = NULL;

	if (json_object_size(profile->vars) > VARS_LIMIT)
		return json_refuse(
			err, &path, "more than %d variables", VARS_LIMIT);
	json_object_foreach(profile->vars, name, value) {
		struct json_path at = { &path, name, 0 };
		if (!profile_check_variable(name, err))
			return settings_at(err, &path);
		if (!json_is_string(value)) {
			json_refuse(err, &at, "a variable is a string, not %s",
				json_type_words(value));
			return error_next(err, "put it in quotes");
		}
	}
	return true;
}

static bool check_instances(
	const json_t *value, const struct json_path *path, struct error *err)
{
	struct json_path at = { path, "instances", 0 };
	const char *text = json_string_value(value);
	bool good = !value;

	if (json_is_integer(value))
		good = json_integer_value(value) >= -1024 &&
			json_integer_value(value) <= 1024;
	if (text)
		good = text_equal(text, "max") ||
			(*text && strlen(text) <= 4 &&
				text_only(
					text + (*text == '-'), "0123456789") &&
				!text_equal(text, "-"));
	if (good)
		return true;
	json_refuse(err, &at, "instances is a number or \"max\"");
	return error_next(err, "write 2, or \"max\" for one a processor");
}

static bool read_pm2(struct profile *profile, struct error *err)
{
	struct json_path path = { NULL, "pm2", 0 };
	struct pm2_settings *pm2 = &profile->pm2;
	json_t *object = NULL;

	if (!json_get_object(profile->settings, NULL, "pm2", JSON_OPTIONAL,
		    &object, err))
		return false;
	if (!object)
		return true;
	const struct text_member texts[] = {
		{ "app", JSON_REQUIRED, profile_check_app, &pm2->app },
		{ "script", JSON_OPTIONAL, check_script, &pm2->script },
		{ "env", JSON_OPTIONAL, check_word, &pm2->env },
		{ "ecosystem", JSON_OPTIONAL, check_inside_path,
			&pm2->ecosystem },
	};

	pm2->instances = json_object_get(object, "instances");
	return json_check_members(object, &path, pm2_members, true, err) &&
		settings_texts(object, &path, texts, ARRAY_SIZE(texts), err) &&
		check_instances(pm2->instances, &path, err);
}

static bool check_template(const char *name, struct error *err)
{
	const char *names[16] = { NULL };
	size_t count = 0;

	if (text_starts_with(name, "./"))
		return check_inside_path(name + 2, err);
	if (builtin_find(name))
		return true;
	for (const struct builtin_template *at = builtin_templates();
		at->name && count + 1 < ARRAY_SIZE(names); at++)
		names[count++] = at->name;
	error_set(err, STATUS_INVALID, "no template is named \"%.64s\"", name);
	const char *nearest = text_nearest(name, names);
	if (nearest)
		return error_next(err, "did you mean \"%s\"?", nearest);
	return error_next(err,
		"built in are env and ecosystem; a template of "
		"your own is ./FILE");
}

static bool check_hash(const struct profile_output *output,
	const struct json_path *path, enum settings_use use, struct error *err)
{
	struct json_path at = { path, "sha256", 0 };
	bool own = text_starts_with(output->template, "./");

	if (!output->sha256) {
		if (!own || use == SETTINGS_DRAFT)
			return true;
		json_refuse(err, &at, "the hash of %.200s is missing",
			output->template);
		return error_next(err,
			"`aigenv seal` takes the hash of a template that you "
			"have looked at");
	}
	if (strlen(output->sha256) == 64 &&
		text_only(output->sha256, "0123456789abcdef"))
		return true;
	return json_refuse(err, &at, "a hash is 64 characters 0-9 a-f");
}

/* Skips what says nothing in a path: "/" and "./" at the start of a step. */
static const char *skip_idle(const char *path)
{
	for (;;) {
		if (path[0] == '/')
			path++;
		else if (path[0] == '.' && path[1] == '/')
			path += 2;
		else
			return path;
	}
}

/* ".env", "./.env" and ".//.env" are one file. */
static bool is_same_path(const char *a, const char *b)
{
	a = skip_idle(a);
	b = skip_idle(b);
	while (*a && *a == *b) {
		bool step = *a == '/';
		a = step ? skip_idle(a) : a + 1;
		b = step ? skip_idle(b) : b + 1;
	}
	return *a == *b;
}

static bool read_output(struct profile *profile, json_t *object, size_t index,
	enum settings_use use, struct error *err)
{
	struct json_path outputs = { NULL, "outputs", 0 };
	struct json_path path = { &outputs, NULL, index };
	struct profile_output *output = &profile->outputs[index];

	const struct text_member texts[] = {
		{ "template", JSON_REQUIRED, check_template,
			&output->template },
		{ "path", JSON_REQUIRED, check_inside_path, &output->path },
		{ "sha256", JSON_OPTIONAL, NULL, &output->sha256 },
	};

	*output = (struct profile_output){ 0 };
	if (!json_is_object(object))
		return json_refuse(err, &path, "an output is an object, not %s",
			json_type_words(object));
	if (!json_check_members(object, &path, output_members, true, err) ||
		!settings_texts(object, &path, texts, ARRAY_SIZE(texts), err) ||
		!check_hash(output, &path, use, err) ||
		!read_readers(object, &path, &output->readers, err))
		return false;
	struct json_path at = { &path, "path", 0 };
	if (is_same_path(output->path, "aigenv.json")) {
		json_refuse(err, &at, "that is the vault itself");
		return error_next(err, "give the output another path");
	}
	for (size_t i = 0; i < index; i++) {
		if (!is_same_path(output->path, profile->outputs[i].path))
			continue;
		json_refuse(err, &at, "two outputs have the path %.200s",
			output->path);
		return error_next(err, "give each output its own");
	}
	profile->output_count = index + 1;
	return true;
}

/* DESIGN "Defaults": .env, and with pm2 ecosystem.config.cjs. */
static void default_outputs(struct profile *profile)
{
	profile->outputs[0] =
		(struct profile_output){ .template = "env", .path = ".env" };
	profile->outputs[1] = (struct profile_output){
		.template = "ecosystem",
		.path = "ecosystem.config.cjs",
	};
	profile->output_count = profile->pm2.app ? 2 : 1;
}

static bool read_outputs(
	struct profile *profile, enum settings_use use, struct error *err)
{
	struct json_path path = { NULL, "outputs", 0 };
	json_t *list = NULL;

	if (!json_get_array(profile->settings, NULL, "outputs", JSON_OPTIONAL,
		    &list, err))
		return false;
	if (!list) {
		default_outputs(profile);
		return true;
	}
	if (json_array_size(list) > OUTPUTS_LIMIT)
		return json_refuse(
			err, &path, "more than %d outputs", OUTPUTS_LIMIT);
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (!read_output(profile, json_array_get(list, i), i, use, err))
			return false;
	}
	return true;
}

/* The file of the restart command, where the profile renders one. */
static void default_ecosystem(struct profile *profile)
{
	struct pm2_settings *pm2 = &profile->pm2;

	for (size_t i = 0; i < profile->output_count; i++) {
		if (pm2->app && !pm2->ecosystem &&
			text_starts_with(
				profile->outputs[i].template, "ecosystem"))
			pm2->ecosystem = profile->outputs[i].path;
	}
}

static bool read_routes(struct profile *profile, struct error *err)
{
	struct json_path path = { NULL, "routes", 0 };
	json_t *list = NULL;

	if (!json_get_array(profile->settings, NULL, "routes", JSON_REQUIRED,
		    &list, err))
		return false;
	if (json_array_size(list) == 0) {
		json_refuse(err, &path, "a profile has at least one route");
		return error_next(err, "give one provider and its model");
	}
	if (json_array_size(list) > ROUTES_LIMIT)
		return json_refuse(
			err, &path, "more than %d routes", ROUTES_LIMIT);
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct json_path at = { &path, NULL, i };
		if (!settings_route(profile, json_array_get(list, i), &at, err))
			return false;
	}
	return settings_route_names(profile, err);
}

static bool check_restart(const json_t *list, struct error *err)
{
	struct json_path path = { NULL, "restart", 0 };

	for (size_t i = 0; i < json_array_size(list); i++) {
		struct json_path at = { &path, NULL, i };
		const json_t *word = json_array_get(list, i);
		if (!json_is_string(word) || !*json_string_value(word))
			return json_refuse(err, &at,
				"a restart command is a list of words");
	}
	return !list || json_array_size(list) > 0 ||
		json_refuse(err, &path, "an empty restart command");
}

static bool read_rest(struct profile *profile, struct error *err)
{
	const json_t *settings = profile->settings;
	struct json_path days_path = { NULL, "max_age_days", 0 };
	const char *schema = NULL;
	const struct text_member texts[] = {
		{ "schema", JSON_OPTIONAL, NULL, &schema },
	};
	json_t *restart = NULL;
	json_int_t days = 1;

	if (!json_get_object(settings, NULL, "vars", JSON_OPTIONAL,
		    &profile->vars, err) ||
		!check_vars(profile, err) ||
		!read_readers(settings, NULL, &profile->readers, err) ||
		!json_get_array(settings, NULL, "restart", JSON_OPTIONAL,
			&restart, err) ||
		!check_restart(restart, err) ||
		!json_get_integer(settings, NULL, "max_age_days", JSON_OPTIONAL,
			&days, err) ||
		!settings_texts(settings, NULL, texts, ARRAY_SIZE(texts), err))
		return false;
	if (days < 1 || days > AGE_DAYS_LIMIT)
		return json_refuse(err, &days_path,
			"a number of days from 1 to %d", AGE_DAYS_LIMIT);
	return true;
}

bool settings_read(
	struct profile *profile, enum settings_use use, struct error *err)
{
	json_t *settings = profile->settings;
	const struct text_member texts[] = {
		{ "account_id", JSON_REQUIRED, profile_check_account,
			&profile->account_id },
		{ "gateway", JSON_REQUIRED, profile_check_gateway,
			&profile->gateway },
		{ "origin", JSON_OPTIONAL, profile_check_origin,
			&profile->origin },
		{ "custom_domain", JSON_OPTIONAL, profile_check_custom_domain,
			&profile->custom_domain },
	};

	profile->origin = DEFAULT_ORIGIN;
	return json_check_members(
		       settings, NULL, settings_members, true, err) &&
		check_limits(settings, NULL, err) &&
		settings_texts(settings, NULL, texts, ARRAY_SIZE(texts), err) &&
		read_routes(profile, err) && read_pm2(profile, err) &&
		read_outputs(profile, use, err) && read_rest(profile, err);
}

bool profile_from_settings(struct profile *profile, const char *name,
	json_t *settings, const struct catalogue *catalogue, struct error *err)
{
	struct profile made = { .catalogue = catalogue };

	if (!json_is_object(settings)) {
		error_set(err, STATUS_INVALID, "settings are an object, not %s",
			json_type_words(settings));
		return error_at(err, "%s", name);
	}
	made.settings = json_incref(settings);
	made.name = memory_text(name);
	if (!settings_read(&made, SETTINGS_WHOLE, err)) {
		profile_release(&made);
		return false;
	}
	default_ecosystem(&made);
	*profile = made;
	return true;
}

void profile_release(struct profile *profile)
{
	for (size_t i = 0; i < ROUTES_LIMIT; i++)
		free(profile->routes[i].base_url);
	for (size_t i = 0; i < profile->kept_count; i++)
		free(profile->kept[i]);
	free(profile->kept);
	free(profile->name);
	json_decref(profile->settings);
	*profile = (struct profile){ 0 };
}
