/* SPDX-License-Identifier: MIT */
#include "commands/check_sources.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "deploy/spill.h"
#include "git/files.h"
#include "git/objects.h"
#include "leaks/leaks.h"
#include "live/live.h"
#include "os/home.h"
#include "vault/versions.h"

#include <stdlib.h>

static const enum rule_id rules[] = {
	[LEAK_TRACKED] = RULE_LEAK_TRACKED,
	[LEAK_INDEXED] = RULE_LEAK_TRACKED,
	[LEAK_LAST_COMMIT] = RULE_LEAK_COMMITTED,
	[LEAK_UNTRACKED] = RULE_LEAK_UNTRACKED,
	[LEAK_BUILT] = RULE_LEAK_BUILT,
	[LEAK_STAGED] = RULE_LEAK_STAGED,
	[LEAK_SHELL] = RULE_LEAK_SHELL,
	[LEAK_COMMITTED] = RULE_LEAK_COMMITTED,
	[LEAK_MESSAGE] = RULE_LEAK_MESSAGE,
	[LEAK_LOOSE] = RULE_LEAK_LOOSE,
};

static const char *const spelt[] = {
	[SPELT_PLAIN] = N_("the value of %s stands here"),
	[SPELT_JSON] = N_("the value of %s stands here, as JSON spells it"),
	[SPELT_URL] = N_("the value of %s stands here, as a URL spells it"),
	[SPELT_BASE64] = N_("the value of %s stands here as Base64"),
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

/* Owned. */
static char *message_of(const struct leak *leak, const char *name)
{
	switch (leak->place) {
	case LEAK_COMMITTED:
		return memory_printf(_("the value of %s is in git's history "
				       "since commit %.12s of %s"),
			name, leak->commit, leak->date);
	case LEAK_MESSAGE:
		return memory_printf(_("the value of %s is in the message of "
				       "commit or tag %.12s"),
			name, leak->path);
	case LEAK_LOOSE:
		return memory_printf(_("the value of %s is in object %.12s, "
				       "which no commit has"),
			name, leak->path);
	case LEAK_INDEXED:
		return memory_printf(_("the value of %s is in this file as "
				       "git's index has it, not as it is on "
				       "disk"),
			name);
	case LEAK_LAST_COMMIT:
		return memory_printf(_("the value of %s is in this file as the "
				       "last commit has it"),
			name);
	case LEAK_TRACKED:
	case LEAK_UNTRACKED:
	case LEAK_BUILT:
	case LEAK_STAGED:
	case LEAK_SHELL:
		break;
	}
	if (leak->broken)
		return memory_printf(_("the value of %s stands here, broken "
				       "by line ends"),
			name);
	return i18n_filled(_(spelt[leak->spelling]), name, name);
}

static char *file_of(const struct check *check, const struct leak *leak)
{
	if (leak->place == LEAK_MESSAGE || leak->place == LEAK_LOOSE)
		return memory_text(".git");
	return *leak->path == '/' ? path_shown(leak->path)
				  : check_path(check, leak->path);
}

/*
 * Advice that holds where a secret has more than its current value; each ends
 * the finding, or leads to the one that does. Owned.
 */
static char *advice_of(const struct check *check, const struct leak *leak,
	const struct value *value)
{
	if (leak->place == LEAK_UNTRACKED || leak->place == LEAK_STAGED)
		return rule_fix(rules[leak->place], value->name);
	if (value->slot == SLOT_PENDING)
		return memory_printf(_("`aigenv rotate --abort`, revoke this "
				       "value, and rotate %s to another one"),
			value->name);
	if (opened_is_rotating(check->workspace.session.opened, value->name))
		return memory_printf(_("%s is being rotated: `aigenv rotate "
				       "--resume` brings that to its end; then "
				       "look again"),
			value->name);
	if (value->slot != SLOT_PREVIOUS)
		return rule_fix(rules[leak->place], value->name);
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
	char *name = value_shown(value);
	const struct place place = { .line = leak->line,
		.column = leak->column };

	check_add_advised(looking->check, rules[leak->place],
		file_of(looking->check, leak), &place, message_of(leak, name),
		advice_of(looking->check, leak, value));
	free(name);
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
	looking->values = memory_grow(
		looking->values, looking->count, sizeof(*looking->values));
	looking->values[looking->count++] = (struct value){ name, slot };
}

static bool add_values(struct looking *looking, struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { .count = 0 };

	return check_each_value(looking->check, &arena, add, looking, err);
}

/* What PM2 needs for itself is an info; what can be cleared has its own way. */
static void tell_spilled(struct check *check, const struct spilled *spilled)
{
	bool is_kept = spilled->is_list && !spilled->others_read &&
		json_array_size(spilled->old) == 0;
	char *advice = spill_advice(spilled);
	char *names = json_listed(spilled->names);
	char *file = path_shown(spilled->path);

	report_begin(&check->report, file);
	struct finding *finding = report_add(&check->report,
		is_kept ? RULE_LEAK_PM2_LIST : RULE_LEAK_PM2, NULL,
		_("a file of PM2 holds the value of %s"), names);
	if (advice)
		finding_advise(finding, "%s", advice);
	free(file);
	free(names);
	free(advice);
}

static void look_at_pm2(struct check *check)
{
	struct live live;
	SCOPED(spill) struct spill spill = { .count = 0 };

	live_read(&live);
	spill_find(&spill, &check->workspace, &live, false);
	for (size_t i = 0; i < spill.count; i++)
		tell_spilled(check, &spill.items[i]);
	live_release(&live);
}

static bool git_failed(const struct check *check, struct error *err)
{
	return check_git_failed(check,
		_("git could not give all that was to be looked through"), err);
}

static void look_at_history(struct check *check, const struct leaks *leaks)
{
	struct output *output = check->call->output;
	size_t missing = 0;

	if (git_is_shallow(check->tree.top))
		output_warning(output,
			_("this clone is shallow: what was committed before "
			  "its first commit is not here; `git fetch "
			  "--unshallow` gets it\n"));
	bool is_counted = git_count_missing(check->tree.top, &missing);
	if (missing > 0)
		output_warning(output,
			_("this repository lacks objects that its commits "
			  "name, as a partial clone does, and they are not "
			  "looked through: %zu; `git fetch --refetch "
			  "--no-filter` gets what the remote has of them\n"),
			missing);
	if ((!leaks_find_history(leaks, &check->tree) || !is_counted) &&
		check->tree.passed.counts[PASSED_BROKEN] == 0 && missing == 0)
		output_warning(output,
			_("git did not give all of its history; see what `git "
			  "fsck` says\n"));
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
