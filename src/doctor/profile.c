/* SPDX-License-Identifier: MIT */
/* Each profile, and the files that it renders. */
#include "doctor/doctor_internal.h"

#include "base/memory.h"
#include "base/text.h"
#include "deploy/deployment.h"
#include "deploy/exposure.h"
#include "git/gitignore.h"
#include "os/directory.h"
#include "session/environment.h"
#include "vault/rotation.h"

/* Its files */

static void look_at_exposure(struct doctor *doctor, const struct plan *plan)
{
	const struct workspace *workspace = &doctor->workspace;
	const bool counts =
		gitignore_counts(vault_directory(workspace->session.vault));
	struct exposure exposure;

	exposure_find(plan, &workspace->variables, &exposure);
	for (size_t i = 0; i < exposure.count; i++) {
		const struct exposed *one = &exposure.items[i];
		OWNED char *message = exposure_message(one, counts);
		OWNED char *advice = exposure_advice(
			one, counts, doctor->options->session.started_in);

		doctor_add(doctor, DOCTOR_GIT, DOCTOR_WARNING, one->path, "%s",
			message);
		doctor_advise(doctor, "%s", advice);
	}
}

static void look_at_mode(struct doctor *doctor, const struct plan *plan)
{
	struct redactor *redactor =
		variables_redactor(&doctor->workspace.variables);

	for (size_t i = 0; i < plan->count; i++) {
		const struct rendered *file = &plan->outputs[i];
		if (rendered_is_open(file) &&
			exposure_holds_secrets(redactor, file))
			doctor_tell(doctor, TOLD_OUTPUT_OPEN, file->path);
	}
	redactor_free(redactor);
}

/* Several files share one. */
static bool is_seen(const struct plan *plan, size_t index, const char *folder)
{
	bool seen = false;

	for (size_t i = 0; i < index && !seen; i++) {
		OWNED char *other = path_directory(plan->outputs[i].path);
		seen = text_equal(folder, other);
	}
	return seen;
}

static void look_at_folders(struct doctor *doctor, const struct plan *plan)
{
	const char *vault = vault_directory(doctor->workspace.session.vault);

	for (size_t i = 0; i < plan->count; i++) {
		const char *path = plan->outputs[i].path;
		OWNED char *folder = path_directory(path);

		if (is_seen(plan, i, folder))
			continue;
		if (!text_equal(folder, vault))
			doctor_look_at_left_over(doctor, path);
		if (!directory_is_writable(folder))
			doctor_tell(doctor, TOLD_OUTPUT_FOLDER_CLOSED, folder);
	}
}

/* What `apply` would refuse, or warn of: that goes to the observer (doctor.c).
 */
static void look_at_files(struct doctor *doctor)
{
	SCOPED(deployment)
	struct deployment deployment = { .workspace = &doctor->workspace };
	const char *name = doctor->workspace.profile.name;
	struct error err = { 0 };

	if (!deployment_prepare(&deployment, &err)) {
		doctor_add_error(
			doctor, DOCTOR_PROFILE, DOCTOR_ERROR, name, &err);
		return;
	}
	if (!deployment_check_files(&deployment, &err) ||
		!deployment_check_app(&deployment, &err))
		doctor_add_error(
			doctor, DOCTOR_PROFILE, DOCTOR_WARNING, name, &err);
	if (!doctor->git_is_silent)
		look_at_exposure(doctor, &deployment.plan);
	look_at_mode(doctor, &deployment.plan);
	look_at_folders(doctor, &deployment.plan);
}

/* The variables of whoever calls */

static void look_at_shell(struct doctor *doctor)
{
	const struct variables *variables = &doctor->workspace.variables;

	for (size_t i = 0; i < variables->count; i++) {
		const struct variable *one = &variables->items[i];
		const char *here = getenv(one->name);
		if (here && !variable_is(one, here))
			doctor_tell(doctor, TOLD_VARIABLE_DIFFERS, one->name);
	}
}

