/* SPDX-License-Identifier: MIT */
#include "commands/check/check_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "deploy/spill.h"
#include "git/files.h"
#include "leaks/leaks.h"
#include "live/live.h"
#include "os/home.h"
#include "vault/versions.h"

#include <stdlib.h>
#include <string.h>

static const enum rule_id rules[] = {
	[LEAK_TRACKED] = RULE_LEAK_TRACKED,
	[LEAK_INDEXED] = RULE_LEAK_TRACKED,
	[LEAK_SKIPPED] = RULE_LEAK_TRACKED,
	[LEAK_LAST_COMMIT] = RULE_LEAK_COMMITTED,
	[LEAK_UNTRACKED] = RULE_LEAK_UNTRACKED,
	[LEAK_BUILT] = RULE_LEAK_BUILT,
	[LEAK_STAGED] = RULE_LEAK_STAGED,
	[LEAK_SHELL] = RULE_LEAK_SHELL,
	[LEAK_COMMITTED] = RULE_LEAK_COMMITTED,
	[LEAK_NAMED] = RULE_LEAK_NAMED,
	[LEAK_MESSAGE] = RULE_LEAK_MESSAGE,
	[LEAK_TAG] = RULE_LEAK_MESSAGE,
	[LEAK_NOTE] = RULE_LEAK_COMMITTED,
	[LEAK_REF] = RULE_LEAK_NAMED,
	[LEAK_SETTING] = RULE_LEAK_LOCAL,
	[LEAK_REFLOG] = RULE_LEAK_LOCAL,
	[LEAK_HELD] = RULE_LEAK_COMMITTED,
	[LEAK_LOOSE] = RULE_LEAK_LOOSE,
	[LEAK_UNPLACED] = RULE_LEAK_COMMITTED,
};

static const char *const spelt[] = {
	[SPELT_PLAIN] = N_("the value of %s is here"),
	[SPELT_JSON] = N_("the value of %s is here, as JSON spells it"),
	[SPELT_URL] = N_("the value of %s is here, as a URL spells it"),
	[SPELT_BASE64] = N_("the value of %s is here as Base64"),
	[SPELT_UTF16] = N_("the value of %s is here, in UTF-16"),
};

/* A value that is looked for; its number is the needle's tag. */
struct value {
	const char *name; /* borrowed from the vault */
	enum secret_slot slot;
};

struct looking {
	struct check *check;
	struct needles *needles; /* owned */
	struct value *values;    /* owned */
	size_t count;
};

/* Owned. */
static char *value_shown(const struct value *value)
{
	return value->slot == SLOT_PREVIOUS
		? memory_printf(_("%s (its previous value)"), value->name)
		: value->slot == SLOT_PENDING
		? memory_printf(_("%s (its next value)"), value->name)
		: memory_text(value->name);
}

/* `shown` is the ref's full name, masked. Owned. */
static char *message_of_ref(const char *shown, const char *name)
{
	static const struct {
		const char *folder, *sentence;
	} kinds[] = {
		{ "refs/heads/",
			N_("the value of %s is in the name of branch %s") },
		{ "refs/tags/",
			N_("the value of %s is in the name of tag %s") },
		{ "", N_("the value of %s is in the name of ref %s") },
	};
	size_t kind = 0;

	while (!text_starts_with(shown, kinds[kind].folder))
		kind++;
	return i18n_filled(_(kinds[kind].sentence), name,
		shown + strlen(kinds[kind].folder));
}

/* Owned. */
static char *message_of_commits(
	const struct leak *leak, const char *commit, const char *name)
{
	if (leak->more == 0)
		return memory_printf(_("the value of %s is in commit %s "
				       "itself: in its message or in the "
				       "name of who made it"),
			name, commit);
	return memory_printf(_("the value of %s is in commit %s itself and in "
			       "later ones (%zu): in the message or in the "
			       "name of who made it"),
		name, commit, leak->more);
}

