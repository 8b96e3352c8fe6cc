/* SPDX-License-Identifier: MIT */
#include "deploy/status.h"

#include "apply/plan.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "deploy/runtime.h"
#include "deploy/spill.h"
#include "os/clock.h"
#include "pm2/sealed.h"
#include "session/due.h"
#include "session/recipients.h"
#include "vault/rotation.h"

#include <unistd.h>

/* Files */

static const char *file_state(const struct rendered *output)
{
	if (!output->exists)
		return "missing";
	return output->changed ? "drifted" : "in_sync";
}

/* Outputs that cannot be compared with their files. */
struct unread {
	const struct observer *observer;
	json_t *files;    /* owned */
	struct error err; /* of one that was tampered with */
};

static void unread_release(struct unread *unread)
{
	json_decref(unread->files);
}

static void add_unread(void *context, const struct profile_output *output,
	const struct error *err)
{
	struct unread *unread = context;

	if (err->status == STATUS_LOCKED_OUT) {
		unread->err = *err;
		return;
	}
	observer_warn(unread->observer, "%s: %s%s%s", output->path, err->what,
		err->next[0] ? "; " : "", err->next);
	json_push(unread->files,
		json_build(
			"{path:%s, state:'unknown', names:[]}", output->path));
}

static json_t *files_of(const struct plan *plan, const struct unread *unread)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < plan->count; i++) {
		const struct rendered *output = &plan->outputs[i];

		json_push(list, rendered_record(output, file_state(output)));
	}
	json_push_all(list, unread->files);
	return list;
}

/* Processes */

static json_t *process_of(const struct drift_process *found)
{
	OWNED char *reason = drift_reason(found);
	json_t *names = json_new_copy(found->names);
	json_t *record = NULL;

	json_push_all(names, found->lost);
	record = json_build("{app:%s, pm_id:%o, state:%s, reason:%s, names:%o}",
		found->app,
		found->process ? json_new_number(found->process->pm_id)
			       : json_null(),
		drift_state_word(found->state), reason, names);
	return record;
}

static json_t *processes_of(const struct runtime *runtime)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < runtime->drift.count; i++)
		json_push(list, process_of(&runtime->drift.processes[i]));
	return list;
}

/* What the vault and this machine's memory have */

static json_t *secret_of(const json_t *settings, const struct secret_info *info)
{
	int64_t since = 0;
	struct due due;
	bool is_due = due_of(settings, info, clock_seconds(), &due);

	return json_build("{name:%s, rotated:%s, age_days:%o, expires:%s, "
			  "limit_days:%o, due_in_days:%o}",
		info->name, info->at,
		json_number_if(clock_parse(info->at, &since), due.age_days),
		info->expires, json_number_if(due.limit_days, due.limit_days),
		json_number_if(is_due, due.days_left));
}

static json_t *secrets_of(const struct opened *opened)
{
	json_t *list = json_new_list();
	struct secret_info info = { .name = NULL };

	while (opened_next_secret(opened, &info))
		json_push(list, secret_of(opened_settings(opened), &info));
	return list;
}

static json_t *recipients_of(const struct opened *opened)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < opened_recipient_count(opened); i++) {
		struct recipient_info info;

		opened_recipient_info(opened, i, &info);
		json_push(list,
			json_build("{name:%s, writer:%b}", info.name,
				info.writer));
	}
	return list;
}

static json_t *proven_of(struct opened *opened, const struct profile *profile)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < profile->route_count; i++) {
		const char *route = profile->routes[i].name;
		json_t *proof = opened_get_proven(opened, route);

		json_push(list,
			json_build("{route:%s, at:%s, log_id:%s}", route,
				json_text(proof, "at"),
				json_text(proof, "log_id")));
	}
	return list;
}

/* Routes whose next start may take in what no test call of this machine was
 * made with: a sealed start takes the vault as it lies there. */
static json_t *unproven_of(struct opened *opened, const struct profile *profile)
{
	json_t *list = json_new_list();

	if (!sealed_is(drift_ecosystem_template(profile)))
		return list;
	OWNED char *values = opened_values(opened);
	for (size_t i = 0; i < profile->route_count; i++)
		if (!opened_is_proven(opened, profile->routes[i].name, values))
			json_push_text(list, profile->routes[i].name);
	return list;
}

static json_t *rotation_of(const struct opened *opened)
{
	struct rotation rotation;

	return opened_find_rotation(opened, &rotation)
		? json_build("{name:%s, step:%s}", rotation.name,
			  rotation_step_word(rotation.step))
		: json_null();
}

/* For whom, and since when. */
static json_t *waits_of(const struct session *session)
{
	struct rotation rotation;

	if (!opened_find_rotation(session->opened, &rotation))
		return json_null();
	return json_build("{since:%s, for:%o}", rotation.since,
		rotation.step == ROTATION_SWITCHED ? session_waited_for(session)
						   : json_new_list());
}

