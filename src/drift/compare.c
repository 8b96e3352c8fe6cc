/* SPDX-License-Identifier: MIT */
#include "drift/drift_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "profile/detour.h"

#include <string.h>

/* Takes `value`, and wipes it. */
bool holds(char *value, const struct variable *variable)
{
	bool same = value && variable_is(variable, value);

	memory_free(value, value ? strlen(value) : 0);
	return same;
}

static bool has(const struct live_process *process, const char *name)
{
	char *value = live_variable(process, name);
	bool there = value != NULL;

	memory_free(value, value ? strlen(value) : 0);
	return there;
}

/*
 * An app that reads .env itself does not overwrite what it was started with
 * (dotenv, --env-file), so what PM2 stores counts where it stores anything.
 */
static bool differs(const struct live_process *process,
	const struct variable *variable, enum drift_source source)
{
	if (source == SOURCE_APP && !has(process, variable->name))
		return false;
	return !holds(live_variable(process, variable->name), variable);
}

static bool goes_past(const struct live_process *process, const char *name,
	const struct profile *profile)
{
	char *value = live_variable(process, name);
	bool elsewhere = value && detour_is_elsewhere(profile, value);

	memory_free(value, value ? strlen(value) : 0);
	return elsewhere;
}

static const char *find_detour(
	const struct live_process *process, const struct profile *profile)
{
	for (size_t i = 0; detour_names[i]; i++)
		if (goes_past(process, detour_names[i], profile))
			return detour_names[i];
	return NULL;
}

void compare_variables(struct drift_process *found,
	const struct drift_wanted *wanted, enum drift_source source)
{
	const struct variables *variables = wanted->variables;

	for (size_t i = 0; i < variables->count; i++) {
		const char *name = variables->items[i].name;

		if (differs(found->process, &variables->items[i], source))
			json_push_text(found->names, name);
		if (source == SOURCE_SEALED &&
			json_object_get(found->process->record, name))
			json_push_text(found->stored, name);
	}
	JSON_EACH(lost, wanted->lost_names)
		if (!variables_find(variables, json_string_value(lost.value)) &&
			has(found->process, json_string_value(lost.value)))
			json_push_shared(found->lost, lost.value);
	found->detour = find_detour(found->process, wanted->profile);
}

void drift_compare_environ(const struct live_process *process,
	const struct variables *variables, size_t *held, size_t *other)
{
	*held = 0;
	*other = 0;
	for (size_t i = 0; i < variables->count; i++) {
		const struct variable *variable = &variables->items[i];
		if (!has(process, variable->name))
			continue;
		if (holds(live_variable(process, variable->name), variable))
			(*held)++;
		else
			(*other)++;
	}
}