/* Owned. */
static char *message_of_name(
	const struct leak *leak, const char *commit, const char *name)
{
	return *leak->commit
		? memory_printf(_("the value of %s is in this name, which "
				  "git's history has since commit %s"),
			  name, commit)
		: memory_printf(_("the value of %s is in this name, which git "
				  "has"),
			  name);
}

/* Owned. */
static char *message_of_note(
	const struct leak *leak, const char *commit, const char *name)
{
	return memory_printf(_("the value of %s is in a note of `git notes`, "
			       "about object %.12s, since commit %s"),
		name, leak->path, commit);
}

/* Anybody may write a commit by hand, with a date that is none. Owned. */
static char *commit_shown(const struct leak *leak)
{
	return *leak->date
		? memory_printf(_("%.12s of %s"), leak->commit, leak->date)
		: memory_printf(_("%.12s (without a date)"), leak->commit);
}

/* Owned. */
static char *message_of_objects(const struct leak *leak, const char *name)
{
	static const struct {
		const char *one, *several;
	} sentences[] = {
		[LEAK_HELD] = { N_("the value of %s is in object %s, which a "
				   "branch, a tag, a reflog or another work "
				   "tree leads to"),
			N_("the value of %s is in several objects, %s among "
			   "them, which a branch, a tag, a reflog or another "
			   "work tree leads to") },
		[LEAK_LOOSE] = { N_("the value of %s is in object %s, which no "
				    "commit, branch or tag has"),
			N_("the value of %s is in several objects, %s among "
			   "them, which no commit, branch or tag has") },
		[LEAK_UNPLACED] = { N_("the value of %s is in object %s, and "
				       "whether a commit has it cannot be told "
				       "here"),
			N_("the value of %s is in several objects, %s among "
			   "them, and whether a commit has them cannot be told "
			   "here") },
	};
	const char *sentence = leak->more ? sentences[leak->place].several
					  : sentences[leak->place].one;
	OWNED char *id = memory_printf("%.12s", leak->path);

	return i18n_filled(_(sentence), name, id);
}

/* Of what git has stored; NULL: it is no such place. Owned. */
static char *message_of_stored(const struct leak *leak, const char *shown,
	const char *commit, const char *name)
{
	static const char *const sentences[] = {
		[LEAK_COMMITTED] = N_("the value of %s is in git's history "
				      "since commit %s"),
		[LEAK_TAG] = N_("the value of %s is in the text of tag %s, or "
				"in the name of who made it"),
		[LEAK_SETTING] = N_("the value of %s is in setting %s of this "
				    "repository, which no clone gets"),
		[LEAK_REFLOG] = N_("the value of %s is in the reflog of %s, "
				   "which no clone gets"),
		[LEAK_INDEXED] = N_("the value of %s is in this file as git's "
				    "index has it, not as it is on disk"),
		[LEAK_SKIPPED] = N_("the value of %s is in this file as git's "
				    "index has it, not as it is on disk"),
		[LEAK_LAST_COMMIT] = N_("the value of %s is in this file as "
					"the last commit has it"),
	};

	switch (leak->place) {
	case LEAK_NAMED:
		return message_of_name(leak, commit, name);
	case LEAK_MESSAGE:
		return message_of_commits(leak, commit, name);
	case LEAK_NOTE:
		return message_of_note(leak, commit, name);
	case LEAK_REF:
		return message_of_ref(shown, name);
	case LEAK_HELD:
	case LEAK_LOOSE:
	case LEAK_UNPLACED:
		return message_of_objects(leak, name);
	default:
		break;
	}
	if (leak->place >= ARRAY_SIZE(sentences) || !sentences[leak->place])
		return NULL;
	return i18n_filled(_(sentences[leak->place]), name,
		leak->place == LEAK_COMMITTED ? commit : shown);
}

/* Owned. */
static char *message_of(
	const struct check *check, const struct leak *leak, const char *name)
{
	OWNED char *shown = check_masked(check, leak->path);
	OWNED char *commit = commit_shown(leak);
	char *stored = message_of_stored(leak, shown, commit, name);

	if (stored)
		return stored;
	if (leak->in_name)
		return memory_printf(
			_("the value of %s is in this name"), name);
	if (leak->broken)
		return memory_printf(_("the value of %s is here, broken "
				       "by line ends"),
			name);
	return i18n_filled(_(spelt[leak->spelling]), name, name);
}

