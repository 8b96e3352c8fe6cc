/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "apply/left_over.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/confirm.h"
#include "commands/session_options.h"
#include "deploy/own_path.h"
#include "session/profile_copy.h"
#include "session/workspace.h"
#include "settings/key.h"
#include "settings/value.h"
#include "ui/layout.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

/* `aigenv profile`: the environments of a vault. */

static const struct command command_profile_list, command_profile_show,
	command_profile_copy, command_profile_remove;

const struct command command_profile = {
	.name = "profile",
	.summary = N_("list, show, copy and remove a vault's profiles"),
	.subcommands =
		(const struct command *const[]){
			&command_profile_list,
			&command_profile_show,
			&command_profile_copy,
			&command_profile_remove,
			NULL,
		},
};

static const enum status read_statuses[] = { STATUS_USAGE, STATUS_INVALID,
	STATUS_LOCKED_OUT, STATUS_IO, STATUS_OK };
static const enum status write_statuses[] = { STATUS_USAGE, STATUS_INVALID,
	STATUS_LOCKED_OUT, STATUS_IO, STATUS_BUSY, STATUS_OK };

/* list */

static enum status run_list(struct invocation *call, struct error *err);

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
	size_t index = 0;
	json_t *route = NULL;

	json_array_foreach(json_object_get(settings, "routes"), index, route) {
		const char *name =
			json_string_value(json_object_get(route, "name"));
		buf_printf(out, "%s%s", index ? ", " : "", name ? name : "?");
		json_push_text(names, name ? name : "?");
	}
	return names;
}

static void add_row(
	struct table *table, json_t *list, const char *name, json_t *settings)
{
	SCOPED(buf) struct buf routes = BUF(4096);
	const char *gateway =
		json_string_value(json_object_get(settings, "gateway"));

	json_t *names = list_routes(settings, &routes);
	table_add(table, name);
	table_add(table, gateway ? gateway : "");
	table_add(table, buf_cstring(&routes));
	json_push(list,
		JSON_RECORD(JSON_TEXT("profile", name),
			JSON_TEXT("gateway", gateway ? gateway : ""),
			JSON_VALUE("routes", names)));
}

/*
 * What is wrong with the profile in use is an error; with another one it is
 * said, and its row has the name alone.
 */
static bool view(struct session *session, const char *name, json_t **settings,
	struct error *err)
{
	struct vault_access access = session_access(session);

	if (vault_view_settings(session->vault, name, &access, settings, err))
		return true;
	*settings = NULL;
	if (text_equal_or_null(name, session->profile))
		return false;
	observer_warn(&session->options.observer, "%s", err->what);
	return true;
}

static enum status run_list(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	SCOPED(table) struct table table = TABLE(3);
	SCOPED(buf) struct buf text = BUF(1u << 20);

	if (!session_load(&session, SESSION_READ, err))
		return err->status;
	if (!session_choose(&session, err))
		*err = (struct error){ .status = STATUS_OK };
	JSON_SCOPED json_t *list = json_new_list();
	for (size_t i = 0; i < vault_profile_count(session.vault); i++) {
		const char *name = vault_profile_name(session.vault, i);
		json_t *settings = NULL;
		if (!view(&session, name, &settings, err))
			return err->status;
		add_row(&table, list, name, settings);
	}
	table_render(&table, 0, output_columns(call->output), &text);
	output_marked(call->output, &text);
	output_note(call->output, "%s\n",
		json_array_size(list)
			? "not verified; `aigenv profile show NAME` opens one"
			: "the vault has no profile; `aigenv init` makes one");
	output_json(call->output,
		JSON_RECORD(JSON_VALUE("profiles", json_incref(list))));
	return STATUS_OK;
}

/* show */

static enum status run_show(struct invocation *call, struct error *err);

static const struct command command_profile_show = {
	.name = "show",
	.arguments = "[PROFILE]",
	.summary = N_("routes, base URLs, outputs, secrets' names, recipients"),
	.examples =
		(const struct example[]){
			{ "aigenv profile show staging", NULL },
			{ NULL, NULL },
		},
	.statuses = read_statuses,
	.needs = NEEDS_VAULT | NAMES_PROFILES,
	.most = 1,
	.run = run_show,
};

static json_t *route_json(const struct route *route)
{
	return JSON_RECORD(JSON_TEXT("name", route->name),
		JSON_TEXT("provider", route->provider),
		JSON_TEXT("base_url", route->base_url),
		JSON_TEXT("model", route->model),
		JSON_TEXT("key_env", route->key_env));
}

static void show_routes(
	struct output *output, const struct profile *profile, json_t *document)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < profile->route_count; i++) {
		const struct route *route = &profile->routes[i];
		output_text(output, "%-11s%s · %s%s%s\n           %s\n",
			i ? "" : "routes", route->name, route->model,
			route->key_env ? " · " : "",
			route->key_env ? route->key_env : "", route->base_url);
		json_push(list, route_json(route));
	}
	json_put(document, "routes", list);
}

