/* SPDX-License-Identifier: MIT */
#include "commands/deployment.h"

#include "base/memory.h"
#include "base/text.h"
#include "commands/verify_report.h"
#include "os/clock.h"
#include "os/directory.h"
#include "pm2/pm2.h"
#include "ui/diff.h"

#include <stdlib.h>
#include <string.h>

/* The variable's value as a secret, for the checks of its form. */
static bool check_key(const struct deployment *deployment,
	const struct variable *token, const struct route *route,
	struct error *err)
{
	const struct variable *key =
		variables_find(deployment->variables, route->key_env);
	SCOPED(secret) struct secret token_value = { 0 };
	SCOPED(secret) struct secret key_value = { 0 };

	if (!key)
		return true;
	if (!profile_check_secret(SECRET_PROVIDER_KEY, key->name, route->entry,
		    key->value, strlen(key->value), err))
		return false;
	secret_copy(&token_value, token->value, strlen(token->value));
	secret_copy(&key_value, key->value, strlen(key->value));
	return profile_check_secret_pair(
		&token_value, key->name, route->entry, &key_value, err);
}

static bool check_secrets(
	const struct deployment *deployment, struct error *err)
{
	const struct profile *profile = deployment->profile;
	const struct variable *token =
		variables_find(deployment->variables, "CF_AIG_TOKEN");

	/* variables_collect has refused a profile without its token. */
	if (!token)
		return true;
	if (!profile_check_secret(SECRET_GATEWAY_TOKEN, token->name, NULL,
		    token->value, strlen(token->value), err))
		return false;
	for (size_t i = 0; i < profile->route_count; i++) {
		const struct route *route = &profile->routes[i];
		if (route->key_env && !check_key(deployment, token, route, err))
			return false;
	}
	return true;
}

/* Whether both name one file; the vault may not be there yet. */
static bool is_vault(
	const struct deployment *deployment, const struct rendered *output)
{
	char *vault = path_join(
		deployment->directory, path_name(deployment->vault_path));
	char *resolved_vault = path_resolve(vault);
	char *resolved_output = path_resolve(output->path);
	bool same = text_equal(vault, output->path) ||
		(resolved_vault &&
			text_equal_or_null(resolved_vault, resolved_output));

	free(vault);
	free(resolved_vault);
	free(resolved_output);
	return same;
}

static bool check_vault_is_spared(
	const struct deployment *deployment, struct error *err)
{
	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *output = &deployment->plan.outputs[i];
		if (!is_vault(deployment, output))
			continue;
		error_set(err, STATUS_INVALID,
			"an output would take the vault's own place");
		error_at(err, "outputs: %s", output->output->path);
		return error_next(err, "give the output another path");
	}
	return true;
}

bool deployment_prepare(struct deployment *deployment,
	const struct opened *opened, struct error *err)
{
	if (!check_secrets(deployment, err) ||
		!plan_make(&deployment->plan, deployment->profile,
			deployment->variables, deployment->directory, opened,
			err) ||
		!check_vault_is_spared(deployment, err))
		return false;
	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *output = &deployment->plan.outputs[i];
		for (size_t j = 0; j < output->warning_count; j++)
			output_warning(deployment->call->output, "%s\n",
				output->warnings[j]);
	}
	return true;
}

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
static void set_document(
	const struct deployment *deployment, const struct restart *restart)
{
	output_json(deployment->call->output,
		json_pack("{s:s, s:o, s:o, s:o}", "profile",
			deployment->profile->name, "outputs",
			outputs_json(deployment), "verify",
			verify_json(deployment), "restart",
			restart ? restart_json(restart) : json_null()));
}

/* The masked difference of one output. */
static void show_output(
	const struct deployment *deployment, const struct rendered *output)
{
	const struct variables *variables = deployment->variables;
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
	struct diff diff = { .path = output->output->path,
		.before = output->exists ? buf_cstring(&output->before) : NULL,
		.before_size = output->before.size,
		.after = buf_cstring(&output->after),
		.after_size = output->after.size,
		.secrets = secrets,
		.secret_count = secret_count,
		.assignments = output->builtin && output->builtin->edits,
		.plain_names = plain };
	diff_append(&diff, &text);
	output_marked(deployment->call->output, &text);
	free(secrets);
	free(plain);
}

