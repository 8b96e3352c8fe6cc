/* SPDX-License-Identifier: MIT */
#include "commands/rotate_report.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "commands/shown_word.h"
#include "commands/verify_report.h"
#include "session/recipients.h"
#include "ui/layout.h"

#include <stdlib.h>

/* As it happens */

/* What people read for the words that scripts do. */
static const char *shown_step(const char *step)
{
	static const struct shown_word steps[] = {
		{ "requested", N_("requested") },
		{ "staged", N_("staged") },
		{ "proven", N_("test call") },
		{ "switched", N_("switched") },
		{ "written", N_("written") },
		{ "live", N_("live") },
		{ "restarted", N_("restarted") },
		{ "proven_live", N_("test call") },
		{ "receipt", N_("receipt") },
		{ "given_up", N_("given up") },
		{ "confirmed", N_("confirmed") },
		{ "revoked", N_("revoked") },
		{ "proven_old", N_("test call") },
		{ "switched_back", N_("switched back") },
		{ "taken_back", N_("taken back") },
	};

	return shown_word(steps, ARRAY_SIZE(steps), step);
}

static void told(void *context, const struct rotate_event *event)
{
	const struct rotate_report *report = context;
	const bool several = report->rotate->count > 1;

	json_push(report->steps,
		json_build(
			"{profile:%s, step:%s}", event->profile, event->step));
	if (several)
		output_done(report->output, "%-12s %s · %s",
			shown_step(event->step), event->profile, event->said);
	else
		output_done(report->output, "%-12s %s", shown_step(event->step),
			event->said);
	output_flush(report->output);
}

/* A call that failed in full; of others the step's own line says enough. */
static void called(void *context, struct verify_results *results)
{
	const struct rotate_report *report = context;

	report_complete_advice(report->output, results);
	for (size_t i = 0; i < results->count; i++)
		if (!results->items[i].ok)
			report_verify_result(
				report->output, &results->items[i], false);
}

void rotate_report_begin(struct rotate_report *report, struct rotate *rotate,
	struct output *output)
{
	*report = (struct rotate_report){
		.output = output, .rotate = rotate, .steps = json_new_list()
	};
	rotate->told = told;
	rotate->called = called;
	rotate->context = report;
}

/* What is left to be done */

static const struct provider *provider_of(
	const struct rotate *rotate, enum secret_kind *kind)
{
	const struct provider *entry = NULL;

	*kind = profile_secret_kind(
		&rotate->members[0]->workspace.profile, rotate->secret, &entry);
	return entry;
}

/* Also where a crash has parted what --all-profiles began. */
static void tell_elsewhere(const struct rotate *rotate, struct output *output)
{
	JSON_EACH(one, rotate->same)
		output_warning(output,
			_("the old value is also %s in profile %s: replace it "
			  "there before it is revoked\n"),
			json_text_or_empty(one.value, "name"),
			json_text_or_empty(one.value, "profile"));
}

static void tell_old_value(const struct rotate *rotate, struct output *output)
{
	enum secret_kind kind = SECRET_OTHER;
	const struct provider *entry = provider_of(rotate, &kind);

	if (rotate->members[0]->revoked)
		return;
	tell_elsewhere(rotate, output);
	output_note(output,
		_("The old value stays for `aigenv rollback %s`.\n"),
		rotate->secret);
	if (kind == SECRET_GATEWAY_TOKEN)
		output_note(output,
			_("Revoke it at Cloudflare (My Profile or Manage "
			  "Account, API Tokens), then: `aigenv secret forget "
			  "%s`\n"),
			rotate->secret);
	else if (entry)
		output_note(output,
			_("Revoke it at %s, then: `aigenv secret forget %s`\n"),
			entry->title, rotate->secret);
	else
		output_note(output,
			_("Revoke it where it was made, then: `aigenv secret "
			  "forget %s`\n"),
			rotate->secret);
}

