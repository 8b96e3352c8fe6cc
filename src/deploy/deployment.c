/* SPDX-License-Identifier: MIT */
#include "deploy/deployment.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "deploy/proof.h"
#include "deploy/remedy.h"
#include "deploy/shared_app.h"
#include "drift/drift.h"
#include "os/directory.h"
#include "pm2/launch.h"
#include "pm2/sealed.h"
#include "profile/schema.h"
#include "session/profiles.h"
#include "session/secret_check.h"

#include <stdio.h>

/* Whether both name one file; the vault may not be there yet. */
static bool is_vault(const struct vault *vault, const struct rendered *output)
{
	OWNED char *own =
		path_join(vault_directory(vault), path_name(vault_path(vault)));
	OWNED char *resolved_own = path_resolve(own);
	OWNED char *resolved_output = path_resolve(output->path);

	return text_equal(own, output->path) ||
		(resolved_own &&
			text_equal_or_null(resolved_own, resolved_output));
}

static bool check_vault_is_spared(
	const struct deployment *deployment, struct error *err)
{
	const struct vault *vault = deployment->workspace->session.vault;

	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *output = &deployment->plan.outputs[i];
		if (!is_vault(vault, output))
			continue;
		error_set(err, STATUS_INVALID,
			_("an output would take the vault's own place"));
		error_at(err, "outputs: %s", output->output->path);
		return error_next(err, _("give the output another path"));
	}
	return true;
}

static void warn(void *context, const char *sentence)
{
	observer_warn(context, "%s", sentence);
}

static bool renders(const struct profile *profile, const char *path)
{
	for (size_t i = 0; i < profile->output_count; i++)
		if (text_equal_or_null(profile->outputs[i].path, path))
			return true;
	return false;
}

/* The first other profile that has the file among its outputs, or NULL.
 * Borrowed from the vault. */
static const char *other_with(const struct session *session, const char *path)
{
	for (size_t i = 0; i < vault_profile_count(session->vault); i++) {
		SCOPED(profile) struct profile other = { 0 };

		if (session_read_other(session, i, &other) &&
			renders(&other, path))
			return vault_profile_name(session->vault, i);
	}
	return NULL;
}

/* What the profile rendered there, and will not any more. */
static void tell_left(const struct session *session, const char *path)
{
	const char *other = other_with(session, path);

	if (other)
		observer_warn(&session->options.observer,
			_("%s is no longer an output of profile %s, which "
			  "rendered it last, but one of profile %s: `aigenv "
			  "apply --switch -p %s` makes it that profile's "
			  "again"),
			path, session->profile, other, other);
	else
		observer_warn(&session->options.observer,
			_("%s is no longer an output of profile %s, but it is "
			  "still there with what was rendered: remove it, or "
			  "take those lines out"),
			path, session->profile);
}

static void tell(const struct deployment *deployment)
{
	const struct session *session = &deployment->workspace->session;
	struct observer observer = session->options.observer;

	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *output = &deployment->plan.outputs[i];
		for (size_t j = 0; j < output->warning_count; j++)
			observer_warn(&session->options.observer, "%s",
				output->warnings[j]);
	}
	JSON_EACH(path, deployment->plan.left_over)
		tell_left(session, json_string_value(path.value));
	launch_warn(&deployment->workspace->profile,
		vault_directory(session->vault), warn, &observer);
}

/* A fault of the schema beside the first, which ends the command. */
static void warn_of_fault(void *context, const struct error *fault)
{
	observer_warn(context, "%s", fault->what);
}

static bool check_schema(const struct deployment *deployment, struct error *err)
{
	const struct workspace *workspace = deployment->workspace;
	struct observer observer = workspace->session.options.observer;

	return schema_check(&workspace->profile, &workspace->variables,
		warn_of_fault, &observer, err);
}

bool deployment_prepare(struct deployment *deployment, struct error *err)
{
	const struct workspace *workspace = deployment->workspace;
	const struct session *session = &workspace->session;

	if (!secret_check_variables(
		    &workspace->profile, &workspace->variables, err) ||
		!check_schema(deployment, err) ||
		!plan_make(&deployment->plan, &workspace->profile,
			&workspace->variables, session->vault, session->opened,
			err) ||
		!check_vault_is_spared(deployment, err))
		return false;
	if (!deployment->told)
		tell(deployment);
	deployment->told = true;
	return true;
}

