/* SPDX-License-Identifier: MIT */
/*
 * How a process was started against how it is to be started. Only what PM2's
 * restart does not take in.
 */
#include "drift/drift_internal.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "ecosystem/ecosystem.h"
#include "os/directory.h"
#include "pm2/sealed.h"

#include <string.h>
#include <unistd.h>

/* Two spellings of one file: below a link, or with "./" in it. */
static bool same_path(const char *a, const char *b)
{
	OWNED char *real_a = path_resolve(a);
	OWNED char *real_b = path_resolve(b);

	return text_equal(a, b) ||
		(real_a && real_b && text_equal(real_a, real_b));
}

/* PM2 keeps the path; a name without one was looked up in PATH. */
static bool same_script(const struct launch *launch, const char *script)
{
	const char *wanted = json_text(launch->settings, "script");

	if (!wanted)
		return true;
	OWNED char *whole = path_join(launch->folder, wanted);

	return same_path(whole, script) ||
		(!strchr(wanted, '/') && text_equal(path_name(script), wanted));
}

static bool is_script_of_node(const char *script)
{
	return text_ends_with(script, ".js") ||
		text_ends_with(script, ".cjs") ||
		text_ends_with(script, ".mjs");
}

static bool same_interpreter(
	const struct launch *launch, const struct live_process *process)
{
	const char *wanted = json_text(launch->settings, "interpreter");
	const char *live = process->interpreter;

	if (!wanted)
		return !is_script_of_node(process->script) ||
			text_equal(path_name(live), "node") ||
			text_equal(path_name(live), "bun");
	if (!strchr(wanted, '/'))
		return text_equal(path_name(live), wanted);
	OWNED char *whole = path_join(launch->folder, wanted);

	return same_path(whole, live);
}

/* A list of texts; PM2 has none for an empty one. `true`: nobody knows. */
static bool same_list(const json_t *wanted, const json_t *live)
{
	size_t count = json_array_size(wanted);

	if (json_is_true(wanted))
		return true;
	if (json_is_string(live))
		return count == 1 &&
			json_equal(json_array_get(wanted, 0), live);
	if (count != json_array_size(live))
		return false;
	for (size_t i = 0; i < count; i++) {
		const char *text = json_string_value(json_array_get(wanted, i));
		const char *other = json_string_value(json_array_get(live, i));

		if (!text || !other || !text_equal(text, other))
			return false;
	}
	return true;
}

/* As PM2 counts: 0, "max" and negative numbers go by the processors. */
static long wanted_instances(const json_t *setting)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	long number = json_is_integer(setting)
		? (long)json_integer_value(setting)
		: 0;

	if (!setting)
		return 1;
	if (number > 0)
		return number;
	number += processors;
	return number > 0 ? number : 1;
}

/* Where nothing is set, somebody may have scaled it: that is no change. */
static bool same_instances(const struct launch *launch,
	const struct live_process *process, size_t running)
{
	const json_t *wanted = json_object_get(launch->settings, "instances");
	json_int_t started = json_number(process->record, "instances");

	if (!wanted)
		return started <= 1;
	return wanted_instances(wanted) == (long)running;
}

/* As PM2 decides it: more instances of a script of node make a cluster. */
static bool same_mode(
	const struct launch *launch, const struct live_process *process)
{
	const char *wanted = json_text(launch->settings, "exec_mode");
	bool cluster = wanted
		? text_starts_with(wanted, "cluster")
		: json_object_get(launch->settings, "instances") != NULL &&
			text_equal(path_name(process->interpreter), "node");

	return cluster == process->cluster;
}

bool find_launch(const struct drift_wanted *wanted, const char *app,
	struct launch *launch)
{
	const char *template = drift_ecosystem_template(wanted->profile);

	if (!template ||
		(!text_equal(template, "ecosystem") && !sealed_is(template)))
		return launch_of_own(
			ecosystem_app(wanted->own_apps, app), launch);
	launch_find(wanted->profile, wanted->directory, launch);
	return true;
}

void compare_launch(const struct live_process *process,
	const struct launch *launch, size_t running, json_t *settings)
{
	const json_t *set = launch->settings;
	const struct {
		const char *name;
		bool same;
	} compared[] = {
		{ "script", same_script(launch, process->script) },
		{ "args",
			same_list(
				json_object_get(set, "args"), process->args) },
		{ "cwd", same_path(launch->folder, process->directory) },
		{ "interpreter", same_interpreter(launch, process) },
		{ "node_args",
			same_list(json_object_get(set, "node_args"),
				process->node_args) },
		{ "instances", same_instances(launch, process, running) },
		{ "exec_mode", same_mode(launch, process) },
	};

	for (size_t i = 0; i < ARRAY_SIZE(compared); i++)
		if (!compared[i].same)
			json_push_text(settings, compared[i].name);
}
