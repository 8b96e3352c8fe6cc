/* SPDX-License-Identifier: MIT */
#include "apply/data.h"

#include "apply/readers.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "ecosystem/ecosystem.h"
#include "os/directory.h"
#include "pm2/launch.h"
#include "pm2/sealed.h"

#include <string.h>

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

	json_put_shape(data,
		"{name:%s, path:%s, base_url:%s, key_env:%s, credential:%s}",
		route->name, route->path, route->base_url, route->key_env,
		credential_word(route->credential));
	return data;
}

/* A path of the vault's folder as seen from another folder: "./x", "../x". */
static json_t *seen_from(const char *folder, const char *path)
{
	OWNED char *relative = path_relative(folder, path);
	json_t *data = NULL;

	if (text_starts_with(relative, ".") || relative[0] == '/') {
		data = json_new_text(relative);
	} else {
		OWNED char *below = memory_printf("./%s", relative);
		data = json_new_text(below);
	}
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

/* What PM2 takes as it stands. */
static json_t *options_data(const json_t *settings, bool interpreter)
{
	static const enum setting_id ids[] = { SETTING_PM2_ARGS,
		SETTING_PM2_INTERPRETER, SETTING_PM2_NODE_ARGS,
		SETTING_PM2_INSTANCES, SETTING_PM2_EXEC_MODE };
	json_t *options = json_new_list();

	for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
		const char *name = settings_table[ids[i]].member;
		json_t *value = json_object_get(settings, name);
		if (value && (ids[i] != SETTING_PM2_INTERPRETER || interpreter))
			json_push(options,
				json_build("{name:%s, value:%O}", name, value));
	}
	return options;
}

/* Variables in front of package.json's command; the profile's own win. */
static json_t *assignments_data(
	json_t *assignments, const struct variables *variables)
{
	json_t *list = json_new_list();

	JSON_EACH_MEMBER(member, assignments)
		if (!variables_find(variables, member.name))
			json_push(list,
				json_build("{name:%s, value:%O}", member.name,
					member.value));
	return list;
}

/* Paths as seen from the folder of the file that is rendered. */
static void put_paths(
	json_t *data, const struct launch *launch, const char *output_folder)
{
	const char *interpreter = json_text(launch->settings, "interpreter");
	const bool is_path = interpreter && strchr(interpreter, '/');
	OWNED char *program = is_path
		? path_join(launch->folder,
			  text_starts_with(interpreter, "./") ? interpreter + 2
							      : interpreter)
		: NULL;

	json_put(data, "cwd",
		text_equal(output_folder, launch->folder)
			? json_null()
			: seen_from(output_folder, launch->folder));
	json_put(data, "interpreter_file",
		is_path ? seen_from(output_folder, program) : json_null());
	json_put(data, "options", options_data(launch->settings, !is_path));
}

/* The user's own ecosystem file, where a wrapper may stand. */
static json_t *own_data(
	const char *directory, const char *folder, const char *output)
{
	OWNED char *name = ecosystem_find_wrapped(folder, output);

	if (!name)
		return json_null();
	json_t *data = json_build("{json:%b, above:%o}",
		ecosystem_kind(name) == ECOSYSTEM_JSON,
		text_equal(directory, folder) ? json_null()
					      : seen_from(folder, directory));
	json_put(data, "file", json_new_printf("./%s", name));
	return data;
}

/* `launch` becomes that of a sealed start, where that is rendered. */
static json_t *pm2_data(const struct render_input *input,
	const struct profile_output *given, struct launch *launch)
{
	const struct profile *profile = input->profile;
	json_t *object = json_object_get(profile->settings, "pm2");

	if (!object)
		return json_null();
	if (sealed_is(given->template))
		sealed_launch(launch, profile, input->vault);
	OWNED char *output = path_join(input->directory, given->path);
	OWNED char *output_folder = path_directory(output);
	json_t *data = group_data(SETTINGS_PM2, launch->settings);

	json_put_text(data, "app", profile->pm2.app);
	json_put(data, "apps", apps_data(json_object_get(object, "app")));
	put_paths(data, launch, output_folder);
	json_put(data, "assignments",
		assignments_data(launch->start.assignments, input->variables));
	json_put_text(data, "ecosystem", profile->pm2.ecosystem);
	json_put(
		data, "own", own_data(input->directory, output_folder, output));
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
	OWNED char *from = path_join("/vault", output_path);
	OWNED char *folder = path_directory(from);
	OWNED char *to = path_join("/vault", env->path);
	OWNED char *relative = path_relative(folder, to);

	return json_new_text(relative);
}

/* Each variable under its own name, and all of them as a list. */
static void add_variables(json_t *data, const struct variables *variables,
	struct template_secrets *secrets)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < variables->count; i++) {
		const struct variable *variable = &variables->items[i];
		json_t *value = variable->secret
			? template_stand_in(secrets, variable->secret)
			: json_new_text(variable->plain);
		json_put_shared(data, variable->name, value);
		json_push(list,
			json_build("{name:%s, value:%o, secret:%b}",
				variable->name, value,
				variable->secret != NULL));
	}
	json_put(data, "variables", list);
}

json_t *template_data(const struct render_input *input,
	const struct profile_output *output, struct template_secrets *secrets)
{
	const struct profile *profile = input->profile;
	json_t *data = json_new_object();
	json_t *routes = json_new_list();
	SCOPED(launch) struct launch launch = { 0 };

	add_variables(data, input->variables, secrets);
	for (size_t i = 0; i < profile->route_count; i++)
		json_push(routes, route_data(profile, i));
	launch_find(profile, input->directory, &launch);
	/* Before the launch becomes another one, of a sealed start. */
	json_t *host = host_data(input, &launch);
	json_put_shape(data,
		"{routes:%o, profile:%s, host:%o, pm2:%o, example:%o, "
		"env_file:%o}",
		routes, profile->name, host, pm2_data(input, output, &launch),
		example_data(profile, input->variables),
		env_file_data(profile, output->path));
	return data;
}
