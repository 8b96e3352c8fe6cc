/* SPDX-License-Identifier: MIT */
#include "drift/plan.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "drift/drift_internal.h"
#include "drift/path_internal.h"
#include "ecosystem/ecosystem.h"

#include <stdlib.h>

/* Of one app the line is a few words; paths may be long, and apps many. */
#define COMMAND_LIMIT ((size_t)256 * 1024)

struct planning {
	const struct profile *profile;
	const struct drift *drift;
	const struct restart_place *place;
	char *file; /* of the apps, as seen from the current folder; or NULL */
	json_t *steps;
	struct buf reason;
};

/* Words of a step */

static json_t *begin_step(struct planning *planning, json_t *argv)
{
	json_push(planning->steps, argv);
	return argv;
}

static json_t *pm2_step(struct planning *planning, const char *verb)
{
	return begin_step(planning, json_build("['pm2', %s]", verb));
}

static void add_pair(json_t *argv, const char *name, const char *value)
{
	if (!value)
		return;
	json_push_text(argv, name);
	json_push_text(argv, value);
}

static void add_app(void *context, const char *app)
{
	json_push_text(context, app);
}

/* What is started takes in what the shell exports: of what the profile has
 * lost, too, unless that is kept out. */
static void keep_lost_out(const struct planning *planning, json_t *argv)
{
	JSON_EACH(name, planning->drift->lost_names) {
		if (!getenv(json_string_value(name.value)))
			continue;
		if (json_array_size(argv) == 0)
			json_push_text(argv, "env");
		add_pair(argv, "-u", json_string_value(name.value));
	}
}

static bool any_absent(const struct drift *drift)
{
	for (size_t i = 0; i < drift->count; i++)
		if (!drift->processes[i].process)
			return true;
	return false;
}

/* PM2 reads the file again; the file reads the rendered .env, so values of the
 * calling shell do not matter. */
static json_t *file_step(struct planning *planning, const char *verb)
{
	json_t *argv = begin_step(planning, json_new_list());

	if (text_equal(verb, "start") || any_absent(planning->drift))
		keep_lost_out(planning, argv);
	json_push_text(argv, "pm2");
	add_pair(argv, verb, planning->file);
	add_pair(argv, "--only", planning->profile->pm2.app);
	add_pair(argv, "--env",
		planning->profile->pm2.env ? planning->profile->pm2.env
					   : planning->drift->env);
	return argv;
}

static void say(struct planning *planning, char *sentence)
{
	if (sentence)
		buf_printf(&planning->reason, "%s%s",
			planning->reason.size ? "\n" : "", sentence);
	free(sentence);
}

/* What is live */

static bool any_cluster(const struct drift *drift)
{
	for (size_t i = 0; i < drift->count; i++) {
		const struct drift_process *found = &drift->processes[i];

		if (found->process && !found->given_up &&
			live_is_up(found->process) && found->process->cluster)
			return true;
	}
	return false;
}

/* A reload ends each old process by SIGINT. */
static void say_what_reload_loses(struct planning *planning)
{
	const struct drift *drift = planning->drift;

	for (size_t i = 0; i < drift->count; i++) {
		const struct live_process *process =
			drift->processes[i].process;

		if (!process || !process->cluster ||
			drift->processes[i].given_up ||
			script_minds_sigint(process->script))
			continue;
		say(planning,
			memory_printf(_("%s is reloaded one process at a time, "
					"and %s does not mention SIGINT: "
					"unless it closes its server on that "
					"signal, requests that are under way "
					"are cut off"),
				process->app, process->script));
		return;
	}
}

/* PM2's restart would leave it as it is. */
static bool needs_new_start(const struct drift_process *found)
{
	return !found->given_up &&
		(json_array_size(found->settings) ||
			json_array_size(found->stored) ||
			json_array_size(found->lost));
}

