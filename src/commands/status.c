/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "commands/status_report.h"
#include "deploy/service.h"
#include "deploy/shared_app.h"
#include "deploy/status.h"
#include "os/clock.h"
#include "os/directory.h"

#include <stddef.h>
#include <stdlib.h>

struct status_values {
	bool all;
	int64_t watch;
};

static run_command run;

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
		   "does, PM2 does not say what it runs, or a file cannot be "
		   "read: for cron and monitors."),
	OPTIONS(status_values,
		OPTION(status_values, all, "all",
			.help = N_("every profile that can be opened here")),
		OPTION(status_values, watch, "watch", .value = "SECONDS",
			.least = 1, .most = OPTION_SECONDS_MOST,
			.help = N_("look again so often, until Ctrl-C or until "
				   "all is in sync"))),
	.examples = EXAMPLES({ "aigenv status", NULL },
		{ "aigenv status --all --json", N_("for a monitor") }),
	.statuses = found_read_statuses,
	.needs = NEEDS_VAULT,
	.run = run,
};

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
		OWNED char *whole = path_join(vault_directory(vault), *path);
		char *owner = vault_output_owner(vault, whole);
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
	OWNED char *owner = find_taken(workspace, &path);

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
	status_report(look->call->output, record);
	if (found.drifted)
		tell_mend(look->call->output, look->workspace);
	json_push(look->profiles, record);
	return true;
}

static void look_at_all(struct look *look)
{
	struct vault *vault = look->workspace->session.vault;

	for (size_t i = 0; i < vault_profile_count(vault); i++) {
		const char *name = vault_profile_name(vault, i);
		struct error err = { 0 };

		if (!workspace_turn_to(look->workspace, name, &err) ||
			!look_at(look, &err)) {
			output_warning(
				look->call->output, "%s: %s\n", name, err.what);
			look->failed = err.status;
		}
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
		output_keep(call->output);
		output_flush(call->output);
		clock_sleep_ms(seconds * 1000);
		status = look_once(call, err);
	}
	return status;
}