/* As `run` would hand them on. */
static void look_at_detour(struct doctor *doctor)
{
	const struct workspace *workspace = &doctor->workspace;
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	OWNED const char **environment =
		environment_with(&workspace->variables, &arena);
	const char *name = environment_find_detour(
		environment, &workspace->profile, &workspace->variables);

	if (!name)
		return;
	const struct variable *own =
		variables_find(&workspace->variables, name);
	doctor_tell(doctor,
		!own                  ? TOLD_VARIABLE_GOES_PAST
			: own->secret ? TOLD_SECRET_GOES_PAST
				      : TOLD_VAR_GOES_PAST,
		name);
}

/* One profile */

static void look_at_opened(struct doctor *doctor)
{
	struct workspace *workspace = &doctor->workspace;
	const struct opened *opened = workspace->session.opened;
	const struct profile *profile = &workspace->profile;
	struct error err = { 0 };

	doctor_add(doctor, DOCTOR_PROFILE, DOCTOR_OK, profile->name,
		_("it can be opened: generation %lld, sealed by %s"),
		(long long)opened_generation(opened), opened_sealed_by(opened));
	if (opened_is_first_contact(opened))
		doctor_tell(doctor, TOLD_PROFILE_NEW, profile->name);
	if (!opened_check_no_rotation(opened, &err))
		doctor_add_error(doctor, DOCTOR_LEFT_OVER, DOCTOR_INFO,
			profile->name, &err);
	OWNED char *cut_off = opened_rolled_back_beside(opened, NULL);
	if (cut_off)
		doctor_tell(doctor, TOLD_ROLLBACK_CUT_OFF, cut_off);
	doctor_look_at_tools(doctor);
	doctor_add_host(doctor,
		profile->custom_domain ? profile->custom_domain
				       : profile->origin);
	if (!workspace_collect(workspace, &err)) {
		doctor_add_error(doctor, DOCTOR_PROFILE, DOCTOR_ERROR,
			profile->name, &err);
		return;
	}
	look_at_files(doctor);
	look_at_shell(doctor);
	look_at_detour(doctor);
}

static bool is_shared(const struct doctor *doctor, const char *name)
{
	return vault_is_shared_with(doctor->workspace.session.vault, name,
		&doctor->keeper.identity);
}

/* Of several, those of others are nothing that is wrong, if one is ours. */
static enum doctor_severity severity_of_failure(
	const struct doctor *doctor, const char *name)
{
	const struct vault *vault = doctor->workspace.session.vault;
	bool any_is_ours = false;

	for (size_t i = 0; i < vault_profile_count(vault); i++)
		any_is_ours = any_is_ours ||
			is_shared(doctor, vault_profile_name(vault, i));
	return any_is_ours && !is_shared(doctor, name) &&
			!doctor->options->session.profile
		? DOCTOR_INFO
		: DOCTOR_ERROR;
}

static void look_at_profile(struct doctor *doctor, const char *name)
{
	struct workspace *workspace = &doctor->workspace;
	struct error err = { 0 };
	const bool ok = workspace_turn_to(workspace, name, &err);

	doctor->profile = name;
	doctor->is_named = session_must_name_profile(&workspace->session);
	if (ok)
		look_at_opened(doctor);
	else
		doctor_add_error(doctor, DOCTOR_PROFILE,
			severity_of_failure(doctor, name), name, &err);
	doctor->profile = NULL;
	doctor->is_named = false;
}

void doctor_look_at_profiles(struct doctor *doctor)
{
	struct session *session = &doctor->workspace.session;
	const char *chosen = doctor->options->session.profile;

	if (!session->vault)
		return;
	if (!doctor->keeper.has_identity) {
		doctor_tell(doctor, TOLD_PROFILES_CLOSED, session->path);
		return;
	}
	session_lend(&doctor->keeper, session);
	if (chosen) {
		look_at_profile(doctor, chosen);
		return;
	}
	for (size_t i = 0; i < vault_profile_count(session->vault); i++) {
		OWNED char *name =
			memory_text(vault_profile_name(session->vault, i));
		look_at_profile(doctor, name);
	}
}
