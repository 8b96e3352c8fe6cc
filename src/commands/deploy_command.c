/* SPDX-License-Identifier: MIT */
#include "commands/deploy_command.h"

#include "base/memory.h"
#include "cli/output.h"
#include "commands/verify_report.h"
#include "ui/diff.h"

#include <stdlib.h>
#include <string.h>

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
	json_t *list = json_array();

	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *output = &deployment->plan.outputs[i];
		json_t *names = json_array();
		for (size_t j = 0; j < output->change_count; j++)
			(void)json_array_append_new(
				names, json_string(output->changes[j].name));
		(void)json_array_append_new(list,
			json_pack("{s:s, s:s, s:o}", "path",
				output->output->path, "state",
				state_word(deployment, output), "names",
				names));
	}
	return list;
}

static json_t *verify_json(const struct deployment *deployment)
{
	json_t *results = json_array();

	if (!deployment->verified) {
		json_decref(results);
		return json_null();
	}
	for (size_t i = 0; i < deployment->results.count; i++)
		(void)json_array_append_new(results,
			verify_result_json(&deployment->results.items[i]));
	return json_pack("{s:o}", "results", results);
}

static json_t *restart_json(const struct restart *restart)
{
	json_t *argv = json_array();

	for (size_t i = 0; restart->argv[i]; i++)
		(void)json_array_append_new(
			argv, json_string(restart->argv[i]));
	return json_pack("{s:s, s:o, s:b, s:n}", "command", restart->command,
		"argv", argv, "done", 0, "live");
}

/* `restart` is NULL where there is none to run. */
static void set_document(struct output *output,
	const struct deployment *deployment, const struct restart *restart)
{
	output_json(output,
		json_pack("{s:s, s:o, s:o, s:o}", "profile",
			deployment->workspace->profile.name, "outputs",
			outputs_json(deployment), "verify",
			verify_json(deployment), "restart",
			restart ? restart_json(restart) : json_null()));
}

/* --dry-run */

/* The masked difference of one output. */
static void show_output(struct output *output,
	const struct deployment *deployment, const struct rendered *file)
{
	const struct variables *variables = &deployment->workspace->variables;
	SCOPED(buf) struct buf text = BUF(4u << 20);
	struct diff_secret *secrets =
		memory_array(variables->count, sizeof(*secrets));
	const char **plain = memory_array(variables->count + 1, sizeof(*plain));
	size_t secret_count = 0;
	size_t plain_count = 0;

	for (size_t i = 0; i < variables->count; i++) {
		const struct variable *variable = &variables->items[i];
		if (variable->secret)
			secrets[secret_count++] =
				(struct diff_secret){ variable->value,
					strlen(variable->value) };
		else
			plain[plain_count++] = variable->name;
	}
	struct diff diff = { .path = file->output->path,
		.before = file->exists ? buf_cstring(&file->before) : NULL,
		.before_size = file->before.size,
		.after = buf_cstring(&file->after),
		.after_size = file->after.size,
		.secrets = secrets,
		.secret_count = secret_count,
		.assignments = file->builtin && file->builtin->edits,
		.plain_names = plain };
	diff_append(&diff, &text);
	output_marked(output, &text);
	free(secrets);
	free(plain);
}

void deploy_show(
	const struct invocation *call, const struct deployment *deployment)
{
	struct output *output = call->output;

	for (size_t i = 0; i < deployment->plan.count; i++) {
		if (deployment->plan.outputs[i].changed)
			show_output(output, deployment,
				&deployment->plan.outputs[i]);
		else
			output_note(output, "%s is up to date\n",
				deployment->plan.outputs[i].output->path);
	}
	output_note(output, "Nothing was written, and no call was made.\n");
	set_document(output, deployment, NULL);
}

/* The steps */

static bool verify(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment,
	struct error *err)
{
	struct output *output = call->output;

	if (options->no_verify) {
		output_warning(output,
			"--no-verify: no test call was made, so nothing proves "
			"that these values work\n");
		return true;
	}
	bool ok = deployment_verify(deployment, options->timeout * 1000, err);
	for (size_t i = 0; i < deployment->results.count; i++)
		report_verify_result(
			output, &deployment->results.items[i], false);
	if (!ok && deployment->verified)
		set_document(output, deployment, NULL);
	return ok;
}

static void tell_written(
	struct output *output, const struct deployment *deployment)
{
	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *file = &deployment->plan.outputs[i];
		output_note(output, STYLE_GOOD "✓" STYLE_END " %s%s\n",
			file->output->path, file->changed ? "" : "  unchanged");
	}
}

static void tell_restart(
	const struct invocation *call, const struct deployment *deployment)
{
	struct output *output = call->output;
	struct restart restart;

	if (!deployment_restart(deployment, &restart)) {
		output_note(output,
			"The profile has no PM2 app, so there is no restart "
			"command: restart the app your own way.\n");
		set_document(output, deployment, NULL);
		return;
	}
	if (!call->global->json)
		output_note(output, "\nNow run:\n");
	output_flush(output);
	output_text(output, "%s\n", restart.command);
	set_document(output, deployment, &restart);
	restart_release(&restart);
}

enum status deploy_carry_out(const struct invocation *call,
	const struct deploy_options *options, struct deployment *deployment,
	struct error *err)
{
	if (!verify(call, options, deployment, err) ||
		!deployment_write(deployment, err))
		return err->status;
	tell_written(call->output, deployment);
	tell_restart(call, deployment);
	return STATUS_OK;
}
