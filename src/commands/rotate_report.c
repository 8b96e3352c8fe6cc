/* SPDX-License-Identifier: MIT */
#include "commands/rotate_report.h"

#include "base/i18n.h"
#include "base/json_build.h"
#include "base/text.h"
#include "commands/verify_report.h"

/* As it happens */

/* What people read for the words that scripts do. */
static const struct {
	const char *step, *shown;
} shown_steps[] = {
	{ "staged", N_("staged") },
	{ "proven", N_("test call") },
	{ "switched", N_("switched") },
	{ "written", N_("written") },
	{ "live", N_("live") },
	{ "proven_live", N_("test call") },
	{ "confirmed", N_("confirmed") },
	{ "revoked", N_("revoked") },
	{ "proven_old", N_("test call") },
	{ "switched_back", N_("switched back") },
	{ "taken_back", N_("taken back") },
};

static const char *shown_step(const char *step)
{
	for (size_t i = 0; i < ARRAY_SIZE(shown_steps); i++)
		if (text_equal(shown_steps[i].step, step))
			return _(shown_steps[i].shown);
	return step;
}

static void told(void *context, const struct rotate_event *event)
{
	const struct rotate_report *report =
		(const struct rotate_report *)context;

	json_push(report->steps,
		JSON_RECORD(JSON_TEXT("profile", event->profile),
			JSON_TEXT("step", event->step)));
	if (report->several)
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
	const struct rotate_report *report =
		(const struct rotate_report *)context;

	report_complete_advice(report->output, results);
	for (size_t i = 0; i < results->count; i++)
		if (!results->items[i].ok)
			report_verify_result(
				report->output, &results->items[i], false);
}

void rotate_report_begin(struct rotate_report *report, struct rotate *rotate,
	struct output *output)
{
	*report = (struct rotate_report){ .output = output,
		.steps = json_new_list() };
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

static void tell_old_value(const struct rotate *rotate, struct output *output)
{
	enum secret_kind kind = SECRET_OTHER;
	const struct provider *entry = provider_of(rotate, &kind);

	if (rotate->members[0]->revoked)
		return;
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
	SCOPED(buf) struct buf names = BUF(4096);
	size_t index;
	json_t *name;

	json_array_foreach(rotate->waits_for, index, name) {
		buf_printf(&names, "%s%s", index ? ", " : "",
			json_string_value(name));
	}
	if (names.size)
		output_warning(output,
			_("Nothing is revoked before the others have it, too: "
			  "%s. Send them the vault (commit and push "
			  "it); where the app runs, `aigenv apply "
			  "--restart`.\n"),
			buf_cstring(&names));
	else
		output_warning(output,
			_("Nothing is revoked before it is live: the app does "
			  "not run here under PM2 with it. Where it runs, "
			  "`aigenv apply --restart`.\n"));
	output_note(output,
		_("Then `aigenv rotate %s --resume --confirmed` goes on; "
		  "`aigenv rotate %s --abort` takes it back.\n"),
		rotate->secret, rotate->secret);
}

static void tell_commands(const struct rotate *rotate, struct output *output)
{
	for (size_t i = 0; i < rotate->count; i++) {
		const struct rotate_member *member = rotate->members[i];
		if (member->command && member->runs_here && !member->live)
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
			JSON_RECORD(JSON_TEXT("profile",
					    member->workspace.session.profile),
				JSON_TEXT("step",
					under_way ? rotation_step_word(
							    rotation.step)
						  : NULL),
				JSON_FLAG("live", member->live),
				JSON_FLAG("revoked", member->revoked),
				JSON_TEXT("command", member->command)));
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

static json_t *error_json(const struct error *failed)
{
	return failed ? JSON_RECORD(JSON_NUMBER("exit_code", failed->status),
				JSON_TEXT("what", failed->what),
				JSON_TEXT("where", failed->where),
				JSON_TEXT("next", failed->next))
		      : json_null();
}

void rotate_report_end(struct rotate_report *report,
	const struct rotate *rotate, const struct error *failed)
{
	struct output *output = report->output;

	if (!failed && rotate->end == ROTATE_DONE)
		tell_old_value(rotate, output);
	if (!failed && rotate->end == ROTATE_WAITS) {
		tell_waiting(rotate, output);
		tell_commands(rotate, output);
	}
	output_json(output,
		JSON_RECORD(JSON_TEXT("name", rotate->secret),
			JSON_TEXT("end", end_word(rotate, failed)),
			JSON_VALUE("steps", json_incref(report->steps)),
			JSON_VALUE("profiles", profiles_json(rotate)),
			JSON_VALUE("waits_for",
				rotate->waits_for
					? json_incref(rotate->waits_for)
					: json_new_list()),
			JSON_VALUE("error", error_json(failed))));
}

void rotate_report_release(struct rotate_report *report)
{
	json_decref(report->steps);
}
