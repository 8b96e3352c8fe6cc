/* SPDX-License-Identifier: MIT */
#include "commands/deploy_command.h"

#include "apply/plain.h"
#include "base/i18n.h"
#include "base/json_build.h"
#include "base/memory.h"
#include "cli/output.h"
#include "commands/take_over.h"
#include "commands/verify_report.h"
#include "deploy/exposure.h"
#include "deploy/restart.h"
#include "deploy/shared_app.h"
#include "deploy/wrapped.h"
#include "git/gitignore.h"
#include "os/terminal.h"
#include "redact/redact.h"
#include "session/restart_command.h"
#include "ui/diff.h"

const enum status deploy_statuses[] = { STATUS_FOUND, STATUS_USAGE,
	STATUS_INVALID, STATUS_LOCKED_OUT, STATUS_REFUSED, STATUS_UNREACHABLE,
	STATUS_IO, STATUS_BUSY, STATUS_OK };

/* The JSON document */

static const char *state_word(
	const struct deployment *deployment, const struct rendered *output)
{
	if (!output->changed)
		return "unchanged";
	return deployment->written ? "written" : "would_change";
}

static json_t *outputs_json(const struct deployment *deployment)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *output = &deployment->plan.outputs[i];

		json_push(list,
			rendered_record(
				output, state_word(deployment, output)));
	}
	return list;
}

static json_t *verify_json(const struct deployment *deployment)
{
	if (!deployment->verified)
		return json_null();
	json_t *results = json_new_list();
	for (size_t i = 0; i < deployment->results.count; i++)
		json_push(results,
			verify_result_json(&deployment->results.items[i]));
	return json_build("{results:%o}", results);
}

static json_t *restart_json(
	const struct restart_plan *restart, const struct restart_result *result)
{
	return json_build(
		"{command:%s, steps:%O*, reason:%s, done:%b, live:%o}",
		restart->command, restart->steps, restart->reason,
		result && result->done,
		result && !result->unknown ? json_boolean(result->live)
					   : json_null());
}

/* `restart` is NULL where there is none to run. */
static void set_document(struct output *output,
	const struct deployment *deployment, const struct restart_plan *restart,
	const struct restart_result *result)
{
	output_json(output,
		json_build("{profile:%s, outputs:%o, verify:%o, restart:%o}",
			deployment->workspace->profile.name,
			outputs_json(deployment), verify_json(deployment),
			restart ? restart_json(restart, result) : json_null()));
}

/* --dry-run */

/* What a difference is shown of. */
struct shown_output {
	const struct variables *variables;
	const struct rendered *file;
};

static bool is_plain(
	void *context, enum diff_side side, const char *text, size_t size)
{
	const struct shown_output *shown = context;

	return plain_may_be_shown(
		shown->file, shown->variables, side == DIFF_BEFORE, text, size);
}

/* The masked difference of one output. */
static void show_output(struct output *output,
	const struct deployment *deployment, const struct rendered *file)
{
	const struct variables *variables = &deployment->workspace->variables;
	SCOPED(buf) struct buf text = BUF(4u << 20);
	struct redactor *redactor = variables_redactor(variables);
	struct shown_output shown = { variables, file };

	struct diff diff = { .path = file->output->path,
		.before = file->exists ? buf_cstring(&file->before) : NULL,
		.before_size = file->before.size,
		.after = buf_cstring(&file->after),
		.after_size = file->after.size,
		.redactor = redactor,
		.is_plain = is_plain,
		.context = &shown,
		.assignments = file->builtin && file->builtin->edits };
	diff_append(&diff, &text);
	output_marked(output, &text);
	redactor_free(redactor);
}

/* A warning for each output that git would take in with its secrets. */
static void report_exposure(
	const struct invocation *call, const struct deployment *deployment)
{
	const struct vault *vault = deployment->workspace->session.vault;
	const bool counts = gitignore_counts(vault_directory(vault));
	struct exposure exposure;

	exposure_find(&deployment->plan, &deployment->workspace->variables,
		&exposure);
	for (size_t i = 0; i < exposure.count; i++) {
		const struct exposed *one = &exposure.items[i];
		OWNED char *message = exposure_message(one, counts);
		OWNED char *advice =
			exposure_advice(one, counts, call->started_in);

		output_warning(call->output, "%s; %s\n", message, advice);
	}
}