/* How the output gets a file of this profile's own. */
static void put_setting(const struct session *session, size_t index,
	const struct profile_output *output, struct buf *settings)
{
	if (session->opened) {
		buf_byte(settings, ' ');
		own_path_setting(
			index, output->path, session->profile, settings);
	} else {
		buf_text(settings, " --output ");
		own_path_option(output->template, output->path,
			session->profile, settings);
	}
}

/* Whose the files are that would be taken over; and what to set for each, and
 * for an app that another profile has, too. */
static void list_taken(const struct deployment *deployment, struct buf *files,
	struct buf *settings)
{
	const struct workspace *workspace = deployment->workspace;
	const struct session *session = &workspace->session;

	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *output = &deployment->plan.outputs[i];
		if (!plan_takes(output))
			continue;
		buf_printf(files, "%s%s (%s)", files->size ? ", " : "",
			output->output->path, output->owner);
		put_setting(session, i, output->output, settings);
	}
	if (!shared_app_is_here(workspace))
		return;
	if (session->opened)
		own_app_setting(
			&workspace->profile, session->profile, settings);
	else
		own_app_option(&workspace->profile, session->profile, settings);
}

bool deployment_check_files(
	const struct deployment *deployment, struct error *err)
{
	const struct session *session = &deployment->workspace->session;
	SCOPED(buf) struct buf files = BUF(sizeof(err->where));
	SCOPED(buf) struct buf settings = BUF(sizeof(err->next));
	size_t at = 0;

	if (!plan_next_taken(&deployment->plan, &at))
		return true;
	list_taken(deployment, &files, &settings);
	error_set(err, STATUS_INVALID,
		_("profile %s would take over what another profile rendered"),
		session->profile);
	error_at(err, "%s", buf_cstring(&files));
	return error_next(err,
		session->opened
			? _("add --switch if that is meant; else give the "
			    "profile files of its own: `aigenv config set%s`")
			: _("add --switch if that is meant; else give the "
			    "profile files of its own:%s"),
		buf_cstring(&settings));
}

bool deployment_check_app(
	const struct deployment *deployment, struct error *err)
{
	const struct workspace *workspace = deployment->workspace;
	const struct session *session = &workspace->session;
	SCOPED(buf) struct buf apps = BUF(sizeof(err->where));
	SCOPED(buf) struct buf setting = BUF(sizeof(err->next));

	if (!shared_app_needs_switch(workspace, &apps))
		return true;
	error_set(err, STATUS_INVALID,
		_("profile %s would restart an app that another profile uses "
		  "on this machine"),
		session->profile);
	error_at(err, "%s", buf_cstring(&apps));
	if (session->opened)
		own_app_setting(
			&workspace->profile, session->profile, &setting);
	return setting.size
		? error_next(err,
			  _("leave --restart out, or add --switch if "
			    "that is meant; to give the profile an "
			    "app of its own: `aigenv config set%s`"),
			  buf_cstring(&setting))
		: error_next(err,
			  _("leave --restart out, or add --switch if "
			    "that is meant"));
}

/* The first route that failed, as the error that ends the command. */
static bool refuse(const struct deployment *deployment, enum status status,
	struct error *err)
{
	const struct profile *profile = &deployment->workspace->profile;
	const struct verify_result *result = deployment->results.items;

	while (result->ok || diagnosis_status(result->diagnosis) != status)
		result++;
	error_set(err, status, _("the test call failed: %s"),
		diagnosis_word(result->diagnosis));
	error_at(err, "%s/%s", result->profile, result->route);
	if (deployment->tried)
		return error_next(
			err, _("nothing was changed: the present value stays"));
	if (sealed_is(drift_ecosystem_template(profile)))
		return error_next(err,
			_("no file was written: the app keeps its present "
			  "values until it is started again"));
	return error_next(err,
		_("no file of the app was written: it keeps its present "
		  "values"));
}

