/* SPDX-License-Identifier: MIT */
#include "session/environment.h"

#include "base/memory.h"
#include "base/text.h"
#include "profile/detour.h"

#include <string.h>

extern char **environ;

/* Whether an entry NAME=value is one that the profile sets. */
static bool is_managed(const char *entry, const struct variables *variables)
{
	for (size_t i = 0; i < variables->count; i++) {
		const char *name = variables->items[i].name;
		size_t size = strlen(name);
		if (strncmp(entry, name, size) == 0 && entry[size] == '=')
			return true;
	}
	return false;
}

/* Which entries of this process are kept. */
typedef bool is_kept(const char *entry);

static bool is_any(const char *entry)
{
	(void)entry;
	return true;
}

/* What PM2 may store of whoever calls it, and needs. */
static bool is_clean(const char *entry)
{
	return text_fits_any(entry, text_starts_with,
		WORDS("PATH=", "HOME=", "USER=", "LOGNAME=", "SHELL=", "LANG=",
			"LC_", "TZ=", "TERM=", "PM2_HOME="));
}

/* Without these `systemctl --user` finds no bus, and docker another engine. */
static bool is_for_service(const char *entry)
{
	return is_clean(entry) ||
		text_fits_any(entry, text_starts_with,
			WORDS("XDG_RUNTIME_DIR=", "DBUS_SESSION_BUS_ADDRESS=",
				"DOCKER_HOST=", "DOCKER_CONTEXT=",
				"DOCKER_CONFIG=", "DOCKER_CERT_PATH=",
				"DOCKER_TLS_VERIFY=", "CONTAINER_HOST=",
				"CONTAINER_CONNECTION=", "COMPOSE_FILE=",
				"COMPOSE_PROJECT_NAME=", "COMPOSE_PROFILES=",
				"KUBECONFIG=", "SSH_AUTH_SOCK="));
}

static const struct variables none;

static const char **environment_of(const struct variables *variables,
	struct secret_arena *arena, is_kept *keep)
{
	size_t count = 0;

	while (environ[count])
		count++;
	const char **list =
		memory_array(count + variables->count + 1, sizeof(*list));
	size_t used = 0;
	for (size_t i = 0; i < count; i++)
		if (!is_managed(environ[i], variables) && keep(environ[i]))
			list[used++] = environ[i];
	for (size_t i = 0; i < variables->count; i++) {
		const struct variable *variable = &variables->items[i];
		const char *value = variable_reveal(variable);
		size_t name_size = strlen(variable->name);
		size_t value_size = strlen(value);
		struct secret *whole =
			secret_arena_new(arena, name_size + 1 + value_size);
		unsigned char *entry = secret_room(whole);
		memcpy(entry, variable->name, name_size);
		entry[name_size] = '=';
		/* With its NUL, which the room has a byte for. */
		memcpy(entry + name_size + 1, value, value_size + 1);
		list[used++] = secret_reveal(whole);
	}
	return list;
}

const char **environment_with(
	const struct variables *variables, struct secret_arena *arena)
{
	return environment_of(variables, arena, is_any);
}

const char **environment_clean(
	const struct variables *variables, struct secret_arena *arena)
{
	return environment_of(variables ? variables : &none, arena, is_clean);
}

const char **environment_service(void)
{
	/* Without variables nothing goes into an arena. */
	return environment_of(&none, NULL, is_for_service);
}

/* The value of a name in a list of NAME=value, or NULL. */
static const char *value_in(const char *const *environment, const char *name)
{
	size_t size = strlen(name);

	for (size_t i = 0; environment[i]; i++)
		if (strncmp(environment[i], name, size) == 0 &&
			environment[i][size] == '=')
			return environment[i] + size + 1;
	return NULL;
}

bool environment_has(const char *const *environment, const char *name)
{
	return value_in(environment, name) != NULL;
}

static bool is_named(const char *entry, const json_t *names)
{
	JSON_EACH(name, names) {
		size_t size = json_string_length(name.value);
		if (strncmp(entry, json_string_value(name.value), size) == 0 &&
			entry[size] == '=')
			return true;
	}
	return false;
}

void environment_narrow(const char **environment,
	const struct variables *variables, const json_t *names)
{
	size_t used = 0;

	for (size_t i = 0; environment[i]; i++)
		if (!is_managed(environment[i], variables) ||
			is_named(environment[i], names))
			environment[used++] = environment[i];
	environment[used] = NULL;
}

/* A key that an SDK finds by itself and would send where the profile says that
 * none goes out. OPENAI_API_KEY is read for whatever speaks that language. */
static const char *find_idle_key(const char *const *environment,
	const struct route *route, const struct variables *variables)
{
	static const char openai[] = "OPENAI_API_KEY";
	const char *const *others =
		route->entry ? route->entry->key_env_alternatives : NULL;

	if (!route->idle_key_env)
		return NULL;
	/* A secret of that name is another route's, which sends it. */
	const struct variable *own =
		variables_find(variables, route->idle_key_env);
	if (value_in(environment, route->idle_key_env) && !(own && own->secret))
		return route->idle_key_env;
	for (; others && *others; others++)
		if (value_in(environment, *others) &&
			!variables_find(variables, *others))
			return *others;
	return value_in(environment, openai) &&
			!variables_find(variables, openai)
		? openai
		: NULL;
}

const char *environment_find_detour(const char *const *environment,
	const struct profile *profile, const struct variables *variables)
{
	const char *found = NULL;

	for (size_t i = 0; detour_names[i]; i++) {
		const char *value = value_in(environment, detour_names[i]);

		if (value && detour_is_elsewhere(profile, value))
			return detour_names[i];
	}
	for (size_t i = 0; !found && i < profile->route_count; i++)
		found = find_idle_key(
			environment, &profile->routes[i], variables);
	return found;
}