/* What is in git alone has no file. */
static bool has_file(enum leak_place place)
{
	return place < LEAK_MESSAGE;
}

/* Owned. */
static char *file_of(const struct check *check, const struct leak *leak)
{
	if (!has_file(leak->place))
		return memory_text(".git");
	if (*leak->path != '/')
		return check_path(check, leak->path);
	OWNED char *masked = check_masked(check, leak->path);

	return path_shown(masked);
}

/* What is in no clone is taken out, and rotated where it was read. The name of
 * a remote or ref is a stranger's, and in no command: a shell may read it
 * otherwise. Owned. */
static char *advice_of_local(const struct leak *leak, const char *name)
{
	if (leak->place == LEAK_SETTING)
		return memory_printf(text_starts_with(leak->path, "remote.")
				? _("`git remote set-url` with the remote's "
				    "name and its address without the value, "
				    "and `aigenv rotate %s` where others can "
				    "read the folder")
				: _("`git config --list --show-origin` names "
				    "its "
				    "file: take it out there, and `aigenv "
				    "rotate %s` where others can read that"),
			name);
	return memory_printf(text_equal(leak->path, "HEAD")
			? _("`git reflog expire --expire=now HEAD` empties it, "
			    "and `aigenv rotate %s` where others can read the "
			    "folder")
			: _("`git reflog expire --expire=now` with the name of "
			    "that ref empties it (of refs/stash: all stashes "
			    "are gone then), and `aigenv rotate %s` where "
			    "others can read the folder"),
		name);
}

/* A line of .gitignore would have the name in it. */
static const char *advice_of_name(enum leak_place place)
{
	return place == LEAK_STAGED
		? _("give it another name by `git mv`, which stages that, too")
		: _("give it another name");
}

/*
 * Advice that holds where a secret has more than its current value; each ends
 * the finding, or leads to the one that does. Owned.
 */
static char *advice_of(const struct check *check, const struct leak *leak,
	const struct value *value)
{
	if (leak->place == LEAK_UNTRACKED || leak->place == LEAK_STAGED)
		return leak->in_name
			? memory_text(advice_of_name(leak->place))
			: rule_fix(rules[leak->place], value->name);
	if (rules[leak->place] == RULE_LEAK_LOCAL)
		return advice_of_local(leak, value->name);
	if (value->slot == SLOT_PENDING)
		return memory_printf(_("`aigenv rotate --abort`, revoke this "
				       "value, and rotate %s to another one"),
			value->name);
	if (opened_is_rotating(check->workspace.session.opened, value->name))
		return memory_printf(_("%s is being rotated: `aigenv rotate "
				       "--resume` brings that to its end; then "
				       "look again"),
			value->name);
	if (value->slot != SLOT_PREVIOUS && leak->place == LEAK_SKIPPED)
		return memory_printf(
			_("`git sparse-checkout disable` has git look at the "
			  "file again: take it out of that, `git add` the "
			  "file, then `aigenv rotate %s`: whoever has a clone "
			  "has the value"),
			value->name);
	if (value->slot != SLOT_PREVIOUS)
		return leak->place == LEAK_INDEXED
			? memory_printf(
				  _("`git add` the file as it is on disk, "
				    "then `aigenv rotate %s`: whoever has "
				    "a clone has the value"),
				  value->name)
			: rule_fix(rules[leak->place], value->name);
	return memory_printf(_("another value is in use: revoke this one where "
			       "it was issued, unless that is done, then "
			       "`aigenv secret forget %s`, and nothing looks "
			       "for it any more"),
		value->name);
}

static void take(void *context, const struct leak *leak)
{
	struct looking *looking = context;
	const struct value *value = &looking->values[leak->tag];
	OWNED char *name = value_shown(value);
	const struct place place = { .line = leak->line,
		.column = leak->column };

	check_add(looking->check, rules[leak->place],
		file_of(looking->check, leak), &place,
		message_of(looking->check, leak, name),
		advice_of(looking->check, leak, value));
}

