/* SPDX-License-Identifier: MIT */
#include "commands/status_report.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "commands/shown_word.h"
#include "os/directory.h"
#include "session/due.h"
#include "ui/layout.h"

static const char *state_shown(const char *state)
{
	static const struct shown_word states[] = {
		{ "in_sync", N_("in sync") },
		{ "drifted", N_("differs") },
		{ "missing", N_("missing") },
		{ "stale", N_("stale") },
		{ "stopped", N_("stopped") },
		{ "absent", N_("absent") },
		{ "unknown", N_("cannot be seen") },
	};

	return shown_word(states, ARRAY_SIZE(states), state);
}

static void add_files(struct table *table, const json_t *profile)
{
	JSON_EACH(file, json_object_get(profile, "files")) {
		OWNED char *names =
			json_listed(json_object_get(file.value, "names"));

		TABLE_ROW(table, json_text_or_empty(file.value, "path"),
			state_shown(json_text_or_empty(file.value, "state")),
			names);
	}
	JSON_EACH(file, json_object_get(profile, "left_over"))
		TABLE_ROW(table, json_string_value(file.value), _("left over"),
			_("no output any more, and still there"));
}

static void add_processes(struct table *table, const json_t *profile)
{
	JSON_EACH(process, json_object_get(profile, "processes")) {
		json_t *id = json_object_get(process.value, "pm_id");
		OWNED char *name = json_is_integer(id)
			? memory_printf("%s (%lld)",
				  json_text_or_empty(process.value, "app"),
				  (long long)json_integer_value(id))
			: memory_text(json_text_or_empty(process.value, "app"));

		TABLE_ROW(table, name,
			state_shown(json_text_or_empty(process.value, "state")),
			json_text_or_empty(process.value, "reason"));
	}
}

/* Of an app that has a restart command of its own. */
static void add_main_process(struct table *table, const json_t *profile)
{
	const char *state = json_text(profile, "main_process");

	if (state)
		TABLE_ROW(table, _("main process"), state_shown(state), "");
}

static void add_dump(struct table *table, const json_t *profile,
	const char *member, const char *what)
{
	const char *state = json_text_or_empty(profile, member);

	if (text_equal(state, "absent"))
		return;
	TABLE_ROW(table, what, state_shown(state),
		text_equal(state, "stale") ? _("the next boot would bring old "
					       "values or settings back")
					   : "");
}

static void add_exposed(struct table *table, const json_t *profile)
{
	JSON_EACH(file, json_object_get(profile, "exposed")) {
		OWNED char *names =
			json_listed(json_object_get(file.value, "names"));

		TABLE_ROW(table,
			path_name(json_text_or_empty(file.value, "path")),
			_("holds"), names);
	}
}

/* What the document says of it, once more as a sentence. Owned, or NULL. */
static char *due_shown(const json_t *secret)
{
	json_t *left = json_object_get(secret, "due_in_days");
	struct due due = {
		.age_days = json_number(secret, "age_days"),
		.limit_days = json_number(secret, "limit_days"),
		.days_left = json_integer_value(left),
	};

	due.expires = due.limit_days - due.age_days != due.days_left;
	return json_is_integer(left) ? due_words(&due) : NULL;
}

static void add_secrets(struct table *table, const json_t *profile)
{
	JSON_EACH(secret, json_object_get(profile, "secrets")) {
		long days = (long)json_number(secret.value, "age_days");
		OWNED char *age = memory_printf(
			ngettext("%ld day", "%ld days", (unsigned long)days),
			days);

		OWNED char *due = due_shown(secret.value);

		TABLE_ROW(table, json_text_or_empty(secret.value, "name"), age,
			due ? due : "");
	}
}

static void add_recipients(struct table *table, const json_t *profile)
{
	SCOPED(buf) struct buf names = BUF(8192);
	json_t *all = json_object_get(profile, "recipients");

	JSON_EACH(recipient, all) {
		const bool writes = json_flag(recipient.value, "writer");
		OWNED char *shown =
			memory_printf(writes ? "%s" : _("%s (reader)"),
				json_text_or_empty(recipient.value, "name"));
		buf_listed(&names, shown);
	}
	OWNED char *count = memory_printf("%zu", json_array_size(all));
	TABLE_ROW(table, _("recipients"), count, buf_cstring(&names));
}

/* When, and what the gateway's log calls the call. Owned. */
static char *proof_shown(const json_t *proof)
{
	const char *at = json_text_or_empty(proof, "at");
	const char *id = json_text_or_empty(proof, "log_id");

	return *id ? memory_printf(_("%s, log %s"), at, id) : memory_text(at);
}

