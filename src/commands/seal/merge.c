/* SPDX-License-Identifier: MIT */
#include "commands/seal/merge.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/confirm.h"
#include "commands/seal/show.h"
#include "commands/session_options.h"
#include "os/directory.h"
#include "ui/choice.h"
#include "vault/rotation.h"
#include "versions/merge.h"

struct merging {
	const struct invocation *call;
	const struct seal_merge_options *options;
	struct merge *merge;
	json_t *conflicts; /* [{profile, key, base, ours, theirs, took}]; owned
			    */
	size_t open;       /* those that nobody decided */
};

/* What both sides have changed */

static bool ask(const struct merging *merging, const struct conflict *conflict,
	enum version *side, struct error *err)
{
	const struct choice choices[] = {
		{ 's', _("stop; nothing is written") },
		{ 'o', _("take ours") },
		{ 't', _("take theirs") },
	};
	struct prompt *prompt = NULL;
	char letter = 's';

	output_flush(merging->call->output);
	if (!open_terminal(merging->call, &prompt, err))
		return false;
	OWNED char *text = memory_printf(
		_("Both sides changed %s. Which one?"), conflict->key);
	const struct choice_question question = { text, choices,
		ARRAY_SIZE(choices), 's' };
	bool ok = choice_ask(prompt, &question, &letter, err);
	prompt_close(prompt);
	if (!ok)
		return false;
	*side = letter == 't' ? VERSION_THEIRS : VERSION_OURS;
	if (letter != 's')
		return true;
	output_note(merging->call->output,
		_("Stopped; nothing was written. `aigenv seal --merge` starts "
		  "over.\n"));
	return error_tell(err, STATUS_FOUND, _("stopped"),
		_("`aigenv seal --merge` starts over"));
}

static void show_conflict(struct output *output, const json_t *conflict)
{
	output_words(output, _("%s: both sides changed %s\n"),
		json_text(conflict, "profile"), json_text(conflict, "key"));
	for (size_t i = 0; i < VERSIONS; i++) {
		const char *name = version_name((enum version)i);
		const char *text = json_text(conflict, name);
		output_words(output, "  %-6s  %s\n", name,
			text ? text : _("(none)"));
	}
}

static bool decide(void *context, const struct conflict *conflict,
	enum version *side, struct error *err)
{
	struct merging *merging = context;
	const char *take = merging->options->take;
	bool decided = true;

	JSON_SCOPED json_t *shown =
		json_build("{profile:%s, key:%s, base:%s, ours:%s, theirs:%s}",
			conflict->profile, conflict->key, conflict->base,
			conflict->ours, conflict->theirs);

	*side = VERSION_OURS;
	seal_mask(shown);
	show_conflict(merging->call->output, shown);
	if (take) {
		*side = text_equal(take, "theirs") ? VERSION_THEIRS
						   : VERSION_OURS;
	} else if (merging->call->global->no_input) {
		decided = false;
		merging->open++;
	} else if (!ask(merging, conflict, side, err)) {
		return false;
	}
	if (decided)
		json_put_text(shown, "took", version_name(*side));
	else
		json_put(shown, "took", json_null());
	json_push(merging->conflicts, json_incref(shown));
	return true;
}

/* "production secrets.MIMO_API_KEY, ..." */
static enum status refuse_open(const struct merging *merging, struct error *err)
{
	SCOPED(buf) struct buf keys = BUF(600);

	JSON_EACH(conflict, merging->conflicts)
		buf_printf(&keys, "%s%s (%s)", conflict.index ? ", " : "",
			json_text(conflict.value, "key"),
			json_text(conflict.value, "profile"));
	error_set(err, STATUS_USAGE,
		_("both sides have changed, and nobody was there to choose: "
		  "%s"),
		buf_cstring(&keys));
	error_at(err, "%s", merging->merge->session.path);
	error_next(err,
		_("on a terminal `aigenv seal --merge` asks for each; --take "
		  "ours or --take theirs chooses for all"));
	return err->status;
}

/* What comes out */

static void warn_of_known(
	struct output *output, const struct profile_merge *profile)
{
	JSON_EACH(known, profile->known_to) {
		const char *secret = json_text(known.value, "secret");
		output_warning(output,
			_("%s was removed on one side, and can read the value "
			  "of %s that the other side set meanwhile: replace it "
			  "with `aigenv secret set %s -p %s`\n"),
			json_text(known.value, "recipient"), secret, secret,
			profile->name);
	}
}

/* Ids by which Cloudflare knows the tokens of a profile. New reference. */
static json_t *token_ids(const struct opened *opened)
{
	json_t *ids = json_new_list();
	struct secret_info info = { .name = NULL };
	struct rotation rotation;

	while (opened_next_secret(opened, &info)) {
		if (info.id)
			json_push_once(ids, info.id);
		if (info.previous_id)
			json_push_once(ids, info.previous_id);
	}
	if (opened_find_rotation(opened, &rotation) && rotation.new_id)
		json_push_once(ids, rotation.new_id);
	return ids;
}

/* Each side may have had a token made: of two, one is known to nobody then. */
static void warn_of_tokens(
	struct output *output, const struct profile_merge *profile)
{
	JSON_SCOPED json_t *kept = token_ids(profile->result);

