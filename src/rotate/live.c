/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "deploy/restart.h"

#include <stdlib.h>

/* What is written, and what runs with it. */

bool member_prepare(struct rotate *rotate, struct rotate_member *member,
	enum secret_slot slot, struct error *err)
{
	struct deployment *deployment = &member->deployment;

	deployment_release(deployment);
	*deployment = (struct deployment){ .workspace = &member->workspace };
	member->prepared = workspace_collect_with(&member->workspace,
				   rotate->secret, slot, err) &&
		deployment_prepare(deployment, err) &&
		deployment_check_files(deployment, err);
	return member->prepared;
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

static size_t count_processes(const struct runtime *runtime)
{
	size_t count = 0;

	for (size_t i = 0; i < runtime->drift.count; i++)
		count += runtime->drift.processes[i].process &&
			!runtime->drift.processes[i].given_up;
	return count;
}

static void tell_live(struct rotate *rotate, struct rotate_member *member,
	const struct runtime *runtime)
{
	unsigned long count = count_processes(runtime);

	rotate_tell(rotate, member, "live",
		ngettext("%s: %lu process runs with it",
			"%s: %lu processes run with it", count),
		member->workspace.profile.pm2.app, count);
}

/* Restarts it, or finds that it was. */
static bool make_live(struct rotate *rotate, struct rotate_member *member,
	struct runtime *runtime, const struct restart_plan *plan,
	struct error *err)
{
	member->live = runtime_is_in_sync(runtime);
	if (!member->live && rotate->no_restart)
		return true;
	if (!member->live)
		member->live =
			restart_run(plan, runtime, &member->workspace).live;
	if (member->live) {
		tell_live(rotate, member, runtime);
		return true;
	}
	error_set(err, STATUS_FOUND,
		_("%s was restarted, and does not run with the values that "
		  "were written"),
		member->workspace.profile.pm2.app);
	return error_next(
		err, _("`pm2 logs --nostream` has what the app said"));
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
	return !member->runs_here ||
		make_live(rotate, member, &runtime, &plan, err);
}
