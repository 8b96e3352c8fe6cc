/* SPDX-License-Identifier: MIT */
/* What would be written, and what was. */
#include "commands/conversation/conversation_internal.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "cli/output.h"
#include "git/drivers.h"
#include "git/gitignore.h"
#include "os/directory.h"
#include "os/file.h"
#include "os/home.h"
#include "ui/layout.h"
#include "ui/prompt.h"

static void add_change(struct table *table, const struct change *change)
{
	static const char *const signs[] = {
		[CHANGE_ADDED] = "+",
		[CHANGE_CHANGED] = "~",
		[CHANGE_REMOVED] = "-",
	};
	const char *before = change->before ? change->before : "";
	const char *after = change->after ? change->after : "";
	OWNED char *value = memory_printf("%s%s%s", before,
		change->before && change->after ? " → " : "", after);

	TABLE_ROW(table, signs[change->kind], change->name, value);
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
		return memory_text(_("unchanged"));
	if (!count)
		return memory_text(file->exists ? _("changed") : _("new"));
	if (!file->exists)
		return memory_printf(ngettext("new, %zu variable",
					     "new, %zu variables", count),
			count);
	return memory_printf(
		ngettext("changed, %zu variable; all else in it stays",
			"changed, %zu variables; all else in it stays", count),
		count);
}

/* "a, b" of a list that ends with NULL */
static void join(char *const *lines, struct buf *out)
{
	for (size_t i = 0; lines[i]; i++)
		buf_listed(out, lines[i]);
}

static void add_vault(struct table *table, const struct setup *setup)
{
	struct error ignored;
	OWNED char *identity = identity_path(&ignored);
	OWNED char *shown = path_shown(setup->workspace.session.path);
	OWNED char *shown_identity = identity ? path_shown(identity) : NULL;

	TABLE_ROW(table, shown,
		setup->vault_is_new
			? _("new; safe to commit, and only you can open it")
			: setup_changes_vault(setup) ? _("changed")
						     : _("unchanged"));
	if (identity && !file_exists(identity))
		TABLE_ROW(table, shown_identity,
			_("new; keep a copy, it is the only key"));
}

/* "+ .env, *.aigenv-*" */
static void add_gitignore(struct table *table, const struct conversation *talk)
{
	SCOPED(buf) struct buf lines = BUF(65536);

	if (!talk->ignores)
		return;
	join(talk->ignored, &lines);
	OWNED char *added = memory_printf("+ %s", buf_cstring(&lines));
	TABLE_ROW(table, GITIGNORE_FILE, added);
}

/* "+ aigenv.json diff=aigenv ...", and the settings' names */
static void add_drivers(struct table *table, const struct conversation *talk)
{
	SCOPED(buf) struct buf keys = BUF(65536);
	OWNED char *line =
		git_drivers_line(talk->setup->workspace.session.path);
	OWNED char *added = memory_printf("+ %s", line);

	for (const struct git_setting *setting = git_driver_settings;
		talk->drivers && setting->key; setting++)
		buf_printf(
			&keys, "%s%s", keys.size ? ", " : "+ ", setting->key);
	if (talk->drivers) {
		TABLE_ROW(table, GITATTRIBUTES_FILE, added);
		TABLE_ROW(table, _("git config"), buf_cstring(&keys));
	}
}

static void say_files(const struct conversation *talk)
{
	const struct plan *plan = &talk->deployment.plan;
	SCOPED(table) struct table table = TABLE(2);
	SCOPED(buf) struct buf shown = BUF(1 << 20);

	for (size_t i = 0; i < plan->count; i++) {
		OWNED char *what = describe_output(&plan->outputs[i]);
		TABLE_ROW(&table, plan->outputs[i].output->path, what);
	}
	add_gitignore(&table, talk);
	add_drivers(&table, talk);
	add_vault(&table, talk->setup);
	table_render(&table, 2, prompt_columns(talk->prompt), &shown);
	prompt_say(talk->prompt, "%s", buf_cstring(&shown));
}

static bool find_ignored(struct conversation *talk)
{
	struct exposure exposure;

	if (talk->ignored)
		exposure_lines_free(talk->ignored);
	exposure_find(&talk->deployment.plan, &talk->setup->workspace.variables,
		&exposure);
	talk->ignored = exposure_lines(&exposure);
	talk->ignores = false;
	return talk->ignored[0] && gitignore_counts(talk->directory);
}

static bool ask_to_ignore(struct conversation *talk,
	enum prompt_outcome *outcome, struct error *err)
{
	SCOPED(buf) struct buf lines = BUF(65536);

