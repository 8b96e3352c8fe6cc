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

/* What the profile lacks is null: its name stays in scope. */
static json_t *route_data(const struct route *route)
{
	json_t *data = json_object();
	const struct {
		const char *member;
		const char *text;
	} members[] = {
		{ "name", route->name },
		{ "provider", route->provider },
		{ "path", route->path },
		{ "model", route->model },
		{ "base_url", route->base_url },
		{ "key_env", route->key_env },
		{ "model_env", route->model_env },
		{ "direct_url", route->direct_url },
		{ "credential", credential_word(route->credential) },
		{ "alias", route->alias },
	};

	for (size_t i = 0; i < ARRAY_SIZE(members); i++)
		(void)json_object_set_new(data, members[i].member,
			json_new_text(members[i].text));
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

static json_t *pm2_data(const struct pm2_settings *pm2, const char *directory,
	const char *output_path)
{
	if (!pm2->app)
		return json_null();
	json_t *data = json_object();

	(void)json_object_set_new(data, "app", json_string(pm2->app));
	(void)json_object_set_new(
		data, "script", script_data(pm2, directory, output_path));
	(void)json_object_set_new(data, "env", json_new_text(pm2->env));
	(void)json_object_set_new(
		data, "ecosystem", json_new_text(pm2->ecosystem));
	(void)json_object_set(data, "instances",
		pm2->instances ? pm2->instances : json_null());
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
		(void)json_array_append_new(
			routes, route_data(&profile->routes[i]));
	(void)json_object_set_new(data, "variables", list);
	(void)json_object_set_new(data, "routes", routes);
	(void)json_object_set_new(data, "profile", json_string(profile->name));
	(void)json_object_set_new(
		data, "pm2", pm2_data(&profile->pm2, directory, output_path));
	(void)json_object_set_new(
		data, "env_file", env_file_data(profile, output_path));
	return data;
}