	for (int side = VERSION_OURS; side <= VERSION_THEIRS; side++) {
		JSON_SCOPED json_t *ids = token_ids(profile->versions[side]);
		JSON_EACH(id, ids) {
			size_t count = json_array_size(kept);
			json_push_once(kept, json_string_value(id.value));
			if (json_array_size(kept) > count)
				output_warning(output,
					_("a token of one side is no longer in "
					  "%s, and may still be valid and "
					  "in use there: once nothing uses it, "
					  "revoke the one with the ID %s in "
					  "the dashboard (My Profile or Manage "
					  "Account, API Tokens)\n"),
					profile->name,
					json_string_value(id.value));
		}
	}
}

static void show_profile(
	struct output *output, const struct profile_merge *profile)
{
	const struct opened *base = profile->versions[VERSION_BASE];
	const struct opened *ours = profile->versions[VERSION_OURS];
	const struct opened *theirs = profile->versions[VERSION_THEIRS];
	json_t *before = base ? opened_settings(base) : NULL;
	json_t *after = opened_settings(profile->result);

	output_words(output,
		_("%s: ours is generation %lld, sealed by %s; theirs is "
		  "generation %lld, sealed by %s\n"),
		profile->name, (long long)opened_generation(ours),
		opened_sealed_by(ours), (long long)opened_generation(theirs),
		opened_sealed_by(theirs));
	seal_show_base_urls(output, profile->name, before, after);
	JSON_EACH(change, profile->changes)
		seal_show_change(output, change.value, true);
	opened_announce(profile->result);
	seal_warn_of_names(output, profile->result, before);
	warn_of_known(output, profile);
	warn_of_tokens(output, profile);
}

static enum status agree(
	const struct merging *merging, bool yes, struct error *err)
{
	const struct prompt_question question = {
		.text = _("Seal this merge?"),
		.help = _(
			"Yes signs it: every machine then accepts it. Each "
			"side was sealed by a writer of the profile already."),
		.first = true,
	};

	/* Nothing in it that a writer has not sealed: nobody has to be there.
	 */
	if (merging->merge->count == 0 || merging->call->global->no_input)
		return STATUS_OK;
	return confirm(merging->call, yes, &question, "", err);
}

static json_t *document(const struct merging *merging, bool sealed)
{
	json_t *profiles = json_new_list();

	for (size_t i = 0; i < merging->merge->count; i++) {
		const struct profile_merge *profile =
			&merging->merge->profiles[i];
		if (!profile->changes)
			continue;
		json_push(profiles,
			json_build("{profile:%s, generation:%I, changes:%O, "
				   "known_to:%O}",
				profile->name,
				(json_int_t)opened_generation(profile->result),
				profile->changes, profile->known_to));
	}
	return json_build("{sealed:%b, merged:%o, conflicts:%O}", sealed,
		profiles, merging->conflicts);
}

static void tell(const struct merging *merging)
{
	struct output *output = merging->call->output;
	const struct merge *merge = merging->merge;
	OWNED char *path =
		path_relative(merging->call->started_in, merge->session.path);
	OWNED char *word = shell_quoted(path);

	for (size_t i = 0; i < merge->count; i++)
		output_done(output, _("%s is merged, as generation %lld"),
			merge->profiles[i].name,
			(long long)opened_generation(
				merge->profiles[i].result));
	if (!merge->request.out)
		output_note(output,
			_("`git add -- %s` takes the merged vault; then go on "
			  "as git says\n"),
			word);
}

static enum status carry_out(
	struct merging *merging, bool yes, bool *sealed, struct error *err)
{
	const struct decider decider = { decide, merging };
	struct merge *merge = merging->merge;

	if (!merge_do(merge, &decider, err))
		return err->status;
	for (size_t i = 0; i < merge->count; i++)
		show_profile(merging->call->output, &merge->profiles[i]);
	if (merging->open > 0)
		return refuse_open(merging, err);
	enum status agreed = agree(merging, yes, err);
	if (agreed != STATUS_OK)
		return agreed;
	if (!merge_save(merge, err))
		return err->status;
	*sealed = true;
	tell(merging);
	return STATUS_OK;
}

static bool check_files(
	const struct seal_merge_options *options, struct error *err)
{
	bool sides = options->ours && options->theirs;

	if (sides || (!options->ours && !options->theirs && !options->base))
		return true;
	return error_tell(err, STATUS_USAGE,
		_("--ours and --theirs come together, and --base with them"),
		_("name all three files, or none: git's index has them after "
		  "a conflict"));
}

bool seal_check_no_merge(
	const struct seal_merge_options *options, struct error *err)
{
	if (!options->take && !options->base && !options->ours &&
		!options->theirs && !options->out)
		return true;
	return error_tell(err, STATUS_USAGE,
		_("--take, --base, --ours, --theirs and --out belong to a "
		  "merge"),
		_("add --merge"));
}

enum status seal_merge(const struct invocation *call,
	const struct seal_merge_options *options, bool yes, struct error *err)
{
	SCOPED(merge) struct merge merge = MERGE(session_options(call));
	JSON_SCOPED json_t *conflicts = json_new_list();
	struct merging merging = { call, options, &merge, conflicts, 0 };
	const struct merge_request request = {
		{ options->base, options->ours, options->theirs }, options->out
	};
	enum status status = STATUS_OK;
	bool found = false;
	bool sealed = false;

	if (!check_files(options, err) ||
		!merge_open(&merge, &request, &found, err))
		return err->status;
	if (found)
		status = carry_out(&merging, yes, &sealed, err);
	else
		output_note(call->output,
			_("git has no conflict in %s, so there is nothing to "
			  "merge\n"),
			merge.session.path);
	output_json(call->output, document(&merging, sealed));
	return status;
}
