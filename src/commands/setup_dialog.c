/* SPDX-License-Identifier: MIT */
#include "commands/setup_dialog.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "os/file.h"
#include "ui/layout.h"
#include "ui/prompt.h"
#include "wizard/wizard.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A path as a person reads it: from the current folder, or from ~. */
static char *shown_path(const char *path)
{
	char *here = getcwd(NULL, 0);
	const char *home = getenv("HOME");
	const char *rest = NULL;
	const char *sign = "";

	if (here && text_starts_with(path, here) && path[strlen(here)] == '/')
		rest = path + strlen(here) + 1;
	free(here);
	if (!rest && home && *home && text_starts_with(path, home) &&
		path[strlen(home)] == '/') {
		rest = path + strlen(home);
		sign = "~";
	}
	return memory_printf("%s%s", sign, rest ? rest : path);
}

/* Names of the secrets that the profile has, ended by NULL; the array is
 * owned, its names are not. */
static const char **present_names(const struct opened *opened)
{
	size_t count = opened ? opened_secret_count(opened) : 0;
	const char **names = memory_array(count + 1, sizeof(*names));

	for (size_t i = 0; i < count; i++) {
		struct secret_info info;
		opened_secret_info(opened, i, &info);
		names[i] = info.name;
	}
	return names;
}

bool setup_ask(const struct invocation *call, const struct setup *setup,
	struct error *err)
{
	const struct session *session = &setup->workspace.session;
	const char **names = present_names(session->opened);
	char *vault_path = shown_path(session->path);
	const struct wizard wizard = {
		.profile = session->profile,
		.vault_path = vault_path,
		.vault_is_new = setup->vault_is_new,
		.present = setup_present_settings(setup),
		.present_secrets = names,
		.directory = vault_directory(session->vault),
		.no_color = call->global->no_color,
	};

	output_flush(call->output);
	bool ok = wizard_ask(&wizard, setup->answers, err);
	free(names);
	free(vault_path);
	return ok;
}

static void add_change(struct table *table, const struct change *change)
{
	static const char *const signs[] = {
		[CHANGE_ADDED] = "+",
		[CHANGE_CHANGED] = "~",
		[CHANGE_REMOVED] = "-",
	};
	const char *before = change->before ? change->before : "";
	const char *after = change->after ? change->after : "";
	char *value = memory_printf("%s%s%s", before,
		change->before && change->after ? " → " : "", after);

	table_add(table, signs[change->kind]);
	table_add(table, change->name);
	table_add(table, value);
	free(value);
}

/* Each variable that becomes another one, masked where it is secret. */
static void say_changes(struct prompt *prompt, const struct plan *plan)
{
	SCOPED(table) struct table table = TABLE(3);
	SCOPED(buf) struct buf shown = BUF(1 << 20);

	for (size_t i = 0; i < plan->count; i++) {
		for (size_t j = 0; j < plan->outputs[i].change_count; j++)
			add_change(&table, &plan->outputs[i].changes[j]);
	}
	table_render(&table, 2, prompt_columns(prompt), &shown);
	prompt_say(
		prompt, "\n%s%s", buf_cstring(&shown), shown.size ? "\n" : "");
}

/* "new, 3 variables", "changed, 1 variable; all else in it stays" */
static char *describe_output(const struct rendered *file)
{
	size_t count = file->change_count;

	if (!file->changed)
		return memory_text("unchanged");
	if (!count)
		return memory_text(file->exists ? "changed" : "new");
	return memory_printf("%s, %zu variable%s%s",
		file->exists ? "changed" : "new", count, count == 1 ? "" : "s",
		file->exists ? "; all else in it stays" : "");
}

static void add_file(struct table *table, const char *path, const char *what)
{
	table_add(table, path);
	table_add(table, what);
}

static void add_vault(struct table *table, const struct setup *setup)
{
	struct error ignored;
	char *identity = identity_path(&ignored);
	char *shown = shown_path(setup->workspace.session.path);
	char *shown_identity = identity ? shown_path(identity) : NULL;

	add_file(table, shown,
		setup->vault_is_new
			? "new; safe to commit, readable by you alone"
			: setup_changes_vault(setup) ? "changed"
						     : "unchanged");
	if (identity && !file_exists(identity))
		add_file(table, shown_identity,
			"new; keep a copy, it is the only key");
	free(shown_identity);
	free(shown);
	free(identity);
}

static void say_files(struct prompt *prompt, const struct setup *setup,
	const struct plan *plan)
{
	SCOPED(table) struct table table = TABLE(2);
	SCOPED(buf) struct buf shown = BUF(1 << 20);

	for (size_t i = 0; i < plan->count; i++) {
		char *what = describe_output(&plan->outputs[i]);
		add_file(&table, plan->outputs[i].output->path, what);
		free(what);
	}
	add_vault(&table, setup);
	table_render(&table, 2, prompt_columns(prompt), &shown);
	prompt_say(prompt, "%s", buf_cstring(&shown));
}

static bool ask_to_go_on(struct prompt *prompt, bool *yes, struct error *err)
{
	static const struct prompt_question question = {
		.text = "Go on?",
		.help = N_(
			"Yes writes the vault, makes a test call, and only if "
			"that passes writes the app's files. No leaves "
			"everything as it is; `aigenv init` asks again."),
	};

	for (;;) {
		enum prompt_outcome outcome = PROMPT_ANSWER;
		if (!prompt_confirm(
			    prompt, &question, true, &outcome, yes, err))
			return false;
		if (outcome != PROMPT_BACK)
			return true;
		prompt_say(prompt,
			_("  the questions are over; n writes nothing, and "
			  "`aigenv init` asks again\n"));
	}
}

enum status setup_confirm(const struct invocation *call,
	const struct setup *setup, const struct deployment *deployment,
	struct error *err)
{
	struct prompt *prompt = NULL;
	bool yes = false;

	output_flush(call->output);
	if (!prompt_open(&prompt, call->global->no_color, err))
		return err->status;
	say_changes(prompt, &deployment->plan);
	say_files(prompt, setup, &deployment->plan);
	bool ok = ask_to_go_on(prompt, &yes, err);
	prompt_close(prompt);
	if (!ok)
		return err->status;
	if (yes)
		return STATUS_OK;
	output_note(call->output, _("Nothing was written.\n"));
	return STATUS_FOUND;
}
