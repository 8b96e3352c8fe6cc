/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "os/process.h"
#include "session/workspace.h"

#include <stdlib.h>
#include <string.h>

extern char **environ;

static enum status run(struct invocation *call, struct error *err);

const struct command command_run = {
	.name = "run",
	.arguments = "-- CMD [ARG...]",
	.summary = "run a program with the profile's variables",
	.description = "CMD takes the place of aigenv, with the profile's "
		       "variables in its environment, whatever the shell has "
		       "there: nothing is written to disk. The exit status is "
		       "CMD's own once that has started. Other programs of the "
		       "same user can read the variables in /proc/PID/environ.",
	.examples =
		(const struct example[]){
			{ "aigenv run -- node server.js", NULL },
			{ "aigenv run -p staging -- env",
				"look at what an app would get" },
			{ NULL, NULL },
		},
	.statuses = (const enum status[]){ STATUS_USAGE, STATUS_INVALID,
		STATUS_LOCKED_OUT, STATUS_IO, STATUS_OK },
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = SIZE_MAX,
	.rest_is_command = true,
	.run = run,
};

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

/*
 * The calling environment with the profile's variables in place of its own of
 * the same names. The entries with secrets are in the arena; the list is owned.
 */
static const char **build_environment(
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
		size_t name_size = strlen(variable->name);
		size_t value_size = strlen(variable->value);
		char *entry =
			secret_arena_new(arena, name_size + 1 + value_size);
		memcpy(entry, variable->name, name_size);
		entry[name_size] = '=';
		memcpy(entry + name_size + 1, variable->value, value_size);
		list[used++] = entry;
	}
	return list;
}

static enum status run(struct invocation *call, struct error *err)
{
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));
	SCOPED(secret_arena) struct secret_arena arena = { 0 };

	if (!workspace_open(&workspace, SESSION_READ, err) ||
		!workspace_collect(&workspace, err))
		return err->status;
	const char **argv =
		memory_array(call->argument_count + 1, sizeof(*argv));
	for (size_t i = 0; i < call->argument_count; i++)
		argv[i] = call->arguments[i];
	const char **environment =
		build_environment(&workspace.variables, &arena);
	output_flush(call->output);
	bool ran = process_exec(argv, environment, err);
	free(argv);
	free(environment);
	return ran ? STATUS_OK : err->status;
}