static void tell_waiting(const struct rotate *rotate, struct output *output)
{
	OWNED char *names = json_listed(rotate->waits_for);
	OWNED char *also = rotate_also(rotate);

	if (*names)
		output_warning(output,
			_("Nothing is revoked before the others have it, too: "
			  "%s. Send them the vault (commit and push it); where "
			  "the app runs, `there: aigenv apply "
			  "--restart`.\n"),
			names);
	else
		output_warning(output,
			_("Nothing is revoked before it is live: the app does "
			  "not run here with it, as far as can be seen. Where "
			  "it runs, `there: aigenv apply --restart`.\n"));
	if (*names)
		output_warning(output,
			_("Then `aigenv rotate %s --resume --confirmed-by -%s` "
			  "takes what `there: aigenv status %s` prints on each "
			  "of "
			  "them; --except NAME is for one that is gone or runs "
			  "nothing (`aigenv help machines`).\n"),
			rotate->secret, also,
			rotate->count > 1 ? "--all --json" : "--json");
	output_warning(output,
		*names ? _("By your word alone `aigenv rotate %s --resume "
			   "--confirmed%s` goes on; `aigenv rotate %s "
			   "--abort%s` takes it back.\n")
		       : _("Then `aigenv rotate %s --resume --confirmed%s` "
			   "goes on; `aigenv rotate %s --abort%s` takes it "
			   "back.\n"),
		rotate->secret, also, rotate->secret, also);
}

/* Who applied the new value gets the old one back in the same way. */
static void tell_taken_back(const struct rotate_report *report)
{
	JSON_SCOPED json_t *others = session_waited_for(
		&report->rotate->members[0]->workspace.session);
	OWNED char *names = json_listed(others);

	if (*names && json_find(report->steps, "step", "switched_back"))
		output_warning(report->output,
			_("The others may run with the new value: %s. Send "
			  "them the vault (commit and push it); where the app "
			  "runs, `there: aigenv apply --restart`.\n"),
			names);
}

static void tell_commands(const struct rotate *rotate, struct output *output)
{
	for (size_t i = 0; rotate->no_restart && i < rotate->count; i++) {
		const struct rotate_member *member = rotate->members[i];
		if (member->command && !member->live)
			output_text(output, "%s\n", member->command);
	}
}

/* The document */

static json_t *profiles_json(const struct rotate *rotate)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < rotate->count; i++) {
		const struct rotate_member *member = rotate->members[i];
		struct rotation rotation;
		bool under_way = member->workspace.session.opened &&
			opened_find_rotation(
				member->workspace.session.opened, &rotation);
		json_push(list,
			json_build("{profile:%s, step:%s, live:%b, revoked:%b, "
				   "command:%s}",
				member->workspace.session.profile,
				under_way ? rotation_step_word(rotation.step)
					  : NULL,
				member->live, member->revoked,
				member->command));
	}
	return list;
}

static const char *end_word(
	const struct rotate *rotate, const struct error *failed)
{
	switch (rotate->end) {
	case ROTATE_TAKEN_BACK:
		return "taken_back";
	case ROTATE_WAITS:
		return failed ? "failed" : "waits";
	case ROTATE_DONE:
		break;
	}
	return failed ? "failed" : "done";
}

static void set_document(const struct rotate_report *report, const char *end,
	json_t *profiles, const struct error *failed)
{
	const struct rotate *rotate = report->rotate;

	output_json(report->output,
		json_build("{name:%s, end:%s, steps:%O, profiles:%o, "
			   "waits_for:%o, error:%o}",
			rotate->secret, end, report->steps, profiles,
			rotate->waits_for ? json_incref(rotate->waits_for)
					  : json_new_list(),
			failed ? output_error_record(report->output, failed)
			       : json_null()));
}

void rotate_report_end(struct rotate_report *report, const struct error *failed)
{
	const struct rotate *rotate = report->rotate;
	const struct session *first = &rotate->members[0]->workspace.session;
	struct output *output = report->output;

	/* Of several profiles the chosen one leads the rest. */
	output_advise_profile(output,
		session_must_name_profile(first) ? first->profile : NULL);
	if (!failed && rotate->end == ROTATE_DONE)
		tell_old_value(rotate, output);
	if (!failed && rotate->end == ROTATE_TAKEN_BACK)
		tell_taken_back(report);
	if (!failed && rotate->end == ROTATE_WAITS) {
		tell_waiting(rotate, output);
		tell_commands(rotate, output);
	}
	set_document(report, end_word(rotate, failed), profiles_json(rotate),
		failed);
}

/* Before anything is done */

static void add_row(struct table *table, const char *step, const char *what)
{
	TABLE_ROW(table, _(step), what);
}

static void add_list(struct table *table, const char *step, const json_t *list,
	const char *none)
{
	OWNED char *text = json_listed(list);

	add_row(table, step, *text ? text : none);
}

