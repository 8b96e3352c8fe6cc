/* SPDX-License-Identifier: MIT */
#include "drift/drift.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "drift/drift_internal.h"
#include "pm2/sealed.h"

#include <stdlib.h>

/* The search */

struct search {
	struct drift *drift;
	const struct drift_wanted *wanted;
	const struct live *live;
};

static struct drift_process *add(struct search *search, const char *app,
	const struct live_process *process)
{
	struct drift *drift = search->drift;

	MEMORY_PUSH(drift->processes, drift->count,
		(struct drift_process){
			.app = memory_text(app),
			.process = process,
			.state = !process             ? DRIFT_ABSENT
				: live_is_up(process) ? DRIFT_IN_SYNC
						      : DRIFT_STOPPED,
			.no_daemon = search->live->state == LIVE_NONE,
			.names = json_new_list(),
			.lost = json_new_list(),
			.stored = json_new_list(),
			.settings = json_new_list(),
		});
	return &drift->processes[drift->count - 1];
}

static size_t count_running(const struct live *live, const char *app)
{
	const struct live_process *process = NULL;
	size_t count = 0;

	while ((process = live_next(live, app, process)) != NULL)
		count++;
	return count;
}

/* The app reads the file when it starts, so an older process has other values
 * than the file. */
static bool started_before_file(
	const struct search *search, const struct live_process *process)
{
	return search->drift->source == SOURCE_APP &&
		search->wanted->env_written_ms > process->started_ms;
}

/* It is aigenv still, and will have other variables in a moment. */
static bool is_opening(const struct live_process *process)
{
	return sealed_has_arguments(process->args) &&
		live_is_at_script(process);
}

/* `launch` is NULL where it is not known. */
static void compare_process(struct search *search, struct drift_process *found,
	const struct launch *launch)
{
	compare_variables(found, search->wanted, search->drift->source);
	found->opening = search->drift->source == SOURCE_SEALED &&
		is_opening(found->process);
	if (launch)
		compare_launch(found->process, launch,
			count_running(search->live, found->app),
			found->settings);
	if (json_array_size(found->names) || json_array_size(found->lost) ||
		json_array_size(found->stored) ||
		json_array_size(found->settings) || found->detour ||
		found->opening || started_before_file(search, found->process))
		found->state = DRIFT_STALE;
}

static char *why_unstartable(const struct launch *launch)
{
	struct error err;

	return launch_check(launch, &err) ? NULL : memory_text(err.what);
}

static void find_processes(
	struct search *search, const char *app, const struct launch *launch)
{
	const struct live_process *process = live_next(search->live, app, NULL);

	if (!process)
		(void)add(search, app, NULL);
	for (; process; process = live_next(search->live, app, process)) {
		struct drift_process *found = add(search, app, process);

		if (found->state == DRIFT_IN_SYNC)
			compare_process(search, found, launch);
	}
}

static void find_app(void *context, const char *app)
{
	struct search *search = context;
	SCOPED(launch) struct launch launch = { 0 };
	const bool known = find_launch(search->wanted, app, &launch);

	if (known && !search->drift->unstartable)
		search->drift->unstartable = why_unstartable(&launch);
	if (known && search->drift->source == SOURCE_SEALED)
		sealed_launch(&launch, search->wanted->profile,
			search->wanted->vault);
	find_processes(search, app, known ? &launch : NULL);
}

static void find_given_up(struct search *search)
{
	JSON_EACH(name, search->wanted->lost_apps) {
		const char *app = json_string_value(name.value);
		const struct live_process *process = NULL;

		if (!is_given_up(search->wanted, app))
			continue;
		while ((process = live_next(search->live, app, process)) !=
			NULL) {
			struct drift_process *found = add(search, app, process);
			found->given_up = true;
			found->state = DRIFT_STALE;
		}
	}
}

/* Sets *context where PM2's record of the app holds a managed name. */
struct stored {
	const struct drift_wanted *wanted;
	const struct live *live;
	bool found;
};

static void look_for_stored(void *context, const char *app)
{
	struct stored *stored = context;
	const struct variables *variables = stored->wanted->variables;
	const struct live_process *process = NULL;

	while ((process = live_next(stored->live, app, process)) != NULL)
		for (size_t i = 0; i < variables->count; i++)
			if (json_object_get(
				    process->record, variables->items[i].name))
				stored->found = true;
}

