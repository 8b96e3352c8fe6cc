/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json.h"
#include "cli/output.h"
#include "commands/confirm.h"
#include "commands/session_options.h"
#include "deploy/shared_app.h"
#include "profile/profile.h"
#include "session/profiles.h"
#include "session/view.h"
#include "ui/layout.h"

#include <stddef.h>
#include <stdio.h>

/* `aigenv profile`: the environments of a vault. */

static const struct command command_profile_list, command_profile_copy,
	command_profile_remove;
static run_command run_list, run_copy, run_remove;

const struct command command_profile = {
	.name = "profile",
	.summary = N_("list, show, copy and remove a vault's profiles"),
	.subcommands = SUBCOMMANDS(&command_profile_list, &command_profile_show,
		&command_profile_copy, &command_profile_remove),
};

/* list */

static const struct command command_profile_list = {
	.name = "list",
	.summary = N_("list all profiles"),
	.statuses = read_statuses,
	.needs = NEEDS_VAULT | NAMES_PROFILES,
	.run = run_list,
};

/* Names of routes in settings that nobody has verified: "mimo, openai". */
static json_t *list_routes(json_t *settings, struct buf *out)
{
	json_t *names = json_new_list();

	JSON_EACH(route, json_object_get(settings, "routes")) {
		const char *name = json_text(route.value, "name");
		buf_listed(out, name ? name : "?");
		json_push_text(names, name ? name : "?");
	}
	return names;
}

static void add_row(
	struct table *table, json_t *list, const char *name, json_t *settings)
{
	SCOPED(buf) struct buf routes = BUF(4096);
	const char *gateway = json_text(settings, "gateway");

	json_t *names = list_routes(settings, &routes);
	TABLE_ROW(table, name, gateway ? gateway : "", buf_cstring(&routes));
	json_push(list,
		json_build("{profile:%s, gateway:%s, routes:%o}", name,
			gateway ? gateway : "", names));
}

/* The chosen one may be a slip: the vault does not have to have it. */
static const char *one_to_show(const struct session *session)
{
	const char *chosen = session->profile;

	return chosen && vault_has_profile(session->vault, chosen)
		? chosen
		: vault_profile_name(session->vault, 0);
}

static enum status run_list(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	SCOPED(table) struct table table = TABLE(3);

	if (!session_load(&session, SESSION_READ, err))
		return err->status;
	/* The list is of all of them: which one is chosen, and why, is nothing
	 * to be told. */
	const struct observer observer = session.options.observer;
	session.options.observer.note = NULL;
	if (!session_choose(&session, err))
		*err = (struct error){ .status = STATUS_OK };
	session.options.observer = observer;
	JSON_SCOPED json_t *list = json_new_list();
	for (size_t i = 0; i < vault_profile_count(session.vault); i++) {
		const char *name = vault_profile_name(session.vault, i);
		json_t *settings = NULL;
		if (!view_profile(&session, name, &settings, err))
			return err->status;
		add_row(&table, list, name, settings);
	}
	output_table(call->output, &table, 0);
	if (json_array_size(list))
		output_note(call->output,
			_("No profile was opened for this list; `aigenv "
			  "profile show %s` opens one.\n"),
			one_to_show(&session));
	else
		output_note(call->output,
			_("The vault has no profile; `aigenv init` makes "
			  "one.\n"));
	output_json(call->output, json_build("{profiles:%O}", list));
	return STATUS_OK;
}

/* copy */

static const struct command command_profile_copy = {
	.name = "copy",
	.arguments = "FROM TO",
	.summary = N_("copy settings and secrets under a new data key"),
	.description = N_("Only you can open the copy, until you share it."),
	.examples =
		EXAMPLES({ "aigenv profile copy production staging", NULL }),
	.statuses = change_statuses,
	.needs = NEEDS_VAULT | NAMES_PROFILES,
	.least = 2,
	.most = 2,
	.run = run_copy,
};

/* `paths`: of all outputs; `settings`: what gives the copy others. */
static void list_files(const struct profile *profile, const char *to,
	struct buf *paths, struct buf *settings)
{
	for (size_t i = 0; i < profile->output_count; i++) {
		const char *path = profile->outputs[i].path;
		buf_listed(paths, path);
		buf_byte(settings, ' ');
		own_path_setting(i, path, to, settings);
	}
}

/* The copy writes the same files and restarts the same app, until it is given
 * others. */
