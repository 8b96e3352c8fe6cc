/* SPDX-License-Identifier: MIT */
#include "deploy/runtime.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "deploy/shared_app.h"
#include "deploy/wrapped.h"
#include "os/clock.h"
#include "os/directory.h"

#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The texts of one list of what this machine remembers. New reference. */
static json_t *deployed_list(const struct opened *opened, const char *member)
{
	json_t *deployed = opened ? opened_get_deployed(opened) : NULL;
	json_t *list = json_new_list();

	JSON_EACH(item, json_object_get(deployed, member))
		if (json_is_string(item.value))
			json_push_once(list, json_string_value(item.value));
	return list;
}

/* Names that were rendered, or lost before that, and that the profile has not.
 * New reference. */
static json_t *find_lost(
	const struct opened *opened, const struct variables *variables)
{
	JSON_SCOPED json_t *before = deployed_list(opened, "names");
	json_t *lost = json_new_list();

	JSON_EACH(item, before)
		if (!variables_find(variables, json_string_value(item.value)))
			json_push_once(lost, json_string_value(item.value));
	JSON_EACH_MEMBER(names, opened ? opened_all_rendered(opened) : NULL) {
		JSON_EACH_MEMBER(member, names.value)
			if (!variables_find(variables, member.name))
				json_push_once(lost, member.name);
	}
	return lost;
}

/* When the first env file of the profile last changed. */
static int64_t env_written(const struct workspace *workspace)
{
	const struct profile *profile = &workspace->profile;
	int64_t written = 0;

	for (size_t i = 0; i < profile->output_count && !written; i++) {
		OWNED char *path =
			path_join(vault_directory(workspace->session.vault),
				profile->outputs[i].path);
		struct stat status;

		if (text_equal(profile->outputs[i].template, "env") &&
			stat(path, &status) == 0)
			written = (int64_t)status.st_mtim.tv_sec * 1000 +
				status.st_mtim.tv_nsec / 1000000;
	}
	return written;
}

/* The environments of the profile's own processes, and of no other app's. */
static void read_environs(struct runtime *runtime)
{
	for (size_t i = 0; i < runtime->live.count; i++) {
		struct live_process *process = &runtime->live.processes[i];

		if (drift_names_app(
			    runtime->wanted.profile->pm2.app, process->app))
			live_read_environ(process);
	}
}

/* An identity behind a passphrase takes a second or two to be opened. */
#define OPENING_MS 10000
#define LOOK_EVERY_MS 50

/* A sealed app that was just started is not the app before it has opened the
 * vault. */
static void read_live(struct runtime *runtime)
{
	const int64_t deadline = clock_monotonic_ms() + OPENING_MS;

	live_read(&runtime->live);
	while (drift_is_opening(runtime->wanted.profile, &runtime->live) &&
		clock_monotonic_ms() < deadline) {
		clock_sleep_ms(LOOK_EVERY_MS);
		live_release(&runtime->live);
		live_read(&runtime->live);
	}
	read_environs(runtime);
}

/* Where the app has a restart command of its own, without PM2. */
static void find_service(
	struct runtime *runtime, const struct workspace *workspace)
{
	*runtime = (struct runtime){ .is_service = true,
		.live = { .state = LIVE_READ } };
	service_find(&runtime->service, workspace);
}

void runtime_find(struct runtime *runtime, const struct workspace *workspace)
{
	const struct session *session = &workspace->session;

	if (service_command(&workspace->profile)) {
		find_service(runtime, workspace);
		return;
	}
	*runtime = (struct runtime){
		.lost_names = find_lost(session->opened, &workspace->variables),
		.lost_apps = apps_given_up(
			deployed_list(session->opened, "apps"), workspace),
		.vault = path_join(vault_directory(session->vault),
			path_name(vault_path(session->vault))),
	};
	runtime->wanted = (struct drift_wanted){
		.profile = &workspace->profile,
		.variables = &workspace->variables,
		.directory = vault_directory(session->vault),
		.vault = runtime->vault,
		.lost_names = runtime->lost_names,
		.lost_apps = runtime->lost_apps,
		.env_written_ms = env_written(workspace),
	};
	read_live(runtime);
	runtime->own_apps = wrapped_ask(workspace, &runtime->own_error);
	runtime->wanted.own_apps = runtime->own_apps;
	drift_find(&runtime->drift, &runtime->wanted, &runtime->live);
}