static void show_outputs(
	struct output *output, const struct profile *profile, json_t *document)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < profile->output_count; i++) {
		const struct profile_output *item = &profile->outputs[i];
		output_text(output, "%-11s%s (%s)\n", i ? "" : "outputs",
			item->path, item->template);
		json_push(list,
			JSON_RECORD(JSON_TEXT("path", item->path),
				JSON_TEXT("template", item->template)));
	}
	json_put(document, "outputs", list);
}

static void show_vars(
	struct output *output, const struct profile *profile, json_t *document)
{
	const char *name = NULL;
	json_t *value = NULL;
	bool first = true;

	json_object_foreach(profile->vars, name, value) {
		SCOPED(buf) struct buf text = BUF(65536);
		settings_format_line(value, &text);
		output_text(output, "%-11s%s=%s\n", first ? "vars" : "", name,
			buf_cstring(&text));
		first = false;
	}
	json_put(document, "vars",
		profile->vars ? json_incref(profile->vars) : json_new_object());
}

static void show_secrets(
	struct output *output, const struct opened *opened, json_t *document)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < opened_secret_count(opened); i++) {
		struct secret_info info;
		opened_secret_info(opened, i, &info);
		output_text(output, _("%-11s%s, set %s\n"), i ? "" : "secrets",
			info.name, info.at);
		json_push(list,
			JSON_RECORD(JSON_TEXT("name", info.name),
				JSON_TEXT("at", info.at)));
	}
	json_put(document, "secrets", list);
}

static void show_recipients(
	struct output *output, const struct opened *opened, json_t *document)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < opened_recipient_count(opened); i++) {
		struct recipient_info info;
		opened_recipient_info(opened, i, &info);
		output_text(output, "%-11s%s (%s)\n", i ? "" : "recipients",
			info.name, info.writer ? "writer" : "reader");
		json_push(list,
			JSON_RECORD(JSON_TEXT("name", info.name),
				JSON_FLAG("writer", info.writer)));
	}
	json_put(document, "recipients", list);
}

static void show_head(struct output *output, const struct profile *profile,
	const struct opened *opened, json_t *document)
{
	output_text(output, _("%-11s%s, generation %lld\n"), "profile",
		profile->name, (long long)opened_generation(opened));
	output_text(output, "%-11s%s\n", "account", profile->account_id);
	output_text(output, "%-11s%s\n", "gateway", profile->gateway);
	if (profile->pm2.app)
		output_text(output, "%-11s%s\n", "pm2", profile->pm2.app);
	(void)json_object_update_new(document,
		JSON_RECORD(JSON_TEXT("profile", profile->name),
			JSON_NUMBER("generation",
				(json_int_t)opened_generation(opened)),
			JSON_TEXT("account_id", profile->account_id),
			JSON_TEXT("gateway", profile->gateway),
			JSON_TEXT("pm2_app", profile->pm2.app)));
}

/* A profile named as an argument is as good as one by -p. */
static bool open_named(
	struct workspace *workspace, struct invocation *call, struct error *err)
{
	struct session *session = &workspace->session;

	if (!call->argument_count)
		return workspace_open(workspace, SESSION_READ, err);
	if (!session_load(session, SESSION_READ, err) ||
		!session_open_profile(
			session, call->arguments[0], &session->opened, err))
		return false;
	return profile_from_settings(&workspace->profile, call->arguments[0],
		opened_settings(session->opened), err);
}

static enum status run_show(struct invocation *call, struct error *err)
{
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));
	const struct opened *opened = NULL;

	if (!open_named(&workspace, call, err))
		return err->status;
	json_t *document = json_new_object();
	opened = workspace.session.opened;
	show_head(call->output, &workspace.profile, opened, document);
	show_routes(call->output, &workspace.profile, document);
	show_outputs(call->output, &workspace.profile, document);
	show_vars(call->output, &workspace.profile, document);
	show_secrets(call->output, opened, document);
	show_recipients(call->output, opened, document);
	output_json(call->output, document);
	return STATUS_OK;
}

/* copy */

static enum status run_copy(struct invocation *call, struct error *err);

static const struct command command_profile_copy = {
	.name = "copy",
	.arguments = "FROM TO",
	.summary = N_("copy settings and secrets under a new data key"),
	.description = N_("Only you can open the copy, until you share it."),
	.examples =
		(const struct example[]){
			{ "aigenv profile copy production staging", NULL },
			{ NULL, NULL },
		},
	.statuses = write_statuses,
	.needs = NEEDS_VAULT | NAMES_PROFILES,
	.least = 2,
	.most = 2,
	.run = run_copy,
};

