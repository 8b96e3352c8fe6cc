/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "os/process.h"
#include "session/environment.h"
#include "session/workspace.h"

#include <stddef.h>
#include <stdlib.h>

struct run_values {
	bool clean, must_gateway;
};

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
	.options =
		(const struct option[]){
			{ .name = "clean",
				.type = OPTION_FLAG,
				.offset = offsetof(struct run_values, clean),
				.help = N_(
					"of the shell's own variables only "
					"PATH, HOME, USER, LOGNAME, SHELL, "
					"LANG, LC_*, TZ, TERM and PM2_HOME") },
			{ .name = "must-gateway",
				.type = OPTION_FLAG,
				.offset = offsetof(
					struct run_values, must_gateway),
				.help = N_(
					"refuse what would let CMD go past the "
					"gateway: OPENAI_BASE_URL and its "
					"kind, and a provider's key that the "
					"app is not to send") },
			{ .name = NULL },
		},
	.values_size = sizeof(struct run_values),
	.examples =
		(const struct example[]){
			{ "aigenv run -- node server.js", NULL },
			{ "aigenv run --clean -- pm2 restart web --update-env",
				N_("nothing of this shell gets into PM2") },
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

static bool check_gateway(const struct workspace *workspace,
	const char *const *environment, struct error *err)
{
	const char *name =
		environment_find_detour(environment, &workspace->profile);

	if (!name)
		return true;
	error_set(err, STATUS_INVALID,
		_("%s is set, and would let the program go past the gateway"),
		name);
	error_at(err, "%s", name);
	return error_next(err,
		_("unset it, or take only the profile's variables with "
		  "--clean"));
}

static enum status run(struct invocation *call, struct error *err)
{
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));
	const struct run_values *values = COMMAND_VALUES(run_values, call);
	SCOPED(secret_arena) struct secret_arena arena = { 0 };

	if (!workspace_open(&workspace, SESSION_READ, err) ||
		!workspace_collect(&workspace, err))
		return err->status;
	const char **argv =
		memory_array(call->argument_count + 1, sizeof(*argv));
	for (size_t i = 0; i < call->argument_count; i++)
		argv[i] = call->arguments[i];
	const char **environment = values->clean
		? environment_clean(&workspace.variables, &arena)
		: environment_with(&workspace.variables, &arena);
	output_flush(call->output);
	bool ran = (!values->must_gateway ||
			   check_gateway(&workspace, environment, err)) &&
		process_exec(argv, environment, err);
	free(argv);
	free(environment);
	return ran ? STATUS_OK : err->status;
}