	join(talk->ignored, &lines);
	OWNED char *text = memory_printf(
		_("Add %s to .gitignore, so that git takes no secret in?"),
		buf_cstring(&lines));
	const struct prompt_question question = {
		.text = text,
		.help = _("These files hold keys, and `git add .` would take "
			  "them in: whoever sees the repository has the keys "
			  "then. The lines go to the end of the .gitignore in "
			  "the vault's folder; all else in it stays as it is."),
	};
	return prompt_confirm(
		talk->prompt, &question, true, outcome, &talk->ignores, err);
}

static bool ask_to_go_on(struct conversation *talk,
	enum prompt_outcome *outcome, struct error *err)
{
	const struct prompt_question question = {
		.text = _("Go on?"),
		.help = _("Yes writes the vault, and .gitignore where you "
			  "said so, then makes a test call, and only if that "
			  "passes writes the app's files. No leaves everything "
			  "as it is; < goes back to change an answer."),
	};

	say_changes(talk->prompt, &talk->deployment.plan);
	say_files(talk);
	return prompt_confirm(
		talk->prompt, &question, true, outcome, &talk->goes_on, err);
}

static enum next_step leave(struct conversation *talk, enum status *status)
{
	output_note(talk->call->output,
		talk->saved ? _("The vault keeps what you gave before; nothing "
				"else was written.\n")
			    : _("Nothing was written.\n"));
	*status = STATUS_FOUND;
	return NEXT_OVER;
}

typedef bool ask_step(struct conversation *talk, enum prompt_outcome *outcome,
	struct error *err);

enum next_step summary_ask(
	struct conversation *talk, enum status *status, struct error *err)
{
	const struct {
		ask_step *ask;
		bool applies;
	} steps[] = {
		{ ask_to_ignore, find_ignored(talk) },
		{ git_ask_for_drivers, git_offers_drivers(talk) },
		{ ask_to_go_on, true },
	};
	size_t at = 0;

	output_flush(talk->call->output);
	while (at < ARRAY_SIZE(steps)) {
		enum prompt_outcome outcome = PROMPT_ANSWER;
		if (steps[at].applies && !steps[at].ask(talk, &outcome, err))
			return conversation_over(talk, status, err);
		if (outcome != PROMPT_BACK) {
			at++;
			continue;
		}
		do {
			if (at == 0)
				return NEXT_BACK;
			at--;
		} while (!steps[at].applies);
	}
	return talk->goes_on ? NEXT_WRITE : leave(talk, status);
}

/* A file that this run has changed, or one before it that was stopped. */
static void list_one(
	struct buf *list, const char *shown, const char *path, bool changed)
{
	if (changed || git_has_changes(path))
		buf_listed(list, shown);
}

static void list_to_commit(const struct conversation *talk, struct buf *list)
{
	const struct plan *plan = &talk->deployment.plan;
	OWNED char *ignore = path_join(talk->directory, GITIGNORE_FILE);
	OWNED char *attributes = path_join(talk->directory, GITATTRIBUTES_FILE);

	list_one(list, talk->vault_path, talk->setup->workspace.session.path,
		talk->vault_was_changed);
	list_one(list, GITIGNORE_FILE, ignore, talk->ignored_written);
	if (talk->drivers_written)
		list_one(list, GITATTRIBUTES_FILE, attributes, true);
	for (size_t i = 0; i < plan->count; i++) {
		const struct rendered *file = &plan->outputs[i];
		if (file->builtin && !file->builtin->edits)
			list_one(list, file->output->path, file->path,
				file->changed);
	}
}

static void say_to_commit(const struct conversation *talk)
{
	struct output *output = talk->call->output;
	SCOPED(buf) struct buf list = BUF(65536);

	list_to_commit(talk, &list);
	if (list.size == 0)
		return;
	output_note(output, _("Commit %s.\n"), buf_cstring(&list));
	if (git_look(talk->setup->workspace.session.path) == GIT_IGNORES)
		output_warning(output,
			_("git ignores %s: commit it with `git add -f`.\n"),
			talk->vault_path);
}

void farewell(const struct conversation *talk)
{
	const struct session *session = &talk->setup->workspace.session;
	OWNED char *identity = path_shown(session->identity.path);

	output_note(talk->call->output, "\n");
	say_to_commit(talk);
	if (talk->identity_was_made || talk->vault_was_new)
		output_note(talk->call->output,
			_("Keep a copy of %s: it is the only key to profile "
			  "%s.\n"),
			identity, session->profile);
}
