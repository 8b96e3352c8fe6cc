/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "deploy/service.h"
#include "deploy/shared_app.h"
#include "deploy/status.h"
#include "os/clock.h"
#include "os/directory.h"
#include "session/due.h"
#include "ui/layout.h"

#include <stddef.h>
#include <stdlib.h>

struct status_values {
	bool all;
	int64_t watch;
};

static enum status run(struct invocation *call, struct error *err);

const struct command command_status = {
	.name = "status",
	.summary =
		N_("compare what is live here with the vault: exit 1 on drift"),
	.description =
		N_("Compares files, PM2's processes and PM2's saved list with "
		   "what the vault has; values are compared and never printed. "
		   "Tells the age of each secret and when each route was last "
		   "proven. Nothing is changed, and no call is made. Exit 1 "
		   "where something differs, an app does not run where PM2 "
		   "does, or PM2 does not say what it runs: for cron and "
		   "monitors."),
	.options =
		(const struct option[]){
			{ .name = "all",
				.type = OPTION_FLAG,
				.offset = offsetof(struct status_values, all),
				.help = N_("every profile that can be opened "
					   "here") },
			{ .name = "watch",
				.value = "SECONDS",
				.type = OPTION_NUMBER,
				.offset = offsetof(struct status_values, watch),
				.least = 1,
				.most = OPTION_SECONDS_MOST,
				.help = N_("look again so often, until Ctrl-C "
					   "or until all is in sync") },
			{ .name = NULL },
		},
	.values_size = sizeof(struct status_values),
	.examples =
		(const struct example[]){
			{ "aigenv status", NULL },
			{ "aigenv status --all --json", N_("for a monitor") },
			{ NULL, NULL },
		},
	.statuses = (const enum status[]){ STATUS_FOUND, STATUS_USAGE,
		STATUS_INVALID, STATUS_LOCKED_OUT, STATUS_IO, STATUS_OK },
	.needs = NEEDS_VAULT,
	.run = run,
};

/* As a table, from the document: both say the same. */