/* Drift */

/* `pm2 save` would put right what is saved. */
static bool may_save(const struct runtime *runtime)
{
	return runtime->live.state == LIVE_READ &&
		runtime_is_in_sync(runtime) && !runtime->drift.unsaved;
}

/* Where PM2 itself does not run, that its apps do not is no news. */
static bool any_process(const struct runtime *runtime)
{
	for (size_t i = 0;
		runtime->live.state == LIVE_READ && i < runtime->drift.count;
		i++)
		if (runtime->drift.processes[i].state != DRIFT_IN_SYNC)
			return true;
	return runtime->drift.dump == DUMP_STALE ||
		runtime->drift.backup == DUMP_STALE ||
		(runtime->is_service &&
			runtime->service.state == SERVICE_STALE);
}

/* What lies in PM2's files */

static json_t *exposed_of(
	const struct spill *spill, const struct observer *observer)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < spill->count; i++) {
		const struct spilled *one = &spill->items[i];
		OWNED char *advice = spill_advice(one);

		if (advice)
			observer_warn(observer, "%s", advice);
		json_push(list,
			json_build("{path:%s, names:%o, clear:%s}", one->path,
				json_new_copy(one->names), one->clear));
	}
	return list;
}

static json_t *record_of(struct workspace *workspace, const struct plan *plan,
	const struct unread *unread, const struct runtime *runtime,
	const struct spill *spill)
{
	struct opened *opened = workspace->session.opened;
	const struct drift *drift = &runtime->drift;
	struct recipient_info own = { .name = NULL };

	(void)session_find_own(&workspace->session, &own);

	return json_build(
		"{profile:%s, generation:%I, core:%s, recipient:%s, "
		"left_over:%o, files:%o, processes:%o, main_process:%s, "
		"dump:%s, dump_backup:%s, exposed:%o, secrets:%o, rotation:%o, "
		"waits:%o, recipients:%o, proven:%o, unproven:%o}",
		workspace->profile.name, (json_int_t)opened_generation(opened),
		opened_core(opened), own.name,
		plan->left_over ? json_incref(plan->left_over)
				: json_new_list(),
		files_of(plan, unread), processes_of(runtime),
		runtime->is_service ? service_state_word(runtime->service.state)
				    : NULL,
		drift_dump_word(drift->dump), drift_dump_word(drift->backup),
		exposed_of(spill, &workspace->session.options.observer),
		secrets_of(opened), rotation_of(opened),
		waits_of(&workspace->session), recipients_of(opened),
		proven_of(opened, &workspace->profile),
		unproven_of(opened, &workspace->profile));
}

/* It waits for nobody but the next command. */
static void tell_cut_off(const struct workspace *workspace)
{
	OWNED char *names =
		opened_rolled_back_beside(workspace->session.opened, NULL);

	if (names)
		observer_warn(&workspace->session.options.observer,
			_("a rollback of %s was cut off: the vault has the "
			  "previous value, and the files may have another; "
			  "`aigenv apply` goes on from here"),
			names);
}

json_t *status_of_profile(struct workspace *workspace,
	struct status_finding *found, struct error *err)
{
	SCOPED(plan) struct plan plan = { 0 };
	SCOPED(runtime) struct runtime runtime = { 0 };
	SCOPED(spill) struct spill spill = { 0 };

	SCOPED(unread)
	struct unread unread = {
		.observer = &workspace->session.options.observer,
		.files = json_new_list(),
	};

	plan_look(&plan, &workspace->profile, &workspace->variables,
		workspace->session.vault, workspace->session.opened,
		&(struct plan_refusal){ add_unread, &unread });
	if (unread.err.status != STATUS_OK) {
		*err = unread.err;
		return NULL;
	}
	if (workspace->profile.pm2.app || service_command(&workspace->profile))
		runtime_find(&runtime, workspace);
	if (workspace->profile.pm2.app)
		spill_find(
			&spill, workspace, &runtime.live, may_save(&runtime));
	runtime_tell(&runtime, &workspace->session.options.observer);
	tell_cut_off(workspace);
	found->drifted = plan_has_changes(&plan) || any_process(&runtime);
	found->unread = runtime.live.state == LIVE_UNKNOWN ||
		json_array_size(unread.files) > 0;
	return record_of(workspace, &plan, &unread, &runtime, &spill);
}

json_t *status_document(const struct session *session, json_t *profiles)
{
	char now[CLOCK_TEXT_SIZE];
	char host[256] = "";

	clock_now(now);
	(void)gethostname(host, sizeof(host) - 1);
	return json_build("{vault:%s, host:%s, at:%s, profiles:%o}",
		vault_id(session->vault), host, now, profiles);
}
