/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "os/process.h"
#include "session/environment.h"
#include "session/workspace.h"

#include <stdlib.h>

static enum status run(struct invocation *call, struct error *err);

const struct command command_run = {
	.name = "run",
	.arguments = "-- CMD [ARG...]",
	.summary = N_("run a program with the profile's variables"),
	.description =
		N_("CMD takes the place of aigenv, with the profile's "
		   "variables in its environment, whatever the shell has "
		   "there: nothing is written to disk. The exit status is "
		   "CMD's own once that has started. Other programs of the "
		   "same user can read the variables in /proc/PID/environ."),
	.examples =
		(const struct example[]){
			{ "aigenv run -- node server.js", NULL },
			{ "aigenv run -p staging -- env",
				N_("look at what an app would get") },
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
		environment_with(&workspace.variables, &arena);
	output_flush(call->output);
	bool ran = process_exec(argv, environment, err);
	free(argv);
	free(environment);
	return ran ? STATUS_OK : err->status;
}