void runtime_release(struct runtime *runtime)
{
	drift_release(&runtime->drift);
	live_release(&runtime->live);
	json_decref(runtime->lost_names);
	json_decref(runtime->lost_apps);
	json_decref(runtime->own_apps);
	free(runtime->vault);
	*runtime = (struct runtime){ 0 };
}

/* A second PM2_HOME of one's own is told where it runs what lies here. */
static void tell_elsewhere(const struct live_daemon *daemon,
	const struct runtime *runtime, const struct observer *observer)
{
	const struct passwd *user = getpwuid(daemon->user);

	if (daemon->user != geteuid())
		observer_note(observer,
			_("PM2 runs for user %s, in %s: where the app is "
			  "theirs, run this as that user"),
			user ? user->pw_name : "?", daemon->home);
	else if (live_runs_in(daemon, runtime->wanted.directory))
		observer_note(observer,
			_("a PM2 of yours in %s runs something from this "
			  "folder, and what is looked at is %s: PM2_HOME "
			  "says which"),
			daemon->home, runtime->live.home);
}

void runtime_tell(
	const struct runtime *runtime, const struct observer *observer)
{
	const struct live *live = &runtime->live;
	size_t count = 0;

	if (live->state == LIVE_UNKNOWN)
		observer_warn(observer,
			_("what PM2 runs could not be read: %s (%s); %s"),
			live->why.what, live->home, live->why.next);
	if (runtime->own_error.status)
		observer_warn(observer,
			_("your ecosystem file could not be compared with what "
			  "runs: %s (%s)"),
			runtime->own_error.what, runtime->own_error.where);
	if (live->state != LIVE_NONE)
		return;
	struct live_daemon *daemons = live_elsewhere(live->home, &count);
	for (size_t i = 0; i < count; i++)
		tell_elsewhere(&daemons[i], runtime, observer);
	live_elsewhere_free(daemons, count);
}

bool runtime_runs_here(const struct runtime *runtime)
{
	if (runtime->is_service)
		return runtime->service.state != SERVICE_ABSENT;
	for (size_t i = 0; i < runtime->drift.count; i++) {
		const struct drift_process *found =
			&runtime->drift.processes[i];
		if (found->process && !found->given_up &&
			(live_is_up(found->process) ||
				text_equal(found->process->status, "errored")))
			return true;
	}
	return false;
}

bool runtime_is_in_sync(const struct runtime *runtime)
{
	if (runtime->is_service)
		return runtime->service.state == SERVICE_IN_SYNC;
	for (size_t i = 0; i < runtime->drift.count; i++)
		if (runtime->drift.processes[i].state != DRIFT_IN_SYNC)
			return false;
	return runtime->drift.count > 0;
}

static void add_app(void *list, const char *app)
{
	json_push_once(list, app);
}

void runtime_remember_lost(const struct workspace *workspace)
{
	struct opened *opened = workspace->session.opened;
	const char *app = workspace->profile.pm2.app;
	json_t *apps = deployed_list(opened, "apps");

	drift_each_app(app, add_app, apps);
	if (json_array_size(apps) == 0) {
		json_decref(apps);
		return;
	}
	opened_set_deployed(opened,
		json_build("{apps:%o, names:%o}", apps,
			find_lost(opened, &workspace->variables)));
}

/* Held by a process, or by a saved list: that is not told name by name. */
static json_t *names_still_held(const struct drift *drift, json_t *names)
{
	json_t *held = json_new_list();

	if (drift->dump == DUMP_STALE || drift->backup == DUMP_STALE) {
		json_decref(held);
		return json_incref(names);
	}
	for (size_t i = 0; i < drift->count; i++) {
		JSON_EACH(name, drift->processes[i].lost)
			json_push_once(held, json_string_value(name.value));
	}
	return held;
}

static json_t *apps_still_given(const struct runtime *runtime)
{
	json_t *apps = json_new_list();

	drift_each_app(runtime->wanted.profile->pm2.app, add_app, apps);
	for (size_t i = 0; i < runtime->drift.count; i++)
		if (runtime->drift.processes[i].given_up)
			json_push_once(apps, runtime->drift.processes[i].app);
	return apps;
}

void runtime_forget_gone(const struct runtime *runtime, struct opened *opened)
{
	if (runtime->live.state != LIVE_READ || !opened_get_deployed(opened))
		return;
	opened_set_deployed(opened,
		json_build("{apps:%o, names:%o}", apps_still_given(runtime),
			names_still_held(
				&runtime->drift, runtime->lost_names)));
}
