/* SPDX-License-Identifier: MIT */
#include "rotate/rotate_internal.h"

#include "base/json.h"
#include "base/json_build.h"
#include "base/text.h"
#include "session/recipients.h"

/* --dry-run: what would be done, from what there is; nothing is. */

static json_t *routes_of(const struct profile *profile, const char *secret)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < profile->route_count; i++)
		if (rotate_uses(&profile->routes[i], secret))
			json_push_text(list, profile->routes[i].name);
	return list;
}

/* What is rendered with secrets in it: an ecosystem file of ours has none. */
static json_t *files_of(const struct profile *profile)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < profile->output_count; i++)
		if (!text_starts_with(
			    profile->outputs[i].template, "ecosystem"))
			json_push_text(list, profile->outputs[i].path);
	return list;
}

static json_t *processes_of(const struct runtime *runtime)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < runtime->drift.count; i++) {
		const struct drift_process *found =
			&runtime->drift.processes[i];
		if (found->process && !found->given_up)
			json_push(list,
				json_build("{app:%s, pm_id:%I}", found->app,
					found->process->pm_id));
	}
	return list;
}

static json_t *preview_of(struct rotate *rotate, struct rotate_member *member)
{
	SCOPED(runtime) struct runtime runtime = { 0 };
	SCOPED(restart_plan) struct restart_plan plan = { 0 };
	const struct profile *profile = &member->workspace.profile;
	bool has_app = deployment_restart(&member->deployment, &runtime, &plan);
	bool runs_here = has_app && runtime_runs_here(&runtime);

	return json_build("{profile:%s, routes:%o, files:%o, processes:%o, "
			  "runs_here:%b, command:%s, waits_for:%o}",
		profile->name, routes_of(profile, rotate->secret),
		files_of(profile), processes_of(&runtime), runs_here,
		has_app ? plan.command : NULL,
		session_waited_for(&member->workspace.session));
}

json_t *rotate_preview(struct rotate *rotate, struct error *err)
{
	JSON_SCOPED json_t *list = json_new_list();

	if (!rotate_may_begin(rotate, err))
		return NULL;
	for (size_t i = 0; i < rotate->count; i++) {
		struct rotate_member *member = rotate->members[i];
		if (!member_prepare(rotate, member, SLOT_CURRENT, err))
			return NULL;
		json_push(list, preview_of(rotate, member));
	}
	return json_incref(list);
}
