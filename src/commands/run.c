/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "os/process.h"
#include "os/relay.h"
#include "redact/exact.h"
#include "session/environment.h"
#include "session/workspace.h"

#include <stddef.h>
#include <stdlib.h>

struct run_values {
	bool clean, must_gateway, redact;
	struct text_list only;
};

static run_command run;

static const struct option options[] = {
	OPTION(run_values, clean, "clean",
		.help = N_(
			"of the shell's own variables only PATH, HOME, USER, "
			"LOGNAME, SHELL, LANG, LC_*, TZ, TERM and PM2_HOME")),
	OPTION(run_values, only, "only", .value = "NAMES",
		.help = N_("of the profile's variables only these, with commas "
			   "between; the others are not there, whatever the "
			   "shell has")),
	OPTION(run_values, redact, "redact",
		.help = N_("mask the profile's secrets in what CMD prints; it "
			   "then writes to pipes, not to a terminal, and they "
			   "are read until it ends")),
	OPTION(run_values, must_gateway, "must-gateway",
		.help = N_("refuse what would let CMD go past the gateway: "
			   "OPENAI_BASE_URL and its kind, and a provider's key "
			   "that the app is not to send")),
	{ .name = NULL },
};

static const struct example examples[] = {
	{ "aigenv run -- node server.js", NULL },
	{ "aigenv run --clean -- pm2 restart web --update-env",
		N_("an app that a shell gave its variables: nothing else of "
		   "this one gets into PM2") },
	{ "aigenv run --only DATABASE_URL -- env", NULL },
	{ "aigenv run --redact -- env >app.log", NULL },
	{ "aigenv run -p staging -- env", N_("look at what an app would get") },
	{ NULL, NULL },
};

const struct command command_run = {
	.name = "run",
	.arguments = "-- CMD [ARG...]",
	.summary = N_("run a program with the profile's variables"),
	.description =
		N_("CMD takes the place of aigenv, with the profile's "
		   "variables in its environment, whatever the shell has "
		   "there: nothing is written to disk, and no process of "
		   "aigenv's stays. Signals and exit status are CMD's own; "
		   "127 says that there is no such program, 126 that it cannot "
		   "be started. Other programs of the same user can read the "
		   "variables in /proc/PID/environ.\n\n"
		   "With --redact each whole value is masked in stdout and "
		   "stderr: as it is, and as JSON, URLs, Base64, hex and a "
		   "shell spell it. Only the end of what was printed is held "
		   "back, where a value may begin in it. Signals go on to CMD, "
		   "and its end is the end: what "
		   "it leaves in the background is not waited for. Secrets of "
		   "fewer than four characters are not looked for."),
	.options = options,
	.values_size = sizeof(struct run_values),
	.examples = examples,
	.statuses = (const enum status[]){ STATUS_USAGE, STATUS_INVALID,
		STATUS_LOCKED_OUT, STATUS_IO, STATUS_CANNOT_RUN,
		STATUS_NOT_FOUND, STATUS_OK },
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = SIZE_MAX,
	.rest_is_command = true,
	.run = run,
};

/* --only */

/* Its names one by one. New reference. */
static json_t *names_of(const struct text_list *only)
{
	json_t *names = json_new_list();

	for (size_t i = 0; i < only->count; i++) {
		struct slice list = slice_of(only->items[i]);
		struct slice item;

		while (slice_take_item(&list, &item)) {
			const struct slice name = slice_trimmed(item);
			json_push(names, json_new_bytes(name.at, name.size));
		}
	}
	return names;
}

static bool refuse_name(
	const struct workspace *workspace, const char *name, struct error *err)
{
	const struct variables *variables = &workspace->variables;
	OWNED const char **known =
		memory_array(variables->count + 1, sizeof(*known));

	for (size_t i = 0; i < variables->count; i++)
		known[i] = variables->items[i].name;
	const char *nearest = text_nearest(name, known);

	error_set(err, STATUS_INVALID,
		_("profile %s has no variable \"%.128s\""),
		workspace->profile.name, name);
	error_at(err, "--only");
	if (nearest)
		error_next(err, _("did you mean %s?"), nearest);
	else
		error_next(err,
			_("`aigenv profile show %s` lists its variables"),
			workspace->profile.name);
	return false;
}

/* As an unset variable of a script leaves it. */
static bool refuse_none(struct error *err)
{
	error_set(err, STATUS_USAGE, _("no variable is named"));
	error_at(err, "--only");
	return error_next(err,
		_("name some, or leave --only out: then CMD gets all of them"));
}