static void add(void *context, const char *name, enum secret_slot slot,
	const struct secret *value)
{
	struct looking *looking = context;

	if (!needles_add_secret(looking->needles, looking->count, value)) {
		output_note(looking->check->call->output,
			_("%s is shorter than %d characters and is not looked "
			  "for\n"),
			name, SEARCH_SECRET_LEAST);
		return;
	}
	MEMORY_PUSH(
		looking->values, looking->count, (struct value){ name, slot });
}

static bool add_values(struct looking *looking, struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { .count = 0 };

	return check_each_value(looking->check, &arena, add, looking, err);
}

/* A command with a masked path in it cannot be run. NULL: none. Owned. */
static char *advice_of_spilled(
	const struct check *check, const struct spilled *spilled)
{
	char *advice = spill_advice(spilled);
	OWNED char *masked = check_masked(check, spilled->path);

	if (advice && !text_equal(masked, spilled->path)) {
		free(advice);
		advice = memory_text(
			_("remove this file, whose name has a value in it; "
			  "look for what wrote it first"));
	}
	return advice;
}

/* What PM2 needs for itself is an info; what can be cleared has its own way. */
static void tell_spilled(struct check *check, const struct spilled *spilled)
{
	bool is_kept = spilled->is_list && !spilled->others_read &&
		json_array_size(spilled->old) == 0;
	OWNED char *advice = advice_of_spilled(check, spilled);
	OWNED char *names = json_listed(spilled->names);
	OWNED char *masked = check_masked(check, spilled->path);
	OWNED char *file = path_shown(masked);

	report_begin(&check->report, file);
	struct finding *finding = report_add(&check->report,
		is_kept ? RULE_LEAK_PM2_LIST : RULE_LEAK_PM2, NULL,
		_("a file of PM2 holds the value of %s"), names);
	if (advice)
		finding_advise(finding, "%s", advice);
}

static void look_at_pm2(struct check *check)
{
	SCOPED(live) struct live live = { 0 };
	SCOPED(spill) struct spill spill = { .count = 0 };

	live_read(&live);
	spill_find(&spill, &check->workspace, &live, false);
	for (size_t i = 0; i < spill.count; i++)
		tell_spilled(check, &spill.items[i]);
}

static bool git_failed(const struct check *check, struct error *err)
{
	return check_git_failed(check,
		_("git could not give all that was to be looked through"), err);
}

/* What is missing, a remote has, or another clone. What is broken is not asked
 * for again by git, and is said by itself. */
static void look_at_history(struct check *check, const struct leaks *leaks)
{
	size_t missing = 0;

	if (git_is_shallow(check->tree.top))
		check_add_shallow(check);
	bool ok = leaks_find_history(leaks, &check->tree, &missing);
	if (missing > 0)
		check_add_missing(check, missing);
	else if (!ok)
		check_add_git_failed(check);
}

static bool look(struct looking *looking, const struct leaks *leaks,
	bool history, struct error *err)
{
	struct check *check = looking->check;
	struct tree *tree = &check->tree;

	if (check->staged)
		return leaks_find_staged(leaks, tree) || git_failed(check, err);
	if (!leaks_find_files(leaks, tree))
		return git_failed(check, err);
	if (tree->git_is_silent)
		check_add_unread(check,
			memory_text(_("git does not answer: what its index and "
				      "the last commit have was not looked "
				      "through")),
			_("see what `git status` says"));
	look_at_pm2(check);
	leaks_find_shells(leaks, tree);
	if (history)
		look_at_history(check, leaks);
	return true;
}

bool check_leaks(struct check *check, bool history, struct error *err)
{
	struct looking looking = { .check = check, .needles = needles_new() };
	const struct leaks leaks = { .needles = looking.needles,
		.has_history = history,
		.tell = take,
		.context = &looking };
	bool ok = add_values(&looking, err) &&
		look(&looking, &leaks, history, err);

	needles_free(looking.needles);
	free(looking.values);
	return ok;
}