/* "api (0), api (1)" */
static char *processes_shown(const json_t *profile)
{
	SCOPED(buf) struct buf text = BUF(65536);

	JSON_EACH(process, json_object_get(profile, "processes"))
		buf_printf(&text, "%s%s (%lld)", process.index ? ", " : "",
			json_text_or_empty(process.value, "app"),
			(long long)json_number(process.value, "pm_id"));
	return memory_text(buf_cstring(&text));
}

static void add_profile(
	struct table *table, const json_t *profile, bool by_issuer)
{
	bool runs = json_flag(profile, "runs_here");
	const json_t *others = json_object_get(profile, "waits_for");
	OWNED char *processes = processes_shown(profile);
	const char *restarted =
		*processes ? processes : json_text_or_empty(profile, "command");

	if (by_issuer)
		add_row(table, N_("requested"),
			_("a token of Cloudflare's with AI Gateway: Run"));
	add_list(table, N_("test call"), json_object_get(profile, "routes"),
		_("none: no route uses it"));
	add_row(table, N_("switched"), _("in the vault"));
	add_list(table, N_("written"), json_object_get(profile, "files"),
		_("no file"));
	add_row(table, N_("live"),
		runs ? restarted : _("the app does not run here"));
	if (json_array_size(others) > 0)
		add_list(table, N_("waits for"), others, "");
	else if (!runs)
		add_row(table, N_("waits for"),
			_("your word that it is live, with --resume "
			  "--confirmed"));
	if (by_issuer)
		add_row(table, N_("revoked"), _("the old token"));
}

void rotate_report_preview(struct rotate_report *report, const json_t *profiles)
{
	struct output *output = report->output;

	JSON_EACH(profile, profiles) {
		SCOPED(table) struct table table = TABLE(2);

		output_text(output, _("%s in profile %s\n"),
			report->rotate->secret,
			json_text_or_empty(profile.value, "profile"));
		add_profile(&table, profile.value, report->rotate->by_issuer);
		output_table(output, &table, 2);
	}
	output_note(
		output, _("Nothing was done, and no value was asked for.\n"));
	set_document(report, "would_rotate", json_new_copy(profiles), NULL);
}

void rotate_report_not_due(struct rotate_report *report)
{
	output_note(report->output, _("%s is not due, so nothing was done\n"),
		report->rotate->secret);
	set_document(report, "not_due", profiles_json(report->rotate), NULL);
}

/* Where else it stands */

/* Other profiles whose gateway is the same account's. */
static void tell_account(const struct rotate *rotate, struct output *output)
{
	SCOPED(buf) struct buf names = BUF(4096);
	const struct workspace *own = &rotate->members[0]->workspace;
	struct vault *vault = own->session.vault;

	for (size_t i = 0; i < vault_profile_count(vault); i++) {
		const char *name = vault_profile_name(vault, i);
		json_t *settings = NULL;
		struct error ignored;

		if (!text_equal(name, own->session.profile) &&
			vault_peek_settings(vault, name, &settings, &ignored) &&
			text_equal(json_text_or_empty(settings, "account_id"),
				own->profile.account_id))
			buf_listed(&names, name);
	}
	if (names.size)
		output_note(output,
			_("A gateway token opens every gateway of its account: "
			  "these profiles have the same account: %s\n"),
			buf_cstring(&names));
	else
		output_note(output,
			_("A gateway token opens every gateway of its "
			  "account.\n"));
}

bool rotate_report_same(const struct rotate_report *report,
	struct rotate *rotate, struct buf *profiles)
{
	struct output *output = report->output;
	enum secret_kind kind = SECRET_OTHER;
	JSON_SCOPED json_t *same =
		rotate_find_same(rotate, rotate->members[0], SLOT_CURRENT);

	(void)provider_of(rotate, &kind);
	if (kind == SECRET_GATEWAY_TOKEN)
		tell_account(rotate, output);
	JSON_EACH(one, same) {
		const char *profile = json_text_or_empty(one.value, "profile");
		const char *name = json_text_or_empty(one.value, "name");

		output_warning(output,
			_("the same value is %s in profile %s\n"), name,
			profile);
		if (text_equal(name, rotate->secret))
			buf_listed(profiles, profile);
	}
	if (profiles->size)
		output_note(output,
			_("`aigenv rotate %s --all-profiles` replaces it in "
			  "these, too: %s\n"),
			rotate->secret, buf_cstring(profiles));
	return profiles->size > 0;
}

void rotate_report_release(struct rotate_report *report)
{
	json_decref(report->steps);
}
