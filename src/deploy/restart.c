/* SPDX-License-Identifier: MIT */
#include "deploy/restart.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "deploy/steps_internal.h"
#include "os/clock.h"
#include "os/directory.h"
#include "os/process.h"

#include <stdlib.h>

/* PM2 gives an app up after 16 starts in about two seconds. */
#define STABLE_MS 2000
#define SETTLE_TIMEOUT_MS 30000
#define POLL_MS 200

/* Longer than any restart that does not hang. */
#define TURN_TIMEOUT_MS 300000

/* Settling */

/* What is waited for: PM2's list alone, as one text. */
struct line_up {
	const struct live *live;
	struct buf text; /* each process with its pid and number of starts */
	json_int_t restarts;
	bool online; /* all of them are, and each app has one */
	bool final;  /* what is not online will not be by itself */
};

static void line_up_app(void *context, const char *app)
{
	struct line_up *line_up = context;
	const struct live_process *process =
		live_next(line_up->live, app, NULL);

	line_up->online = line_up->online && process;
	for (; process; process = live_next(line_up->live, app, process)) {
		const bool online = text_equal(process->status, "online");

		line_up->online = line_up->online && online;
		line_up->final = line_up->final &&
			(online || text_equal(process->status, "errored") ||
				text_equal(process->status, "stopped"));
		line_up->restarts += process->restarts;
		buf_printf(&line_up->text, "%lld:%ld:%lld ",
			(long long)process->pm_id, (long)process->pid,
			(long long)process->restarts);
	}
}

/* Waiting for it. */
struct settling {
	int64_t since; /* as it is now */
	char *before;  /* the text of the last look; owned */
	json_int_t restarts, restarts_now; /* at the first look, the last */
	bool unread; /* at the last look PM2 did not say what it runs */
	bool online;
	bool over; /* two seconds have passed so */
};

static void look(struct settling *settling, const struct profile *profile)
{
	SCOPED(live) struct live live = { 0 };
	struct line_up now = { &live, BUF(65536), 0, true, true };
	const int64_t at = clock_monotonic_ms();

	live_read(&live);
	drift_each_app(profile->pm2.app, line_up_app, &now);
	if (drift_is_opening(profile, &live))
		now.online = now.final = false;
	if (live.state == LIVE_UNKNOWN || (!now.online && !now.final) ||
		!text_equal_or_null(settling->before, buf_cstring(&now.text)))
		settling->since = at;
	if (!settling->before)
		settling->restarts = now.restarts;
	free(settling->before);
	settling->before = buf_take(&now.text, NULL);
	settling->unread = live.state == LIVE_UNKNOWN;
	settling->online = live.state == LIVE_READ && now.online;
	settling->over = at - settling->since >= STABLE_MS;
	settling->restarts_now = now.restarts;
}

/* Why the wait had no good end. */
static void tell_unsettled(
	const struct settling *settling, const struct observer *observer)
{
	const long long restarts =
		(long long)(settling->restarts_now - settling->restarts);

	if (settling->unread)
		observer_warn(observer,
			_("PM2 did not say within %d s what it runs: see what "
			  "`pm2 list` says"),
			SETTLE_TIMEOUT_MS / 1000);
	else if (restarts > 0)
		observer_warn(observer,
			_("the app does not stay up: within %d s PM2 restarted "
			  "it %lld times"),
			SETTLE_TIMEOUT_MS / 1000, restarts);
	else
		observer_warn(observer,
			_("the app was not online and unchanged for two "
			  "seconds within %d s"),
			SETTLE_TIMEOUT_MS / 1000);
}

/* Until the same processes have been there for two seconds: all online, or none
 * on its way to it. Returns whether they are online. */
static bool settle(
	const struct profile *profile, const struct observer *observer)
{
	const int64_t began = clock_monotonic_ms();
	struct settling settling = { .since = began };

	for (;;) {
		look(&settling, profile);
		if (settling.over ||
			clock_monotonic_ms() - began >= SETTLE_TIMEOUT_MS)
			break;
		clock_sleep_ms(POLL_MS);
	}
	if (!settling.over)
		tell_unsettled(&settling, observer);
	free(settling.before);
	return settling.over && settling.online;
}

/* The verdict */

/* Each app once: its processes mostly have one reason. */
static void tell_reasons(
	const struct runtime *runtime, const struct observer *observer)
{
	const char *said = NULL;

	for (size_t i = 0; i < runtime->drift.count; i++) {
		const struct drift_process *found =
			&runtime->drift.processes[i];
		OWNED char *reason = drift_reason(found);

		if (reason && !(said && text_equal(said, found->app)))
			observer_warn(observer, "%s", reason);
		said = reason ? found->app : said;
	}
}