static void add_proofs(struct table *table, const json_t *profile)
{
	JSON_EACH(proof, json_object_get(profile, "proven")) {
		OWNED char *shown = proof_shown(proof.value);
		const char *route = json_text_or_empty(proof.value, "route");

		if (json_lists(json_object_get(profile, "unproven"), route))
			TABLE_ROW(table, route, _("unproven"),
				_("no test call was made here with what the "
				  "vault has now"));
		else
			TABLE_ROW(table, route,
				*shown ? _("proven") : _("not proven here"),
				shown);
	}
}

/* What each step means for who looks at it. */
static const char *step_shown(const char *step)
{
	static const struct shown_word steps[] = {
		{ "requested", N_("a new value was asked for") },
		{ "staged", N_("the old value is live, the new one unproven") },
		{ "verified", N_("the old value is live, the new one proven") },
		{ "switched", N_("the new value has to be live everywhere") },
		{ "confirmed",
			N_("the new value is live, the old one to be "
			   "revoked") },
	};

	return shown_word(steps, ARRAY_SIZE(steps), step);
}

static void add_rotation(struct table *table, const json_t *profile)
{
	json_t *rotation = json_object_get(profile, "rotation");

	json_t *waits = json_object_get(profile, "waits");
	const char *name = json_text_or_empty(rotation, "name");
	OWNED char *others = json_listed(json_object_get(waits, "for"));

	if (json_is_object(rotation))
		TABLE_ROW(table, name, _("rotating"),
			step_shown(json_text_or_empty(rotation, "step")));
	if (json_text(waits, "since"))
		TABLE_ROW(table, name, _("since"), json_text(waits, "since"));
	if (*others)
		TABLE_ROW(table, name, _("waits for"), others);
}

static bool is_own_writer(const json_t *profile)
{
	const json_t *own = json_find(json_object_get(profile, "recipients"),
		"name", json_text_or_empty(profile, "recipient"));

	return json_flag(own, "writer");
}

/* A reader's part in it, who can neither go on nor take it back. */
static void tell_reader(
	struct output *output, const char *name, const char *step)
{
	if (!text_equal(step, "switched"))
		output_note(output,
			_("a writer is replacing %s; there is nothing to do "
			  "here before it is switched\n"),
			name);
	else
		output_note(output,
			_("the writer who replaces %s waits for this machine: "
			  "once all is in sync here, send what `aigenv status "
			  "--json` prints\n"),
			name);
}

static void tell_rotation(struct output *output, const json_t *profile)
{
	json_t *rotation = json_object_get(profile, "rotation");
	json_t *others = json_inner(profile, "waits", "for");
	const char *name = json_text_or_empty(rotation, "name");
	const char *step = json_text_or_empty(rotation, "step");

	if (!json_is_object(rotation))
		return;
	if (!is_own_writer(profile))
		tell_reader(output, name, step);
	else if (text_equal(step, "confirmed"))
		output_note(output,
			_("`aigenv rotate %s --resume` ends the rotation; it "
			  "is too late to take it back\n"),
			name);
	else if (json_array_size(others) > 0)
		output_note(output,
			_("`aigenv rotate %s --resume --confirmed-by -` goes "
			  "on with what `there: aigenv status --json` prints "
			  "on each "
			  "of them, --abort takes it back\n"),
			name);
	else if (text_equal(step, "switched"))
		output_note(output,
			_("`aigenv rotate %s --resume` goes on, with "
			  "--confirmed where the app runs elsewhere and has "
			  "the "
			  "new value; --abort takes it back\n"),
			name);
	else
		output_note(output,
			_("`aigenv rotate %s --resume` goes on with the "
			  "rotation, --abort takes it back\n"),
			name);
}

static void tell_unproven(struct output *output, const json_t *profile)
{
	if (json_array_size(json_object_get(profile, "unproven")))
		output_note(output,
			_("the app starts with the vault as it lies there, "
			  "also after a crash: `aigenv apply` proves what it "
			  "has now\n"));
}

static void show_table(struct output *output, const json_t *profile)
{
	SCOPED(table) struct table table = TABLE(3);

	add_files(&table, profile);
	add_processes(&table, profile);
	add_main_process(&table, profile);
	add_dump(&table, profile, "dump", _("PM2's saved list"));
	add_dump(&table, profile, "dump_backup", _("its backup"));
	add_exposed(&table, profile);
	add_secrets(&table, profile);
	add_rotation(&table, profile);
	add_recipients(&table, profile);
	add_proofs(&table, profile);
	output_text(output, _("%s, generation %lld\n"),
		json_text_or_empty(profile, "profile"),
		(long long)json_number(profile, "generation"));
	output_table(output, &table, 2);
}

void status_report(struct output *output, const json_t *profile)
{
	show_table(output, profile);
	tell_rotation(output, profile);
	tell_unproven(output, profile);
}