/* The present value is no worse for it: nobody has to set another. */
static void advise_present(struct deployment *deployment)
{
	const struct profile *profile = &deployment->workspace->profile;

	for (size_t i = 0; i < deployment->results.count; i++) {
		struct verify_result *result = &deployment->results.items[i];
		const struct remedy remedy = remedy_of(result, profile);
		for (size_t name = 0; !result->ok && name < remedy.count;
			name++)
			if (text_equal(remedy.names[name], deployment->tried))
				(void)snprintf(result->advice,
					sizeof(result->advice),
					_("stay with the present value of %s"),
					deployment->tried);
	}
}

/* Of a call that went well it is remembered with what was written. */
static void remember_refusal(const struct deployment *deployment)
{
	const struct workspace *workspace = deployment->workspace;
	struct opened *opened = workspace->session.opened;

	if (!opened)
		return;
	proof_remember(opened, &deployment->results, 0, &workspace->profile);
	opened_save_state(opened);
}

bool deployment_verify(
	struct deployment *deployment, int64_t timeout_ms, struct error *err)
{
	struct workspace *workspace = deployment->workspace;
	const struct verify_subject subject = { &workspace->profile,
		&workspace->variables };
	struct verify_options options = { .timeout_ms = timeout_ms };

	struct proof_watch watch = {
		.observer = &workspace->session.options.observer,
		.last_words = deployment->last_words,
	};

	verify_results_release(&deployment->results);
	deployment->verified = false;
	proof_observe(&options, &watch);
	bool called = gateway_verify(
		&subject, 1, &options, &deployment->results, err);
	proof_over(&watch);
	if (!called)
		return false;
	deployment->verified = true;
	enum status status = verify_status(
		deployment->results.items, deployment->results.count);
	if (status == STATUS_OK)
		return true;
	if (deployment->tried)
		advise_present(deployment);
	else
		remember_refusal(deployment);
	return refuse(deployment, status, err);
}

static void tell_open(const struct deployment *deployment)
{
	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *output = &deployment->plan.outputs[i];
		if (output->stays_open)
			observer_warn(&deployment->workspace->session.options
					       .observer,
				_("other users can read %s, and its mode could "
				  "not be changed: its owner can do so with "
				  "chmod 600"),
				output->output->path);
	}
}

bool deployment_write(struct deployment *deployment, struct error *err)
{
	struct workspace *workspace = deployment->workspace;
	struct session *session = &workspace->session;

	if (!session_begin_change(session, err))
		return false;
	vault_sweep(session->vault);
	if (!plan_write(&deployment->plan, err)) {
		deployment->refused = !deployment->plan.begun;
		lock_release(&session->lock);
		return false;
	}
	deployment->written = true;
	runtime_remember_lost(workspace);
	plan_remember(
		&deployment->plan, &workspace->variables, session->opened);
	proof_remember(
		session->opened, &deployment->results, 0, &workspace->profile);
	opened_save_state(session->opened);
	lock_release(&session->lock);
	tell_open(deployment);
	return true;
}

bool deployment_restart(struct deployment *deployment, struct runtime *runtime,
	struct restart_plan *plan)
{
	const struct workspace *workspace = deployment->workspace;
	const struct session *session = &workspace->session;
	const struct restart_place place = {
		.vault_directory = vault_directory(session->vault),
		.current_directory = session->options.started_in,
		.name_profile = session_must_name_profile(session),
		.vault_option = session->options.file,
		.directory_option = session->options.directory,
	};

	*runtime = (struct runtime){ 0 };
	*plan = (struct restart_plan){ 0 };
	if (service_command(&workspace->profile)) {
		runtime_find(runtime, workspace);
		restart_plan_of_command(
			plan, service_command(&workspace->profile));
		return true;
	}
	if (!workspace->profile.pm2.app)
		return false;
	runtime_find(runtime, workspace);
	if (session->opened) {
		runtime_forget_gone(runtime, session->opened);
		opened_save_state(session->opened);
	}
	return restart_plan_make(
		plan, &workspace->profile, &runtime->drift, &place);
}

void deployment_release(struct deployment *deployment)
{
	plan_release(&deployment->plan);
	verify_results_release(&deployment->results);
	deployment->verified = false;
	deployment->told = false;
}
