/* SPDX-License-Identifier: MIT */
#include "apply/data.h"

#include "apply/readers.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "os/directory.h"
#include "pm2/pm2.h"

#include <stdlib.h>

static const char *credential_word(enum credential credential)
{
	static const char *const words[] = {
		[CREDENTIAL_HEADER] = "header",
		[CREDENTIAL_STORED] = "stored",
		[CREDENTIAL_UNIFIED] = "unified",
	};

	return words[credential];
}

/* Each setting of the group; what the profile lacks is null: its name stays in
 * scope. */
static json_t *group_data(enum settings_group group, const json_t *object)
{
	json_t *data = json_new_object();

	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings_table[i];
		json_t *value = json_object_get(object, setting->member);
		if (setting->group == group)
			json_put_shared(data, setting->member,
				value ? value : json_null());
	}
	return data;
}

/* With the defaults, and what the settings do not say. */
static json_t *route_data(const struct profile *profile, size_t index)
{
	const struct route *route = &profile->routes[index];
	json_t *data = group_data(SETTINGS_ROUTE,
		json_array_get(
			json_object_get(profile->settings, "routes"), index));

	json_put_text(data, "name", route->name);
	json_put_text(data, "path", route->path);
	json_put_text(data, "base_url", route->base_url);
	json_put_text(data, "key_env", route->key_env);
	json_put_text(data, "credential", credential_word(route->credential));
	return data;
}

/* A path of the vault's folder as seen from another folder: "./x", "../x". */
static json_t *seen_from(const char *folder, const char *path)
{
	char *relative = path_relative(folder, path);
	json_t *data = NULL;

	if (text_starts_with(relative, ".") || relative[0] == '/') {
		data = json_new_text(relative);
	} else {
		char *below = memory_printf("./%s", relative);
		data = json_new_text(below);
		free(below);
	}
	free(relative);
	return data;
}

char *find_app_folder(const struct profile *profile, const char *directory)
{
	const char *cwd = json_string_value(json_object_get(
		json_object_get(profile->settings, "pm2"), "cwd"));

	return cwd ? path_join(directory, cwd) : memory_text(directory);
}

/* Where things are, while pm2's data are made. */
struct places {
	char *output; /* the folder of the file that is rendered; owned */
	char *app;    /* that of pm2.cwd, or the vault's; owned */
};

/* The script as the profile has it, else what is found in the app's folder, as
 * seen from where PM2 starts it: pm2.cwd, or the output's folder. */
static json_t *script_data(const struct profile *profile, const json_t *pm2,
	const struct places *places)
{
	bool guessed = false;

	if (profile->pm2.script)
		return json_new_text(profile->pm2.script);
	char *name = pm2_default_script(places->app, &guessed);
	char *whole = path_join(
		places->app, text_starts_with(name, "./") ? name + 2 : name);
	json_t *data = seen_from(
		json_object_get(pm2, "cwd") ? places->app : places->output,
		whole);

	free(name);
	free(whole);
	return data;
}

/* pm2.app, which may be one name, as a list. */
static json_t *apps_data(json_t *app)
{
	if (json_is_array(app))
		return json_incref(app);
	json_t *apps = json_new_list();

	json_push(apps, json_incref(app));
	return apps;
}

/* What PM2 takes as the profile has it. */
static json_t *options_data(const json_t *pm2)
{
	static const enum setting_id ids[] = { SETTING_PM2_ARGS,
		SETTING_PM2_INTERPRETER, SETTING_PM2_NODE_ARGS,
		SETTING_PM2_INSTANCES, SETTING_PM2_EXEC_MODE };
	json_t *options = json_new_list();

	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		const char *name = settings_table[ids[i]].member;
		json_t *value = json_object_get(pm2, name);
		if (value)
			json_push(options,
				JSON_RECORD(JSON_TEXT("name", name),
					JSON_VALUE(
						"value", json_incref(value))));
	}
	return options;
}

static json_t *pm2_data(const struct profile *profile, const char *directory,
	const char *output_path)
{
	json_t *object = json_object_get(profile->settings, "pm2");

	if (!object)
		return json_null();
	char *output = path_join(directory, output_path);
	const struct places places = {
		.output = path_directory(output),
		.app = find_app_folder(profile, directory),
	};
	json_t *data = group_data(SETTINGS_PM2, object);

	json_put_text(data, "app", profile->pm2.app);
	json_put(data, "apps", apps_data(json_object_get(object, "app")));
	json_put(data, "script", script_data(profile, object, &places));
	if (json_object_get(object, "cwd"))
		json_put(data, "cwd", seen_from(places.output, places.app));
	json_put(data, "options", options_data(object));
	json_put_text(data, "ecosystem", profile->pm2.ecosystem);
	free(output);
	free(places.output);
	free(places.app);
	return data;
}

/* A file in docker's grammar, which the ecosystem file cannot read. */
static bool is_raw(
	const struct profile *profile, const struct profile_output *output)
{
	struct error ignored;
	reader_set readers = 0;

	return declared_readers(profile, output, &readers, &ignored) &&
		readers_are_raw(readers);
}

const struct profile_output *find_env_output(const struct profile *profile)
{
	for (size_t i = 0; i < profile->output_count; i++) {
		const struct profile_output *output = &profile->outputs[i];
		if (text_equal(output->template, "env") &&
			!is_raw(profile, output))
			return output;
	}
	return NULL;
}

/* The env output as seen from the folder of another output. */
static json_t *env_file_data(
	const struct profile *profile, const char *output_path)
{
	const struct profile_output *env = find_env_output(profile);

	if (!env)
		return json_null();
	/* Both are relative to the vault's folder; "/vault" stands for it. */
	char *from = path_join("/vault", output_path);
	char *folder = path_directory(from);
	char *to = path_join("/vault", env->path);
	char *relative = path_relative(folder, to);
	json_t *data = json_new_text(relative);

	free(from);
	free(folder);
	free(to);
	free(relative);
	return data;
}

json_t *template_data(const struct profile *profile,
	const struct variables *variables, const char *directory,
	const char *output_path)
{
	json_t *data = json_new_object();
	json_t *list = json_new_list();
	json_t *routes = json_new_list();

	for (size_t i = 0; i < variables->count; i++) {
		const struct variable *variable = &variables->items[i];
		json_put_text(data, variable->name, variable->value);
		json_push(list,
			JSON_RECORD(JSON_TEXT("name", variable->name),
				JSON_TEXT("value", variable->value),
				JSON_FLAG("secret", variable->secret)));
	}
	for (size_t i = 0; i < profile->route_count; i++)
		json_push(routes, route_data(profile, i));
	json_put(data, "variables", list);
	json_put(data, "routes", routes);
	json_put_text(data, "profile", profile->name);
	json_put(data, "pm2", pm2_data(profile, directory, output_path));
	json_put(data, "env_file", env_file_data(profile, output_path));
	return data;
}