/* The copy writes the same files, until it is given others. */
static void tell_shared_files(const struct invocation *call,
	const struct session *session, const char *to)
{
	SCOPED(buf) struct buf paths = BUF(4096);
	SCOPED(buf) struct buf settings = BUF(8192);
	struct profile profile;
	struct error ignored;

	if (!profile_from_settings(&profile, session->profile,
		    opened_settings(session->opened), &ignored))
		return;
	for (size_t i = 0; i < profile.output_count; i++) {
		const char *path = profile.outputs[i].path;
		buf_printf(&paths, "%s%s", i ? ", " : "", path);
		buf_byte(&settings, ' ');
		own_path_setting(i, path, to, &settings);
	}
	profile_release(&profile);
	output_note(call->output,
		_("Both profiles write the same files here: %s. To give the "
		  "copy files of its own: `aigenv config set -p %s%s`\n"),
		buf_cstring(&paths), to, buf_cstring(&settings));
}

static enum status run_copy(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	const char *from = call->arguments[0];
	const char *to = call->arguments[1];

	if (!session_load(&session, SESSION_USE, err) ||
		!session_copy_profile(&session, from, to, err))
		return err->status;
	output_note(call->output,
		STYLE_GOOD "✓" STYLE_END
			   " %s copied to %s, with a new data key; you alone "
			   "can open it\n",
		from, to);
	tell_shared_files(call, &session, to);
	output_json(call->output,
		JSON_RECORD(JSON_TEXT("from", from), JSON_TEXT("profile", to)));
	return STATUS_OK;
}

/* remove */

struct remove_values {
	bool yes;
};

static enum status run_remove(struct invocation *call, struct error *err);

static const struct command command_profile_remove = {
	.name = "remove",
	.arguments = "PROFILE",
	.summary = N_("take a profile out of the vault"),
	.description =
		N_("Git keeps what was committed: rotate its secrets at "
		   "their providers if they are not to be used any more. "
		   "Asks first; --yes where nobody can be asked."),
	.options =
		(const struct option[]){
			{ .name = "yes",
				.type = OPTION_FLAG,
				.offset = offsetof(struct remove_values, yes),
				.help = N_("do not ask") },
			{ .name = NULL },
		},
	.values_size = sizeof(struct remove_values),
	.examples =
		(const struct example[]){
			{ "aigenv profile remove alice-dev --yes",
				N_("in a script") },
			{ NULL, NULL },
		},
	.statuses = write_statuses,
	.needs = NEEDS_VAULT | NAMES_PROFILES,
	.least = 1,
	.most = 1,
	.run = run_remove,
};

static enum status confirm_removal(const struct invocation *call,
	const struct session *session, struct error *err)
{
	static const struct prompt_question question = {
		.text = "Remove the profile with its settings and secrets?",
		.help = N_(
			"Only git brings them back, where they were committed. "
			"Files that it rendered stay."),
		.first = true,
	};
	char refusal[256];

	(void)snprintf(refusal, sizeof(refusal),
		"profile %s would be removed with its settings and %zu "
		"secrets",
		session->profile, opened_secret_count(session->opened));
	return confirm(call, COMMAND_VALUES(remove_values, call)->yes,
		&question, refusal, err);
}

/* What was rendered for it stays, and nothing else will name it again. */
static void tell_removed(const struct invocation *call, const char *name,
	const struct session *session, json_t *left)
{
	size_t index = 0;
	json_t *path = NULL;

	output_note(call->output,
		STYLE_GOOD "✓" STYLE_END " %s removed from %s\n", name,
		session->path);
	json_array_foreach(left, index, path) {
		output_note(call->output,
			_("%s is still there, with what was rendered for it: "
			  "remove it if it is not used any more\n"),
			json_string_value(path));
	}
}

static enum status run_remove(struct invocation *call, struct error *err)
{
	SCOPED(session) struct session session = SESSION(session_options(call));
	const char *name = call->arguments[0];

	if (!session_load(&session, SESSION_CHANGE, err))
		return err->status;
	session_name_profile(&session, name);
	if (!session_open_profile(&session, name, &session.opened, err))
		return err->status;
	enum status agreed = confirm_removal(call, &session, err);
	if (agreed != STATUS_OK)
		return agreed;
	if (!session_begin_change(&session, err))
		return err->status;
	JSON_SCOPED json_t *left =
		left_over_paths(session.opened, NULL, session.vault);
	vault_close(session.opened);
	session.opened = NULL;
	if (!vault_remove_profile(session.vault, name, err) ||
		!session_save(&session, err))
		return err->status;
	tell_removed(call, name, &session, left);
	output_json(call->output, JSON_RECORD(JSON_TEXT("removed", name)));
	return STATUS_OK;
}