static bool narrow(const struct workspace *workspace,
	const struct text_list *only, const char **environment,
	struct error *err)
{
	if (only->count == 0)
		return true;
	JSON_SCOPED json_t *names = names_of(only);
	if (json_array_size(names) == 0)
		return refuse_none(err);
	JSON_EACH(name, names)
		if (!variables_find(&workspace->variables,
			    json_string_value(name.value)))
			return refuse_name(
				workspace, json_string_value(name.value), err);
	environment_narrow(environment, &workspace->variables, names);
	return true;
}

/* --must-gateway */

/* Both are set, or the app goes to the provider. */
static bool check_both(const char *const *environment, struct error *err)
{
	static const char *const both[] = { "CF_AIG_BASE_URL", "CF_AIG_TOKEN" };

	for (size_t i = 0; i < ARRAY_SIZE(both); i++) {
		if (environment_has(environment, both[i]))
			continue;
		error_set(err, STATUS_INVALID,
			_("%s is left out, and without it the program would go "
			  "past the gateway"),
			both[i]);
		error_at(err, "--only");
		return error_next(err, _("name it in --only too"));
	}
	return true;
}

static bool check_gateway(const struct workspace *workspace,
	const char *const *environment, struct error *err)
{
	const char *name = environment_find_detour(
		environment, &workspace->profile, &workspace->variables);

	if (!name)
		return check_both(environment, err);
	error_set(err, STATUS_INVALID,
		_("%s is set, and would let the program go past the gateway"),
		name);
	error_at(err, "%s", name);
	const struct variable *own =
		variables_find(&workspace->variables, name);
	if (!own)
		return error_next(err,
			_("unset it, or take only the profile's variables "
			  "with --clean"));
	return error_next(err,
		own->secret ? _("the profile sets it: `aigenv secret remove "
				"%s`")
			    : _("the profile sets it: `aigenv config unset "
				"vars.%s`"),
		name);
}

/* --redact */

static void add_secrets(const struct variables *variables, struct exact *exact,
	struct output *output)
{
	for (size_t i = 0; i < variables->count; i++) {
		const struct variable *variable = &variables->items[i];

		if (variable->secret && !exact_add(exact, variable->secret))
			output_warning(output,
				_("%s is too short to be looked for: it is not "
				  "masked\n"),
				variable->name);
	}
	exact_prepare(exact);
}

static void mask(void *stream, const char *bytes, size_t size, struct buf *out)
{
	if (size > 0)
		exact_pass(stream, bytes, size, out);
	else
		exact_end(stream, out);
}

/* Returns on failure alone, and in the new process where CMD cannot be started.
 */
static bool run_redacted(const struct workspace *workspace,
	struct output *output, const char *const *argv,
	const char *const *environment, struct error *err)
{
	struct exact *exact = exact_new();
	struct exact_stream streams[RELAY_STREAMS];
	struct relay relay = {
		.argv = argv, .environment = environment, .filter = mask
	};
	struct process_result result;

	add_secrets(&workspace->variables, exact, output);
	output_flush(output);
	for (size_t i = 0; i < RELAY_STREAMS; i++) {
		exact_stream_init(&streams[i], exact);
		relay.streams[i] = &streams[i];
	}
	bool ran = relay_run(&relay, &result, err);
	for (size_t i = 0; i < RELAY_STREAMS; i++)
		exact_stream_release(&streams[i]);
	exact_free(exact);
	if (ran)
		relay_end_as(&result);
	return false;
}

static bool start(struct invocation *call, const struct workspace *workspace,
	const char *const *argv, const char **environment, struct error *err)
{
	const struct run_values *values = COMMAND_VALUES(run_values, call);

	if (!narrow(workspace, &values->only, environment, err) ||
		(values->must_gateway &&
			!check_gateway(workspace, environment, err)))
		return false;
	if (values->redact)
		return run_redacted(
			workspace, call->output, argv, environment, err);
	output_flush(call->output);
	return process_exec(argv, environment, err);
}

static enum status run(struct invocation *call, struct error *err)
{
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));
	const struct run_values *values = COMMAND_VALUES(run_values, call);
	struct variables *variables = &workspace.variables;

	if (!workspace_open(&workspace, SESSION_READ, err) ||
		!workspace_collect(&workspace, err))
		return err->status;
	OWNED const char **argv =
		memory_array(call->argument_count + 1, sizeof(*argv));
	for (size_t i = 0; i < call->argument_count; i++)
		argv[i] = call->arguments[i];
	OWNED const char **environment = values->clean
		? environment_clean(variables, &variables->arena)
		: environment_with(variables, &variables->arena);
	bool ran = start(call, &workspace, argv, environment, err);
	return ran ? STATUS_OK : err->status;
}