/* Says of the first process that is not new. PM2 passes over a name that it
 * does not find, and ends with 0. */
static bool all_are_new(const struct runtime *runtime, int64_t began_ms,
	const struct observer *observer)
{
	for (size_t i = 0; i < runtime->drift.count; i++) {
		const struct live_process *process =
			runtime->drift.processes[i].process;

		if (!process || process->started_ms >= began_ms)
			continue;
		observer_warn(observer,
			_("%s was not restarted: it is still the old process"),
			process->app);
		return false;
	}
	return true;
}

/* One after the other in one PM2_HOME: two that start PM2's daemon at once
 * hang. Where that folder cannot be locked, nothing is; it is made where PM2
 * would make it. */
static bool take_turn(struct lock *lock, const struct live *live,
	const struct observer *observer)
{
	struct error err = { 0 };
	OWNED char *pm2 = process_find("pm2");
	const bool may_run = pm2 || live->state != LIVE_NONE;

	if (!may_run || !live->home || !directory_make(live->home, &err) ||
		lock_take(lock, live->home, 0, &err) ||
		err.status != STATUS_BUSY)
		return true;
	observer_note(observer,
		_("another aigenv is restarting apps of this PM2: waiting for "
		  "it"));
	if (lock_take(lock, live->home, TURN_TIMEOUT_MS, &err) ||
		err.status != STATUS_BUSY)
		return true;
	observer_warn(observer,
		_("another aigenv has been restarting apps of this PM2 for %d "
		  "minutes, so nothing was restarted"),
		TURN_TIMEOUT_MS / 60000);
	return false;
}

/* To start it here would make a second one of it, under another user. */
static bool is_of_another_user(const struct runtime *runtime,
	const struct workspace *workspace, const struct observer *observer)
{
	OWNED char *owner = NULL;

	if (runtime->live.state == LIVE_UNKNOWN)
		owner = live_user_of_home(runtime->live.home);
	else if (!runtime_runs_here(runtime))
		owner = live_user_who_runs(
			vault_directory(workspace->session.vault));
	if (owner)
		observer_warn(observer,
			_("the app runs under the PM2 of user %s, so nothing "
			  "was restarted here: run the same command as %s"),
			owner, owner);
	return owner != NULL;
}

/* Runs the steps, and looks at what is live then, also where one failed: PM2's
 * exit status proves nothing. */
static struct restart_result run_and_look(const struct restart_plan *plan,
	struct runtime *runtime, const struct workspace *workspace)
{
	const struct session *session = &workspace->session;
	const struct observer *observer = &session->options.observer;
	struct restart_result result = { 0 };
	const int64_t began_ms = clock_ms();
	enum steps_result steps = steps_run(plan, &runtime->live, workspace);

	if (steps == STEPS_NOT_BEGUN)
		return result;
	result.done = steps == STEPS_DONE;
	observer_progress(
		observer, _("waiting until the processes are stable"));
	const bool stable = settle(&workspace->profile, observer);
	runtime_release(runtime);
	runtime_find(runtime, workspace);
	const bool fine = stable && runtime_is_in_sync(runtime) &&
		(!result.done || all_are_new(runtime, began_ms, observer));
	result.unknown = fine && runtime->drift.source == SOURCE_APP;
	result.live = fine && !result.unknown;
	if (session->opened) {
		runtime_forget_gone(runtime, session->opened);
		opened_save_state(session->opened);
	}
	if (!fine)
		tell_reasons(runtime, observer);
	return result;
}

static struct restart_result run_service(
	struct runtime *runtime, const struct workspace *workspace)
{
	struct service *service = &runtime->service;
	struct restart_result result = {
		.done = service_restart(service, workspace),
	};

	result.live = result.done && service->state == SERVICE_IN_SYNC;
	result.unknown = result.done && service->state == SERVICE_UNKNOWN;
	return result;
}

struct restart_result restart_run(const struct restart_plan *plan,
	struct runtime *runtime, const struct workspace *workspace)
{
	const struct observer *observer = &workspace->session.options.observer;
	struct restart_result result = { 0 };
	struct lock lock = LOCK_NONE;

	if (runtime->is_service)
		return run_service(runtime, workspace);
	if (is_of_another_user(runtime, workspace, observer) ||
		!take_turn(&lock, &runtime->live, observer))
		return result;
	result = run_and_look(plan, runtime, workspace);
	lock_release(&lock);
	return result;
}
