/* SPDX-License-Identifier: MIT */
/*
 * Settings to a profile. Each alone was checked against the table (settings/
 * settings.h); here is what they mean, with defaults, and what they have to be
 * to each other.
 */
#include "profile/profile.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "profile/settings_internal.h"

#include <stdlib.h>

/* "api", or "api,worker" as --only takes several. */
static const char *read_app(struct profile *profile, const json_t *app)
{
	SCOPED(buf) struct buf names = BUF(16384);

	if (!json_is_array(app))
		return json_string_value(app);
	for (size_t i = 0; i < json_array_size(app); i++) {
		if (i)
			buf_byte(&names, ',');
		buf_text(&names, json_string_value(json_array_get(app, i)));
	}
	return profile_keep(profile, buf_take(&names, NULL));
}

static void read_pm2(struct profile *profile)
{
	const json_t *object = json_object_get(profile->settings, "pm2");

	profile->pm2 = (struct pm2_settings){
		.app = read_app(profile, json_object_get(object, "app")),
		.script = json_text(object, "script"),
		.env = json_text(object, "env"),
		.ecosystem = json_text(object, "ecosystem"),
	};
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

/* A path of its own, and not the vault's. */
static bool check_output_path(
	const struct profile *profile, size_t index, struct error *err)
{
	const char *path = profile->outputs[index].path;
	const struct json_path outputs = { NULL, "outputs", 0 };
	const struct json_path output = { &outputs, NULL, index };
	const struct json_path at = { &output, "path", 0 };

	if (!path)
		return true;
	if (is_same_path(path, "aigenv.json")) {
		json_refuse(err, &at, _("this path is the vault itself"));
		return error_next(err, _("give the output another path"));
	}
	for (size_t i = 0; i < index; i++) {
		const char *other = profile->outputs[i].path;
		if (!other || !is_same_path(path, other))
			continue;
		json_refuse(
			err, &at, _("two outputs have the path %.200s"), path);
		return error_next(err, _("give each output a path of its own"));
	}
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

json_t *profile_default_outputs(const char *env_path)
{
	json_t *outputs = json_new_list();

	json_push(outputs, json_build("{template:'env', path:%s}", env_path));
	return outputs;
}

static bool read_outputs(struct profile *profile, struct error *err)
{
	json_t *list = json_object_get(profile->settings, "outputs");

	if (!list)
		default_outputs(profile);
	JSON_EACH(output, list) {
		profile->outputs[output.index] = (struct profile_output){
			.template = json_text(output.value, "template"),
			.path = json_text(output.value, "path"),
			.sha256 = json_text(output.value, "sha256"),
			.readers = json_object_get(output.value, "readers"),
		};
		if (!check_output_path(profile, output.index, err))
			return false;
		profile->output_count = output.index + 1;
	}
	return true;
}

/* The file of the restart command, where the profile renders one. */
static void default_ecosystem(struct profile *profile)
{
	struct pm2_settings *pm2 = &profile->pm2;

	for (size_t i = 0; i < profile->output_count; i++) {
		const char *template = profile->outputs[i].template;
		if (pm2->app && !pm2->ecosystem && template &&
			text_starts_with(template, "ecosystem"))
			pm2->ecosystem = profile->outputs[i].path;
	}
}

static bool check_restart(const struct profile *profile, struct error *err)
{
	const struct json_path at = { NULL, "restart", 0 };

	if (!json_object_get(profile->settings, "restart") ||
		!json_object_get(profile->settings, "pm2"))
		return true;
	json_refuse(err, &at,
		_("a profile cannot have both pm2 and a restart command of its "
		  "own"));
	return error_next(err,
		_("keep one of them: `aigenv config unset pm2` removes pm2"));
}

bool profile_read(struct profile *profile, struct error *err)
{
	const json_t *settings = profile->settings;
	const char *origin = json_text(settings, "origin");

	profile->account_id = json_text(settings, "account_id");
	profile->gateway = json_text(settings, "gateway");
	profile->origin = origin ? origin : DEFAULT_ORIGIN;
	profile->custom_domain = json_text(settings, "custom_domain");
	profile->vars = json_object_get(settings, "vars");
	profile->readers = json_object_get(settings, "readers");
	read_pm2(profile);
	if (!routes_read(profile, err) || !read_outputs(profile, err) ||
		!check_restart(profile, err))
		return false;
	default_ecosystem(profile);
	return true;
}

bool profile_from_settings(struct profile *profile, const char *name,
	json_t *settings, struct error *err)
{
	struct profile made = { 0 };

	made.settings = json_incref(settings);
	made.name = memory_text(name);
	if (!settings_accepts(settings, SETTINGS_WHOLE, NULL, err) ||
		!profile_read(&made, err) || !routes_join(&made, err)) {
		profile_release(&made);
		return false;
	}
	*profile = made;
	return true;
}

void profile_release(struct profile *profile)
{
	for (size_t i = 0; i < ROUTES_LIMIT; i++)
		free(profile->routes[i].base_url);
	memory_free_texts(profile->kept, profile->kept_count);
	free(profile->name);
	json_decref(profile->settings);
	*profile = (struct profile){ 0 };
}