void deploy_show(
	const struct invocation *call, const struct deployment *deployment)
{
	struct output *output = call->output;

	take_over_tell(call, deployment);
	for (size_t i = 0; i < deployment->plan.count; i++) {
		if (deployment->plan.outputs[i].changed)
			show_output(output, deployment,
				&deployment->plan.outputs[i]);
		else
			output_note(output, _("%s is up to date\n"),
				deployment->plan.outputs[i].output->path);
	}
	report_exposure(call, deployment);
	output_note(output, _("Nothing was written, and no call was made.\n"));
	set_document(output, deployment, NULL, NULL);
}

/* The steps */

enum status deploy_agree(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment,
	struct error *err)
{
	if (!deployment_prepare(deployment, err))
		return err->status;
	if (!options->dry_run)
		return take_over_agreed(call, options, deployment, err);
	deploy_show(call, deployment);
	return STATUS_OK;
}

bool deploy_call(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment,
	struct error *err)
{
	struct output *output = call->output;

	if (options->no_verify) {
		output_warning(output,
			_("--no-verify: no test call was made, so nothing "
			  "proves that these values work\n"));
		return true;
	}
	if (!deployment->last_words)
		deployment->last_words =
			_("Stopped during the test call: no file of the app "
			  "was written.");
	bool ok = deployment_verify(deployment, options->timeout * 1000, err);
	report_complete_advice(output, &deployment->results);
	if (!ok && deployment->verified)
		set_document(output, deployment, NULL, NULL);
	return ok;
}

void deploy_show_call(
	const struct invocation *call, const struct deployment *deployment)
{
	for (size_t i = 0; i < deployment->results.count; i++)
		report_verify_result(
			call->output, &deployment->results.items[i], false);
}

bool deploy_verify(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment,
	struct error *err)
{
	bool ok = deploy_call(call, options, deployment, err);

	deploy_show_call(call, deployment);
	return ok;
}

static void tell_written(
	struct output *output, const struct deployment *deployment)
{
	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *file = &deployment->plan.outputs[i];
		if (file->changed)
			output_done(output, "%s", file->output->path);
		else
			output_done(
				output, _("%s  unchanged"), file->output->path);
	}
}

static void tell_what_keeps(
	struct output *output, const struct deployment *deployment)
{
	OWNED char *keeps = restart_command_keeps(
		service_command(&deployment->workspace->profile));

	if (keeps)
		output_warning(output, "%s\n", keeps);
}

/* The profile's own restart command. */
static enum status tell_service(struct output *output,
	const struct deployment *deployment,
	const struct restart_result *result, const char *switching)
{
	if (result->live)
		output_done(output, _("the app  live with the new values"));
	else if (result->unknown)
		output_warning(output,
			_("The restart command ran. Whether the app has the "
			  "new values cannot be seen from here.\n"));
	else if (result->done)
		output_warning(output,
			_("The files are written, and the main process was not "
			  "started with their values, though the restart "
			  "command ran: does what starts it read them?\n"));
	else
		output_warning(output,
			_("The files are written, and the restart command "
			  "failed: see what is said above, then run `aigenv "
			  "apply --restart%s`.\n"),
			switching);
	if (!result->live && result->done)
		tell_what_keeps(output, deployment);
	return result->live || result->unknown ? STATUS_OK : STATUS_FOUND;
}

/* PM2's apps. */
static enum status tell_apps(struct output *output,
	const struct deployment *deployment,
	const struct restart_result *result, const char *switching)
{
	const char *apps = deployment->workspace->profile.pm2.app;
	const bool up = result->live || result->unknown;

	if (result->unknown)
		output_done(output,
			_("%s  started anew; whether it reads its env file "
			  "cannot be seen from here"),
			apps);
	else if (up)
		output_done(output, _("%s  live with the new values"), apps);
	if (up && !result->done)
		output_warning(output,
			_("Not every step succeeded: see what is said "
			  "above.\n"));
	else if (!up && result->done)
		output_warning(output,
			_("The files are written, and their values are not "
			  "live, though each step ran. `pm2 logs --nostream` "
			  "has what the app said.\n"));
	else if (!up)
		output_warning(output,
			_("The files are written, but the app does not run "
			  "with their values yet: see what is said above, then "
			  "run `aigenv apply --restart%s`.\n"),
			switching);
	return up && result->done ? STATUS_OK : STATUS_FOUND;
}