static const char *state_shown(const char *state)
{
	static const struct {
		const char *word, *shown;
	} states[] = {
		{ "in_sync", N_("in sync") },
		{ "drifted", N_("differs") },
		{ "missing", N_("missing") },
		{ "stale", N_("stale") },
		{ "stopped", N_("stopped") },
		{ "absent", N_("absent") },
		{ "unknown", N_("cannot be seen") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(states); i++)
		if (text_equal(states[i].word, state))
			return _(states[i].shown);
	return state;
}

static void add_row(struct table *table, const char *what, const char *state,
	const char *detail)
{
	table_add(table, what);
	table_add(table, state);
	table_add(table, detail);
}

static void add_files(struct table *table, const json_t *profile)
{
	size_t index;
	json_t *file;

	json_array_foreach(json_object_get(profile, "files"), index, file) {
		char *names = json_listed(json_object_get(file, "names"));

		add_row(table, json_text_or_empty(file, "path"),
			state_shown(json_text_or_empty(file, "state")), names);
		free(names);
	}
	json_array_foreach(json_object_get(profile, "left_over"), index, file) {
		add_row(table, json_string_value(file), _("left over"),
			_("no output any more, and still there"));
	}
}

static void add_processes(struct table *table, const json_t *profile)
{
	size_t index;
	json_t *process;

	json_array_foreach(
		json_object_get(profile, "processes"), index, process) {
		json_t *id = json_object_get(process, "pm_id");
		char *name = json_is_integer(id)
			? memory_printf("%s (%lld)",
				  json_text_or_empty(process, "app"),
				  (long long)json_integer_value(id))
			: memory_text(json_text_or_empty(process, "app"));

		add_row(table, name,
			state_shown(json_text_or_empty(process, "state")),
			json_text_or_empty(process, "reason"));
		free(name);
	}
}

/* Of an app that has a restart command of its own. */
static void add_main_process(struct table *table, const json_t *profile)
{
	const char *state = json_text(profile, "main_process");

	if (state)
		add_row(table, _("main process"), state_shown(state), "");
}

static void add_dump(struct table *table, const json_t *profile,
	const char *member, const char *what)
{
	const char *state = json_text_or_empty(profile, member);

	if (text_equal(state, "absent"))
		return;
	add_row(table, what, state_shown(state),
		text_equal(state, "stale") ? _("the next boot would bring old "
					       "values or settings back")
					   : "");
}

static void add_exposed(struct table *table, const json_t *profile)
{
	size_t index;
	json_t *file;

	json_array_foreach(json_object_get(profile, "exposed"), index, file) {
		char *names = json_listed(json_object_get(file, "names"));

		add_row(table, path_name(json_text_or_empty(file, "path")),
			_("holds"), names);
		free(names);
	}
}

/* What the document says of it, once more as a sentence. Owned, or NULL. */
static char *due_shown(const json_t *secret)
{
	json_t *left = json_object_get(secret, "due_in_days");
	struct due due = {
		.age_days =
			json_integer_value(json_object_get(secret, "age_days")),
		.limit_days = json_integer_value(
			json_object_get(secret, "limit_days")),
		.days_left = json_integer_value(left),
	};

	due.expires = due.limit_days - due.age_days != due.days_left;
	return json_is_integer(left) ? due_words(&due) : NULL;
}

static void add_secrets(struct table *table, const json_t *profile)
{
	size_t index;
	json_t *secret;

	json_array_foreach(json_object_get(profile, "secrets"), index, secret) {
		long days = (long)json_integer_value(
			json_object_get(secret, "age_days"));
		char *age = memory_printf(
			ngettext("%ld day", "%ld days", (unsigned long)days),
			days);

		char *due = due_shown(secret);

		add_row(table, json_text_or_empty(secret, "name"), age,
			due ? due : "");
		free(age);
		free(due);
	}
}

static bool is_unproven(const json_t *profile, const char *route)
{
	return json_lists(json_object_get(profile, "unproven"), route);
}

static void add_proofs(struct table *table, const json_t *profile)
{
	size_t index;
	json_t *proof;

	json_array_foreach(json_object_get(profile, "proven"), index, proof) {
		const char *at = json_text_or_empty(proof, "at");
		const char *route = json_text_or_empty(proof, "route");

		if (is_unproven(profile, route))
			add_row(table, route, _("unproven"),
				_("no test call was made here with what the "
				  "vault has now"));
		else
			add_row(table, route,
				*at ? _("proven") : _("not proven here"), at);
	}
}

/* What each step means for who looks at it. */
static const char *step_shown(const char *step)
{
	static const struct {
		const char *word, *shown;
	} steps[] = {
		{ "requested", N_("a new value was asked for") },
		{ "staged", N_("the old value is live, the new one unproven") },
		{ "verified", N_("the old value is live, the new one proven") },
		{ "switched", N_("the new value has to be live everywhere") },
		{ "confirmed",
			N_("the new value is live, the old one to be "
			   "revoked") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
		if (text_equal(steps[i].word, step))
			return _(steps[i].shown);
	return step;
}

static void add_rotation(struct table *table, const json_t *profile)
{
	json_t *rotation = json_object_get(profile, "rotation");

	json_t *waits = json_object_get(profile, "waits");
	const char *name = json_text_or_empty(rotation, "name");
	char *others = json_listed(json_object_get(waits, "for"));

	if (json_is_object(rotation))
		add_row(table, name, _("rotating"),
			step_shown(json_text_or_empty(rotation, "step")));
	if (json_text(waits, "since"))
		add_row(table, name, _("since"), json_text(waits, "since"));
	if (*others)
		add_row(table, name, _("waits for"), others);
	free(others);
}

static bool is_own_writer(const json_t *profile)
{
	size_t index;
	json_t *recipient;

	json_array_foreach(
		json_object_get(profile, "recipients"), index, recipient) {
		if (text_equal(json_text_or_empty(recipient, "name"),
			    json_text_or_empty(profile, "recipient")))
			return json_is_true(
				json_object_get(recipient, "writer"));
	}
	return false;
}

/* A reader's part in it, who can neither go on nor take it back. */
static void tell_reader(
	struct output *output, const char *name, const char *step)
{
	if (!text_equal(step, "switched"))
		output_note(output,
			_("a writer is replacing %s; there is nothing to do "
			  "here before it is switched\n"),
			name);
	else
		output_note(output,
			_("the writer who replaces %s waits for this machine: "
			  "once all is in sync here, send what `aigenv status "
			  "--json` prints\n"),
			name);
}

static void tell_rotation(struct output *output, const json_t *profile)
{
	json_t *rotation = json_object_get(profile, "rotation");
	json_t *others =
		json_object_get(json_object_get(profile, "waits"), "for");
	const char *name = json_text_or_empty(rotation, "name");
	const char *step = json_text_or_empty(rotation, "step");

	if (!json_is_object(rotation))
		return;
	if (!is_own_writer(profile))
		tell_reader(output, name, step);
	else if (text_equal(step, "confirmed"))
		output_note(output,
			_("`aigenv rotate %s --resume` ends the rotation; it "
			  "is too late to take it back\n"),
			name);
	else if (json_array_size(others) > 0)
		output_note(output,
			_("`aigenv rotate %s --resume --confirmed-by -` goes "
			  "on with what `aigenv status --json` prints on each "
			  "of them, --abort takes it back\n"),
			name);
	else if (text_equal(step, "switched"))
		output_note(output,
			_("`aigenv rotate %s --resume` goes on, with "
			  "--confirmed where the app runs elsewhere and has "
			  "the "
			  "new value; --abort takes it back\n"),
			name);
	else
		output_note(output,
			_("`aigenv rotate %s --resume` goes on with the "
			  "rotation, --abort takes it back\n"),
			name);
}

static void tell_unproven(struct output *output, const json_t *profile)
{
	if (json_array_size(json_object_get(profile, "unproven")))
		output_note(output,
			_("the app starts with the vault as it lies there, "
			  "also after a crash: `aigenv apply` proves what it "
			  "has now\n"));
}

static void show(struct output *output, const json_t *profile)
{
	SCOPED(table) struct table table = TABLE(3);
	SCOPED(buf) struct buf text = BUF(1u << 20);

	add_files(&table, profile);
	add_processes(&table, profile);
	add_main_process(&table, profile);
	add_dump(&table, profile, "dump", _("PM2's saved list"));
	add_dump(&table, profile, "dump_backup", _("its backup"));
	add_exposed(&table, profile);
	add_secrets(&table, profile);
	add_rotation(&table, profile);
	add_proofs(&table, profile);
	output_text(output, _("%s, generation %lld\n"),
		json_text_or_empty(profile, "profile"),
		(long long)json_integer_value(
			json_object_get(profile, "generation")));
	table_render(&table, 2, output_columns(output), &text);
	output_marked(output, &text);
}

/* Looking */

/* Whether aigenv knows how its app is restarted. */
static bool has_restart(const struct profile *profile)
{
	return profile->pm2.app || service_command(profile);
}

struct look {
	struct invocation *call;
	struct workspace *workspace;
	json_t *profiles;            /* owned */
	struct status_finding found; /* of any profile */
	enum status failed; /* of a profile that could not be looked at */
};

/* The first output that another profile of the vault rendered last: that
 * profile's name, owned, and the path; or NULL. */
static char *find_taken(const struct workspace *workspace, const char **path)
{
	const struct vault *vault = workspace->session.vault;
	const struct profile *profile = &workspace->profile;

	for (size_t i = 0; i < profile->output_count; i++) {
		*path = profile->outputs[i].path;
		char *whole = path_join(vault_directory(vault), *path);
		char *owner = vault_output_owner(vault, whole);
		free(whole);
		if (owner && !text_equal(owner, profile->name) &&
			vault_has_profile(vault, owner))
			return owner;
		free(owner);
	}
	return NULL;
}

static void tell_mend(struct output *output, const struct workspace *workspace)
{
	const char *path = NULL;
	char *owner = find_taken(workspace, &path);

	if (owner)
		output_note(output,
			_("profile %s rendered %s last: `aigenv apply "
			  "--switch` takes it over; `aigenv help files` says "
			  "how each profile gets files of its own\n"),
			owner, path);
	else if (has_restart(&workspace->profile))
		output_note(output,
			_("`aigenv apply --restart%s` brings files and "
			  "processes into line\n"),
			shared_app_option(workspace));
	else
		output_note(output,
			_("`aigenv apply` brings the files into line; then "
			  "restart the app in your own way\n"));
	free(owner);
}

static bool look_at(struct look *look, struct error *err)
{
	struct status_finding found = { 0 };

	if (!workspace_collect(look->workspace, err))
		return false;
	json_t *record = status_of_profile(look->workspace, &found, err);
	if (!record)
		return false;
	look->found.drifted = look->found.drifted || found.drifted;
	look->found.unread = look->found.unread || found.unread;
	show(look->call->output, record);
	tell_rotation(look->call->output, record);
	tell_unproven(look->call->output, record);
	if (found.drifted)
		tell_mend(look->call->output, look->workspace);
	json_push(look->profiles, record);
	return true;
}

static void look_at_all(struct look *look)
{
	struct vault *vault = look->workspace->session.vault;

	for (size_t i = 0; i < vault_profile_count(vault); i++) {
		char *name = memory_text(vault_profile_name(vault, i));
		struct error err = { 0 };

		if (!workspace_turn_to(look->workspace, name, &err) ||
			!look_at(look, &err)) {
			output_warning(
				look->call->output, "%s: %s\n", name, err.what);
			look->failed = err.status;
		}
		free(name);
	}
}

static enum status look_once(struct invocation *call, struct error *err)
{
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));
	struct look look = { .call = call,
		.workspace = &workspace,
		.profiles = json_new_list(),
		.failed = STATUS_OK };
	bool all = COMMAND_VALUES(status_values, call)->all;
	bool ok = all ? session_load(&workspace.session, SESSION_READ, err)
		      : workspace_open(&workspace, SESSION_READ, err) &&
			look_at(&look, err);

	if (!ok) {
		json_decref(look.profiles);
		return err->status;
	}
	if (all)
		look_at_all(&look);
	output_json(call->output,
		status_document(&workspace.session, look.profiles));
	return look.found.drifted || look.found.unread ||
			look.failed != STATUS_OK
		? STATUS_FOUND
		: STATUS_OK;
}

static enum status run(struct invocation *call, struct error *err)
{
	int64_t seconds = COMMAND_VALUES(status_values, call)->watch;
	enum status status = look_once(call, err);

	while (seconds > 0 && status == STATUS_FOUND) {
		output_flush(call->output);
		clock_sleep_ms(seconds * 1000);
		status = look_once(call, err);
	}
	return status;
}