/* Says why, once for all processes of an app. */
static bool any_new_start(struct planning *planning)
{
	const struct drift *drift = planning->drift;
	const char *said = NULL;

	for (size_t i = 0; i < drift->count; i++) {
		const struct drift_process *found = &drift->processes[i];

		if (!needs_new_start(found) ||
			(said && text_equal(said, found->app)))
			continue;
		said = found->app;
		say(planning, drift_reason(found));
	}
	return said != NULL;
}

/* Steps */

/* Without --env PM2 takes in plain env, in silence. */
static void say_which_env(struct planning *planning)
{
	const struct drift *drift = planning->drift;
	const char *env = drift->env ? drift->env : drift->env_offered;
	OWNED char *setting = memory_printf("pm2.env=%s", env ? env : "");
	OWNED char *quoted = shell_quoted(setting);

	if (drift->env)
		say(planning,
			memory_printf(_("what runs was started with env_%s of "
					"your ecosystem file, so the command "
					"has --env %s; `aigenv config set %s` "
					"keeps it for every start"),
				env, env, quoted));
	else if (env)
		say(planning,
			memory_printf(_("your ecosystem file has env_%s, which "
					"PM2 takes in with --env %s alone: if "
					"the app is to have it, `aigenv config "
					"set %s`"),
				env, env, quoted));
}

/* The first step proves that the file loads and that the app is there, so that
 * delete cannot leave it down. */
static void restart_by_file(struct planning *planning)
{
	bool anew = any_new_start(planning);
	const bool reload = !anew && any_cluster(planning->drift) &&
		planning->drift->source != SOURCE_SEALED;

	json_push_text(file_step(planning, reload ? "reload" : "restart"),
		"--update-env");
	say_which_env(planning);
	if (reload)
		say_what_reload_loses(planning);
	if (!anew)
		return;
	if (planning->drift->unstartable) {
		say(planning,
			memory_printf(_("it is not deleted and started again, "
					"since it could not be started: %s"),
				planning->drift->unstartable));
		return;
	}
	drift_each_app(planning->profile->pm2.app, add_app,
		pm2_step(planning, "delete"));
	(void)file_step(planning, "start");
}

static bool any_live(const struct drift *drift)
{
	bool live = false;

	for (size_t i = 0; !live && i < drift->count; i++)
		live = drift->processes[i].process &&
			!drift->processes[i].given_up;
	return live;
}

/* The values come in through the environment of the pm2 command, which is made
 * of the profile's alone: PM2 keeps all of it. PM2 refuses --env without a
 * file, so it is left out. */
static void restart_through_run(struct planning *planning)
{
	json_t *argv = begin_step(planning, json_build("['aigenv']"));

	add_pair(argv, "-C", planning->place->directory_option);
	add_pair(argv, "-f", planning->place->vault_option);
	if (planning->place->name_profile)
		add_pair(argv, "-p", planning->profile->name);
	json_push_text(argv, "run");
	json_push_text(argv, "--clean");
	json_push_text(argv, "--");
	json_push_text(argv, "pm2");
	json_push_text(argv, "restart");
	drift_each_app(planning->profile->pm2.app, add_app, argv);
	json_push_text(argv, "--update-env");
}

/* What an app reads by itself is not to be seen. */
static void say_who_reads(struct planning *planning)
{
	const char *file = ecosystem_find(planning->place->vault_directory);

	if (file)
		say(planning,
			memory_printf(_("PM2 gives the app none of the "
					"profile's variables: that is right "
					"where it reads its env file by itself "
					"at its start; where it does not, "
					"`aigenv import --ecosystem %s` has "
					"PM2 give them"),
				file));
	else
		say(planning,
			memory_text(_("PM2 gives the app none of the profile's "
				      "variables: that is right where it reads "
				      "its env file by itself at its start; "
				      "where it does not, it needs an "
				      "ecosystem file (`aigenv help "
				      "restart`)")));
}