static void tell_shared(const struct invocation *call,
	const struct session *session, const char *to)
{
	SCOPED(buf) struct buf paths = BUF(4096);
	SCOPED(buf) struct buf files = BUF(8192);
	SCOPED(buf) struct buf app = BUF(8192);
	SCOPED(profile) struct profile profile = { 0 };
	struct error ignored;

	if (!profile_from_settings(&profile, session->profile,
		    opened_settings(session->opened), &ignored))
		return;
	list_files(&profile, to, &paths, &files);
	own_app_setting(&profile, to, &app);
	if (app.size)
		output_note(call->output,
			_("Both profiles write the same files here, %s, and "
			  "restart the same app in PM2, %s. To give the copy "
			  "its own: `aigenv config set -p %s%s%s`\n"),
			buf_cstring(&paths), profile.pm2.app, to,
			buf_cstring(&files), buf_cstring(&app));
	else
		output_note(call->output,
			_("Both profiles write the same files here: %s. To "
			  "give the copy files of its own: `aigenv config set "
			  "-p %s%s`\n"),
			buf_cstring(&paths), to, buf_cstring(&files));
	if (!app.size && profile.pm2.app)
		output_note(call->output,
			_("Both restart the same app in PM2, %s, which is not "
			  "of aigenv's making: the copy's own has to be made "
			  "before `pm2.app` can name it\n"),
			profile.pm2.app);
}

static enum status run_copy(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	const char *from = call->arguments[0];
	const char *to = call->arguments[1];

	if (!session_load(&session, SESSION_USE, err) ||
		!session_copy_profile(&session, from, to, err))
		return err->status;
	output_done(call->output,
		_("%s was copied to %s, with a new data key; only you can open "
		  "the copy"),
		from, to);
	tell_shared(call, &session, to);
	output_json(
		call->output, json_build("{from:%s, profile:%s}", from, to));
	return STATUS_OK;
}

/* remove */

struct remove_values {
	bool yes;
};

static const struct command command_profile_remove = {
	.name = "remove",
	.arguments = "PROFILE",
	.summary = N_("take a profile out of the vault"),
	.description = N_("Git keeps what was committed: revoke its secrets at "
			  "their providers if they must not be used any more. "
			  "Asks first; where it cannot ask, --yes is needed."),
	OPTIONS(remove_values,
		OPTION(remove_values, yes, "yes", .help = N_("do not ask"))),
	.examples = EXAMPLES(
		{ "aigenv profile remove alice-dev --yes", N_("in a script") }),
	.statuses = change_statuses,
	.needs = NEEDS_VAULT | NAMES_PROFILES,
	.least = 1,
	.most = 1,
	.run = run_remove,
};

static enum status confirm_removal(const struct invocation *call,
	const struct session *session, struct error *err)
{
	const struct prompt_question question = {
		.text = _("Remove the profile with its settings and secrets?"),
		.help = _("Only git can bring them back, if they were "
			  "committed. Files that were rendered for it stay."),
		.first = true,
	};
	char refusal[256];

	(void)snprintf(refusal, sizeof(refusal),
		ngettext("profile %s would be removed with its settings and "
			 "%zu secret",
			"profile %s would be removed with its settings and %zu "
			"secrets",
			opened_secret_count(session->opened)),
		session->profile, opened_secret_count(session->opened));
	return confirm(call, COMMAND_VALUES(remove_values, call)->yes,
		&question, refusal, err);
}

/* What was rendered for it stays, and nothing else will name it again. */
static void tell_removed(const struct invocation *call, const char *name,
	const struct session *session, json_t *left)
{
	output_done(
		call->output, _("%s was removed from %s"), name, session->path);
	JSON_EACH(path, left)
		output_note(call->output,
			_("%s is still there, with what was rendered for it: "
			  "remove it if nothing uses it any more\n"),
			json_string_value(path.value));
}

static enum status run_remove(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	const char *name = call->arguments[0];
	json_t *left = NULL;

	if (!session_load(&session, SESSION_CHANGE, err) ||
		!session_open_for_removal(&session, name, err))
		return err->status;
	enum status agreed = confirm_removal(call, &session, err);
	if (agreed != STATUS_OK)
		return agreed;
	if (!session_remove_profile(&session, &left, err))
		return err->status;
	tell_removed(call, name, &session, left);
	json_decref(left);
	output_json(call->output, json_build("{removed:%s}", name));
	return STATUS_OK;
}