static enum drift_source find_source(
	const struct drift_wanted *wanted, const struct live *live)
{
	const char *template = drift_ecosystem_template(wanted->profile);
	struct stored stored = { wanted, live, false };

	if (template)
		return sealed_is(template) ? SOURCE_SEALED : SOURCE_FILE;
	drift_each_app(wanted->profile->pm2.app, look_for_stored, &stored);
	return stored.found ? SOURCE_SHELL : SOURCE_APP;
}

struct opening {
	const struct live *live;
	bool found;
};

static void look_for_opening(void *context, const char *app)
{
	struct opening *opening = context;
	const struct live_process *process = NULL;

	while ((process = live_next(opening->live, app, process)) != NULL)
		opening->found = opening->found || is_opening(process);
}

bool drift_is_opening(const struct profile *profile, const struct live *live)
{
	struct opening opening = { live, false };

	if (sealed_is(drift_ecosystem_template(profile)))
		drift_each_app(profile->pm2.app, look_for_opening, &opening);
	return opening.found;
}

void drift_find(struct drift *drift, const struct drift_wanted *wanted,
	const struct live *live)
{
	const char *apps = wanted->profile->pm2.app;
	struct search search = { drift, wanted, live };

	*drift = (struct drift){ .source = find_source(wanted, live),
		.lost_names = wanted->lost_names };
	if (live->state == LIVE_UNKNOWN || !apps)
		return;
	drift_each_app(apps, find_app, &search);
	find_given_up(&search);
	find_env(drift, wanted, live);
	compare_dumps(drift, wanted, live);
}

void drift_release(struct drift *drift)
{
	for (size_t i = 0; i < drift->count; i++) {
		struct drift_process *found = &drift->processes[i];

		free(found->app);
		json_decref(found->names);
		json_decref(found->lost);
		json_decref(found->stored);
		json_decref(found->settings);
	}
	free(drift->processes);
	free(drift->env);
	free(drift->env_offered);
	free(drift->unsaved);
	free(drift->unstartable);
	*drift = (struct drift){ 0 };
}

/* Words */

const char *drift_state_word(enum drift_state state)
{
	static const char *const words[] = { "in_sync", "stale", "stopped",
		"absent" };

	return words[state];
}

const char *drift_dump_word(enum drift_dump dump)
{
	static const char *const words[] = { "absent", "in_sync", "stale" };

	return words[dump];
}

/* Of what it holds or was started with; NULL where that is as it should be. */
static char *reason_with_names(const struct drift_process *process)
{
	const char *app = process->app;
	OWNED char *settings = json_listed(process->settings);
	OWNED char *lost = json_listed(process->lost);
	OWNED char *stored = json_listed(process->stored);
	OWNED char *names = json_listed(process->names);

	if (*settings)
		return memory_printf(
			_("%s was started with other settings than it has now "
			  "(%s), and a restart takes none of these in"),
			app, settings);
	if (*lost)
		return memory_printf(
			_("%s still holds %s, which the profile no longer has, "
			  "and a restart takes nothing away"),
			app, lost);
	if (*stored)
		return memory_printf(
			_("PM2 stores %s of %s, which a sealed start keeps out "
			  "of it, and a restart takes nothing away"),
			stored, app);
	return *names
		? memory_printf(_("%s holds other values of %s"), app, names)
		: NULL;
}

static char *reason_of_stale(const struct drift_process *process)
{
	const char *app = process->app;

	if (process->given_up)
		return memory_printf(
			_("%s runs, and the profile has no app of that name "
			  "any more"),
			app);
	if (process->opening)
		return memory_printf(
			_("%s is not there yet: `aigenv run` opens the vault"),
			app);
	char *reason = reason_with_names(process);
	if (reason)
		return reason;
	if (process->detour)
		return memory_printf(
			_("%s holds %s, which SDKs read by themselves: it goes "
			  "past the gateway"),
			app, process->detour);
	return memory_printf(
		_("%s was started before its env file changed"), app);
}

char *drift_reason(const struct drift_process *process)
{
	switch (process->state) {
	case DRIFT_STALE:
		return reason_of_stale(process);
	case DRIFT_STOPPED:
		return memory_printf(
			_("%s is %s"), process->app, process->process->status);
	case DRIFT_ABSENT:
		return memory_printf(process->no_daemon
				? _("PM2 itself is not running here, so %s is "
				    "not running either")
				: _("PM2 has no app %s"),
			process->app);
	case DRIFT_IN_SYNC:
		break;
	}
	return NULL;
}
