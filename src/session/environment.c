/* SPDX-License-Identifier: MIT */
#include "session/environment.h"

#include "base/memory.h"

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

const char **environment_with(
	const struct variables *variables, struct secret_arena *arena)
{
	size_t count = 0;

	while (environ[count])
		count++;
	const char **list =
		memory_array(count + variables->count + 1, sizeof(*list));
	size_t used = 0;
	for (size_t i = 0; i < count; i++) {
		if (!is_managed(environ[i], variables))
			list[used++] = environ[i];
	}
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
		memcpy(entry + name_size + 1, value, value_size);
		list[used++] = secret_reveal(whole);
	}
	return list;
}
