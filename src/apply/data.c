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

/* The script as the profile has it, else what is found in the vault's folder,
 * as seen from the output's: that is where PM2 starts it. */
static json_t *script_data(const struct pm2_settings *pm2,
	const char *directory, const char *output_path)
{
	bool guessed = false;

	if (pm2->script)
		return json_string(pm2->script);
	char *output = path_join(directory, output_path);
	char *folder = path_directory(output);
	char *name = pm2_default_script(directory, &guessed);
	char *whole = path_join(
		directory, text_starts_with(name, "./") ? name + 2 : name);
	char *relative = path_relative(folder, whole);
	json_t *data = text_starts_with(relative, ".") || relative[0] == '/'
		? json_string(relative)
		: json_sprintf("./%s", relative);

	free(output);
	free(folder);
	free(name);
	free(whole);
	free(relative);
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

static json_t *pm2_data(const struct profile *profile, const char *directory,
	const char *output_path)
{
	json_t *object = json_object_get(profile->settings, "pm2");

	if (!object)
		return json_null();
	json_t *data = group_data(SETTINGS_PM2, object);
	json_put_text(data, "app", profile->pm2.app);
	json_put(data, "apps", apps_data(json_object_get(object, "app")));
	json_put(data, "script",
		script_data(&profile->pm2, directory, output_path));
	json_put_text(data, "ecosystem", profile->pm2.ecosystem);
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
	json_t *data = json_string(relative);

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
	json_t *data = json_object();
	json_t *list = json_array();
	json_t *routes = json_array();

	for (size_t i = 0; i < variables->count; i++) {
		const struct variable *variable = &variables->items[i];
		(void)json_object_set_new(
			data, variable->name, json_string(variable->value));
		(void)json_array_append_new(list,
			json_pack("{s:s, s:s, s:b}", "name", variable->name,
				"value", variable->value, "secret",
				variable->secret));
	}
	for (size_t i = 0; i < profile->route_count; i++)
		(void)json_array_append_new(routes, route_data(profile, i));
	(void)json_object_set_new(data, "variables", list);
	(void)json_object_set_new(data, "routes", routes);
	(void)json_object_set_new(data, "profile", json_string(profile->name));
	(void)json_object_set_new(
		data, "pm2", pm2_data(profile, directory, output_path));
	(void)json_object_set_new(
		data, "env_file", env_file_data(profile, output_path));
	return data;
}
