/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "deploy/restart.h"

#include <stdlib.h>
#include <string.h>

/* What is written, and what runs with it. */

/* A rotation takes no file from another profile: that has to be done first. */
static bool check_files(const struct rotate_member *member, struct error *err)
{
	return deployment_check_files(&member->deployment, err) ||
		error_next(err,
			_("`aigenv apply --switch -p %s` takes it over; "
			  "`aigenv help files` says how each profile gets "
			  "files of its own"),
			member->workspace.session.profile);
}

static bool render(struct rotate *rotate, struct rotate_member *member,
	enum secret_slot slot, struct error *err)
{
	struct deployment *deployment = &member->deployment;

	bool told = deployment->told;
	deployment_release(deployment);
	*deployment = (struct deployment){ .workspace = &member->workspace,
		.told = told };
	member->prepared = false;
	return workspace_collect_with(
		       &member->workspace, rotate->secret, slot, err) &&
		deployment_prepare(deployment, err);
}

bool member_prepare(struct rotate *rotate, struct rotate_member *member,
	enum secret_slot slot, struct error *err)
{
	member->prepared =
		render(rotate, member, slot, err) && check_files(member, err);
	return member->prepared;
}

/* A new value changes each env file, also one that is now the same as another
 * profile's. */
static void expect_change(struct plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		struct rendered *output = &plan->outputs[i];
		if (output->builtin && output->builtin->edits)
			output->changed = true;
	}
}

bool member_can_take_a_value(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	/* What there is to be warned of is said with the new value. */
	member->deployment.told = true;
	bool rendered = render(rotate, member, SLOT_CURRENT, err);
	member->deployment.told = false;
	if (!rendered)
		return strstr(err->what, rotate->secret);
	expect_change(&member->deployment.plan);
	return check_files(member, err);
}

bool member_write(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	struct deployment *deployment = &member->deployment;

	if (!deployment_write(deployment, err))
		return false;
	member->written = true;
	for (size_t i = 0; i < deployment->plan.count; i++) {
		const struct rendered *file = &deployment->plan.outputs[i];
		if (file->changed)
			rotate_tell(rotate, member, "written", "%s",
				file->output->path);
	}
	return true;
}

static unsigned long count_processes(const struct runtime *runtime)
{
	unsigned long count = 0;

	for (size_t i = 0; i < runtime->drift.count; i++)
		count += runtime->drift.processes[i].process &&
			!runtime->drift.processes[i].given_up;
	return count;
}

static void tell_live(struct rotate *rotate, struct rotate_member *member,
	const struct runtime *runtime)
{
	unsigned long count = count_processes(runtime);

	if (runtime->is_service)
		rotate_tell(rotate, member, "live",
			_("the main process runs with it"));
	else
		rotate_tell(rotate, member, "live",
			ngettext("%s: %lu process runs with it",
				"%s: %lu processes run with it", count),
			member->workspace.profile.pm2.app, count);
}

static bool refuse(const struct rotate_member *member,
	const struct restart_result *result, struct error *err)
{
	const char *app = member->workspace.profile.pm2.app;

	if (app) {
		error_set(err, STATUS_FOUND,
			_("%s was restarted, and does not run with the values "
			  "that were written"),
			app);
		return error_next(
			err, _("`pm2 logs --nostream` has what the app said"));
	}
	error_set(err, STATUS_FOUND,
		result->done ? _("the restart command ran, and the main "
				 "process was not started with the values that "
				 "were written")
			     : _("the restart command failed"));
	return error_next(err,
		_("see whether `%s` does it, and what the app's log says"),
		member->command);
}

/* An app that reads its env file by itself, a process that took a signal. */
static bool does_not_tell(const struct runtime *runtime)
{
	return runtime->is_service ? runtime->service.state == SERVICE_UNKNOWN
				   : runtime->drift.source == SOURCE_APP;
}

/* Restarts it, or finds that it was. */
static bool make_live(struct rotate *rotate, struct rotate_member *member,
	struct runtime *runtime, const struct restart_plan *plan,
	struct error *err)
{
	member->live = runtime_is_in_sync(runtime) && !does_not_tell(runtime);
	if (!member->live && rotate->no_restart)
		return true;
	if (!member->live) {
		struct restart_result result =
			restart_run(plan, runtime, &member->workspace);
		member->live = result.live;
		if (result.unknown)
			rotate_tell(rotate, member, "restarted",
				_("whether it has the new value cannot be "
				  "seen from here"));
		else if (!result.live)
			return refuse(member, &result, err);
	}
	if (member->live)
		tell_live(rotate, member, runtime);
	return true;
}

/* Somebody's word is as good as a restart of what does not tell. */
static bool is_vouched_for(
	const struct rotate *rotate, const struct runtime *runtime)
{
	return rotate->confirmed && does_not_tell(runtime);
}

bool member_restart(
	struct rotate *rotate, struct rotate_member *member, struct error *err)
{
	SCOPED(runtime) struct runtime runtime = { 0 };
	SCOPED(restart_plan) struct restart_plan plan = { 0 };

	member->runs_here = false;
	member->live = false;
	if (!deployment_restart(&member->deployment, &runtime, &plan))
		return true;
	free(member->command);
	member->command = memory_text(plan.command);
	runtime_tell(&runtime, &rotate->options.observer);
	member->runs_here = runtime_runs_here(&runtime);
	return !member->runs_here || is_vouched_for(rotate, &runtime) ||
		make_live(rotate, member, &runtime, &plan, err);
}