void deployment_show(const struct deployment *deployment)
{
	struct output *output = deployment->call->output;

	for (size_t i = 0; i < deployment->plan.count; i++) {
		if (deployment->plan.outputs[i].changed)
			show_output(deployment, &deployment->plan.outputs[i]);
		else
			output_note(output, "%s is up to date\n",
				deployment->plan.outputs[i].output->path);
	}
	output_note(output, "Nothing was written, and no call was made.\n");
	set_document(deployment, NULL);
}

/* The first route that failed, as the error that ends the command. */
static bool refuse(const struct deployment *deployment, enum status status,
	struct error *err)
{
	const struct verify_result *result = deployment->results.items;

	while (result->ok || diagnosis_status(result->diagnosis) != status)
		result++;
	error_set(err, status, "the test call failed: %s",
		diagnosis_word(result->diagnosis));
	error_at(err, "%s/%s", deployment->profile->name, result->route);
	error_next(err,
		"no file of the app was written: it keeps its present values");
	return false;
}

bool deployment_verify(struct deployment *deployment, struct error *err)
{
	const struct verify_subject subject = { deployment->profile,
		deployment->variables };
	struct verify_options options = {
		.timeout_ms = deployment->options->timeout * 1000,
	};

	if (deployment->options->no_verify) {
		output_warning(deployment->call->output,
			"--no-verify: no test call was made, so nothing proves "
			"that these values work\n");
		return true;
	}
	if (!gateway_verify(&subject, 1, &options, &deployment->results, err))
		return false;
	deployment->verified = true;
	for (size_t i = 0; i < deployment->results.count; i++)
		report_verify_result(deployment->call->output,
			&deployment->results.items[i], false);
	enum status status = verify_status(
		deployment->results.items, deployment->results.count);
	if (status == STATUS_OK)
		return true;
	set_document(deployment, NULL);
	return refuse(deployment, status, err);
}

static void remember_proof(
	const struct deployment *deployment, struct session *session)
{
	char now[CLOCK_TEXT_SIZE];

	if (!deployment->verified)
		return;
	clock_now(now);
	for (size_t i = 0; i < deployment->results.count; i++) {
		const struct verify_result *result =
			&deployment->results.items[i];
		if (result->ok)
			opened_set_proven(session->opened, result->route, now,
				result->log_id);
	}
}

bool deployment_write(struct deployment *deployment, struct session *session,
	struct error *err)
{
	struct output *output = deployment->call->output;

	if (!session_begin_change(session, err))
		return false;
	vault_sweep(session->vault);
	if (!plan_write(&deployment->plan, err)) {
		lock_release(&session->lock);
		return false;
	}
	deployment->written = true;
	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *rendered = &deployment->plan.outputs[i];
		output_note(output, STYLE_GOOD "✓" STYLE_END " %s%s\n",
			rendered->output->path,
			rendered->changed ? "" : "  unchanged");
	}
	plan_remember(
		&deployment->plan, deployment->variables, session->opened);
	remember_proof(deployment, session);
	opened_save_state(session->opened);
	lock_release(&session->lock);
	return true;
}

void deployment_finish(const struct deployment *deployment, bool name_profile)
{
	struct output *output = deployment->call->output;
	struct restart restart;
	struct restart_place place = {
		.vault_directory = deployment->directory,
		.current_directory = deployment->call->started_in,
		.name_profile = name_profile,
		.vault_option = deployment->call->global->file,
	};

	if (!restart_command(deployment->profile, &place, &restart)) {
		output_note(output,
			"The profile has no PM2 app, so there is no restart "
			"command: restart the app your own way.\n");
		set_document(deployment, NULL);
		return;
	}
	if (!deployment->call->global->json)
		output_note(output, "\nNow run:\n");
	output_flush(output);
	output_text(output, "%s\n", restart.command);
	set_document(deployment, &restart);
	restart_release(&restart);
}

void deployment_release(struct deployment *deployment)
{
	plan_release(&deployment->plan);
	verify_results_release(&deployment->results);
	deployment->verified = false;
}