static void restart_by_name(struct planning *planning)
{
	const struct drift *drift = planning->drift;

	if (drift->source == SOURCE_APP && drift->count > 0 &&
		drift->processes[0].process) {
		drift_each_app(planning->profile->pm2.app, add_app,
			pm2_step(planning, "restart"));
		say_who_reads(planning);
		return;
	}
	restart_through_run(planning);
	if (drift->source == SOURCE_SHELL)
		say(planning,
			memory_text(_("the app got its variables from the "
				      "shell that started it: the values come "
				      "in through `aigenv run`, and none of "
				      "your shell's own")));
	else if (!any_live(drift))
		say(planning,
			memory_text(
				_("it restarts an app that PM2 has; without "
				  "an ecosystem file start the app the first "
				  "time as you are used to, with `aigenv run "
				  "--clean -- pm2` in place of pm2")));
}

static void delete_given_up(struct planning *planning)
{
	const struct drift *drift = planning->drift;
	const char *last = NULL;

	for (size_t i = 0; i < drift->count; i++) {
		const struct drift_process *found = &drift->processes[i];

		if (!found->given_up || (last && text_equal(last, found->app)))
			continue;
		last = found->app;
		json_push_text(pm2_step(planning, "delete"), found->app);
		say(planning, drift_reason(found));
	}
}

/* Twice: after one `pm2 save` the backup still has the old values. */
static void save_list(struct planning *planning)
{
	const struct drift *drift = planning->drift;

	if (drift->dump != DUMP_STALE && drift->backup != DUMP_STALE)
		return;
	if (drift->unsaved) {
		say(planning,
			memory_printf(_("PM2's saved list holds old values, "
					"and %s, which does not run now: start "
					"it, then run `pm2 save` twice"),
				drift->unsaved));
		return;
	}
	(void)pm2_step(planning, "save");
	(void)pm2_step(planning, "save");
	say(planning,
		memory_text(_("PM2's saved list or its backup holds old "
			      "values or settings, which the next boot would "
			      "bring back")));
}

/* As one line */

static void append_step(struct buf *line, const json_t *argv)
{
	JSON_EACH(word, argv) {
		if (word.index > 0)
			buf_byte(line, ' ');
		shell_word(json_string_value(word.value), line);
	}
}

static char *as_a_line(const json_t *steps)
{
	struct buf line = BUF(COMMAND_LIMIT);

	JSON_EACH(argv, steps) {
		if (argv.index > 0)
			buf_text(&line, " && ");
		append_step(&line, argv.value);
	}
	return buf_take(&line, NULL);
}

/* The file whose apps PM2 reads again: named by the profile, else the output
 * that aigenv renders. NULL: there is none. */
static const char *ecosystem_file(const struct profile *profile)
{
	if (profile->pm2.ecosystem)
		return profile->pm2.ecosystem;
	for (size_t i = 0; i < profile->output_count; i++)
		if (text_starts_with(profile->outputs[i].template, "ecosystem"))
			return profile->outputs[i].path;
	return NULL;
}

bool restart_plan_make(struct restart_plan *plan, const struct profile *profile,
	const struct drift *drift, const struct restart_place *place)
{
	const char *file = ecosystem_file(profile);
	struct planning planning = { .profile = profile,
		.drift = drift,
		.place = place,
		.steps = json_new_list(),
		.reason = BUF(COMMAND_LIMIT) };

	*plan = (struct restart_plan){ .steps = planning.steps };
	if (!profile->pm2.app)
		return false;
	if (file) {
		planning.file = path_seen_from(
			place->current_directory, place->vault_directory, file);
		restart_by_file(&planning);
	} else {
		restart_by_name(&planning);
	}
	delete_given_up(&planning);
	save_list(&planning);
	plan->command = as_a_line(plan->steps);
	if (planning.reason.size)
		plan->reason = memory_text(buf_cstring(&planning.reason));
	buf_release(&planning.reason);
	free(planning.file);
	return true;
}

void restart_plan_of_command(struct restart_plan *plan, const json_t *argv)
{
	*plan = (struct restart_plan){ .steps = json_new_list() };
	json_push(plan->steps, json_new_copy(argv));
	plan->command = as_a_line(plan->steps);
}

void restart_plan_release(struct restart_plan *plan)
{
	json_decref(plan->steps);
	free(plan->command);
	free(plan->reason);
	*plan = (struct restart_plan){ 0 };
}