/* What Ctrl-C says during the restart. */
static void tell_if_stopped(
	const struct workspace *workspace, const char *switching)
{
	OWNED char *where = session_options_again(&workspace->session);
	OWNED char *words = memory_printf(
		_("Stopped during the restart: the files are written, and the "
		  "app may run with the old values.\n`aigenv%s apply "
		  "--restart%s` brings the new ones to it."),
		where, switching);

	terminal_last_words(words);
}

/* Runs it, and says whether the new values are live. */
static enum status restart(const struct invocation *call,
	struct deployment *deployment, struct runtime *runtime,
	const struct restart_plan *plan)
{
	struct output *output = call->output;
	const char *switching = shared_app_option(deployment->workspace);

	tell_if_stopped(deployment->workspace, switching);
	struct restart_result result =
		restart_run(plan, runtime, deployment->workspace);
	terminal_last_words(NULL);

	set_document(output, deployment, plan, &result);
	if (runtime->is_service)
		return tell_service(output, deployment, &result, switching);
	return tell_apps(output, deployment, &result, switching);
}

static enum status tell_restart(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment)
{
	struct output *output = call->output;
	SCOPED(runtime) struct runtime runtime = { 0 };
	SCOPED(restart_plan) struct restart_plan plan = { 0 };

	if (!deployment_restart(deployment, &runtime, &plan)) {
		output_note(output,
			_("The profile has no PM2 app and no restart command "
			  "of its own: restart the app in your own way. How it "
			  "gets one: `aigenv help restart`.\n"));
		set_document(output, deployment, NULL, NULL);
		return options->restart ? STATUS_FOUND : STATUS_OK;
	}
	runtime_tell(
		&runtime, &deployment->workspace->session.options.observer);
	wrapped_warn(runtime.own_apps, &deployment->workspace->profile,
		&deployment->workspace->session.options.observer);
	shared_app_warn(deployment->workspace);
	if (plan.reason)
		output_note(output, "%s\n", plan.reason);
	const bool restarts = options->restart ||
		(options->restart_here && runtime_runs_here(&runtime));
	if (!call->global->json)
		output_note(output,
			restarts ? _("\nRunning:\n") : _("\nNow run:\n"));
	output_flush(output);
	output_text(output, "%s\n", plan.command);
	output_flush(output);
	if (restarts)
		return restart(call, deployment, &runtime, &plan);
	set_document(output, deployment, &plan, NULL);
	return STATUS_OK;
}

/* The same command again would begin another one. */
static void tell_rollbacks(const struct invocation *call,
	const struct opened *opened, const char *name)
{
	OWNED char *others = opened_rolled_back_beside(opened, name);

	if (others)
		output_note(call->output,
			_("This also ends a rollback that was cut off: the "
			  "previous value stays for %s.\n"),
			others);
}

enum status deploy_tell_restart(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment)
{
	struct opened *opened = deployment->workspace->session.opened;

	if (opened)
		tell_rollbacks(call, opened, deployment->rolled_back);
	enum status status = tell_restart(call, options, deployment);
	if (opened)
		opened_end_rollback(opened);
	return status;
}

bool deploy_write(const struct invocation *call, struct deployment *deployment,
	struct error *err)
{
	if (!deployment_write(deployment, err))
		return false;
	tell_written(call->output, deployment);
	report_exposure(call, deployment);
	return true;
}

void deploy_advise_saved(const struct deployment *deployment, struct error *err)
{
	if (err->status == STATUS_BUSY)
		error_next(err,
			_("`aigenv apply` goes on from here: the vault is "
			  "written, but the app's files are not"));
	if (err->status == STATUS_IO && deployment->refused)
		error_next(err,
			_("correct that, then `aigenv apply` goes on from "
			  "here: the vault is written, but the app's files "
			  "are not"));
}

enum status deploy_carry_out(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment,
	struct error *err)
{
	if (!deploy_verify(call, options, deployment, err) ||
		!deploy_write(call, deployment, err))
		return err->status;
	return deploy_tell_restart(call, options, deployment);
}
