/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "apply/user_template.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "profile/profile.h"
#include "session/committed.h"
#include "session/edited.h"
#include "template/template.h"
#include "ui/diff.h"
#include "ui/prompt.h"

/* `aigenv seal`: accepts settings and templates that were edited by hand. */

struct values {
	bool yes;
};

static enum status run(struct invocation *call, struct error *err);

const struct command command_seal = {
	.name = "seal",
	.summary = N_("accept settings and templates edited by hand"),
	.description =
		N_("Settings in aigenv.json can be edited by hand, "
		   "templates too; until a writer has looked at the change "
		   "and sealed it, no secret is used with them. Shows each "
		   "change, base URLs first, then asks."),
	.options =
		(const struct option[]){
			{ .name = "yes",
				.type = OPTION_FLAG,
				.offset = offsetof(struct values, yes),
				.help = N_("seal without asking") },
			{ .name = NULL },
		},
	.values_size = sizeof(struct values),
	.examples =
		(const struct example[]){
			{ "aigenv seal",
				N_("after an edit of aigenv.json or a "
				   "template") },
			{ "aigenv seal -p staging --yes", NULL },
			{ NULL, NULL },
		},
	.statuses = (const enum status[]){ STATUS_FOUND, STATUS_USAGE,
		STATUS_INVALID, STATUS_LOCKED_OUT, STATUS_IO, STATUS_BUSY,
		STATUS_OK },
	.needs = NEEDS_VAULT,
	.run = run,
};

struct sealing {
	struct invocation *call;
	struct edited edited;
};

/* Where a change sends requests elsewhere, people should see it first. */
static void show_base_urls(
	const struct sealing *sealing, json_t *settings, const char *what)
{
	struct profile profile = { 0 };
	struct error ignored;

	if (settings &&
		profile_from_settings(&profile, sealing->edited.session.profile,
			settings, &ignored)) {
		for (size_t i = 0; i < profile.route_count; i++)
			output_text(sealing->call->output, "%s  %s  %s\n", what,
				profile.routes[i].name,
				profile.routes[i].base_url);
	}
	profile_release(&profile);
}

static void show_change(
	struct output *output, const json_t *change, bool known_before)
{
	const char *key = json_string_value(json_object_get(change, "key"));
	const char *before =
		json_string_value(json_object_get(change, "before"));
	const char *after = json_string_value(json_object_get(change, "after"));

	if (known_before)
		output_text(output, "  %s  %s → %s\n", key,
			before ? before : "(none)", after ? after : "(none)");
	else
		output_text(output, "  %s  %s\n", key, after ? after : "");
}

static void show_changes(const struct sealing *sealing)
{
	struct output *output = sealing->call->output;
	json_t *before = edited_before(&sealing->edited);
	size_t index = 0;
	json_t *change = NULL;

	if (!before)
		output_warning(output,
			_("what they were before is not known here; these are "
			  "all settings as they would be sealed\n"));
	show_base_urls(sealing, before, "before");
	show_base_urls(sealing, sealing->edited.settings, "after ");
	json_array_foreach(sealing->edited.changes, index, change) {
		show_change(output, change, before != NULL);
	}
}

static void warn_of_names(const struct sealing *sealing)
{
	SCOPED(buf) struct buf names = BUF(65536);

	opened_format_code_names(sealing->edited.session.opened,
		edited_before(&sealing->edited), &names);
	if (names.size)
		output_warning(sealing->call->output,
			_("%s: by such a variable a program can be made to run "
			  "other code; seal it only where you know what for\n"),
			buf_cstring(&names));
}

/* Said, and no more: nothing is rendered from it before it is mended. */
static void warn_of_template(struct output *output, const char *name,
	const char *path, const struct buf *text)
{
	SCOPED(buf) struct buf ignored = BUF(TEMPLATE_OUTPUT_LIMIT);
	JSON_SCOPED json_t *nothing = json_new_object();
	struct template_options options = { .name = name };
	struct error err = { 0 };

	if (!user_template_escaping(name, path, &options.escaping, &err) ||
		!template_render(buf_cstring(text), text->size, nothing,
			&options, &ignored, &err))
		output_warning(
			output, "%s: %s; %s\n", err.where, err.what, err.next);
}

/* What git has is what was sealed, or it is good for a comparison only. */
static bool is_sealed_text(const struct buf *text, const json_t *sha256)
{
	char hash[TEMPLATE_HASH_SIZE];

	user_template_hash(text, hash);
	return json_is_string(sha256) &&
		text_equal(hash, json_string_value(sha256));
}

/* What is shown has to be what will be sealed. */
static bool check_shown_text(
	const struct buf *text, const json_t *edited, struct error *err)
{
	if (is_sealed_text(text, json_object_get(edited, "sha256")))
		return true;
	error_set(err, STATUS_BUSY,
		_("the template was changed by something else in the meantime; "
		  "nothing was sealed"));
	error_at(err, "%s",
		json_string_value(json_object_get(edited, "template")));
	return error_next(err, _("run the command again"));
}

/* The text of a template as committed against the one in the folder. */
static bool show_template(const struct sealing *sealing, const json_t *edited,
	const json_t *sealed_hash, struct error *err)
{
	const char *directory = vault_directory(sealing->edited.session.vault);
	const char *name =
		json_string_value(json_object_get(edited, "template"));
	const char *path = json_string_value(json_object_get(edited, "path"));
	SCOPED(buf) struct buf before = BUF(TEMPLATE_LIMIT);
	SCOPED(buf) struct buf after = BUF(TEMPLATE_LIMIT);
	SCOPED(buf) struct buf text = BUF((size_t)4 * TEMPLATE_LIMIT);
	bool known = committed_file(directory, name, &before);

	if (!user_template_read(directory, name, &after, err) ||
		!check_shown_text(&after, edited, err))
		return false;
	if (!known)
		output_warning(sealing->call->output,
			_("git has no committed %s to compare with; this is "
			  "all "
			  "of it\n"),
			name);
	else if (!is_sealed_text(&before, sealed_hash))
		output_warning(sealing->call->output,
			_("%s is compared with git's HEAD, which is not what "
			  "was "
			  "sealed\n"),
			name);
	struct diff diff = { .path = name,
		.before = known ? buf_cstring(&before) : "",
		.before_size = known ? before.size : 0,
		.after = buf_cstring(&after),
		.after_size = after.size };
	diff_append(&diff, &text);
	output_marked(sealing->call->output, &text);
	warn_of_template(sealing->call->output, name, path ? path : "", &after);
	return true;
}

/* Templates whose hash becomes another. */
static bool show_templates(const struct sealing *sealing, struct error *err)
{
	json_t *old = opened_settings(sealing->edited.session.opened);
	json_t *outputs = json_object_get(sealing->edited.settings, "outputs");
	size_t index = 0;
	json_t *output = NULL;

	json_array_foreach(outputs, index, output) {
		const char *name =
			json_string_value(json_object_get(output, "template"));
		json_t *sealed = json_object_get(
			json_array_get(json_object_get(old, "outputs"), index),
			"sha256");
		if (name && user_template_is(name) &&
			!json_equal(
				sealed, json_object_get(output, "sha256")) &&
			!show_template(sealing, output, sealed, err))
			return false;
	}
	return true;
}

/* Asking */

static bool ask(struct sealing *sealing, bool *yes, struct error *err)
{
	static const struct prompt_question question = {
		.text = "Seal these settings?",
		.help = N_(
			"Yes signs them: every machine then accepts them. Look "
			"at the base URLs and the templates first."),
		.first = true,
	};
	enum prompt_outcome outcome = PROMPT_ANSWER;
	struct prompt *prompt = NULL;

	output_flush(sealing->call->output);
	if (!prompt_open(&prompt, sealing->call->global->no_color, err))
		return false;
	bool ok = prompt_confirm(prompt, &question, false, &outcome, yes, err);
	prompt_close(prompt);
	return ok;
}

static bool agree(struct sealing *sealing, bool *yes, struct error *err)
{
	*yes = COMMAND_VALUES(values, sealing->call)->yes;
	if (*yes)
		return true;
	if (!sealing->call->global->no_input)
		return ask(sealing, yes, err);
	error_set(err, STATUS_USAGE, _("nobody can be asked whether to seal"));
	return error_next(err, _("look at the changes above, then add --yes"));
}

static enum status seal(
	struct sealing *sealing, bool *sealed, struct error *err)
{
	struct edited *edited = &sealing->edited;
	struct output *output = sealing->call->output;
	bool yes = false;

	show_changes(sealing);
	warn_of_names(sealing);
	if (!show_templates(sealing, err) || !edited_check(edited, err) ||
		!agree(sealing, &yes, err))
		return err->status;
	if (!yes) {
		output_note(output, _("Nothing was sealed.\n"));
		return STATUS_FOUND;
	}
	if (!edited_seal(edited, err))
		return err->status;
	*sealed = true;
	output_note(output,
		STYLE_GOOD "✓" STYLE_END " sealed, generation %lld\n",
		(long long)opened_generation(edited->session.opened));
	return STATUS_OK;
}

static enum status run(struct invocation *call, struct error *err)
{
	struct sealing sealing = { .call = call,
		.edited = EDITED(session_options(call)) };
	struct edited *edited = &sealing.edited;
	const struct session *session = &edited->session;
	enum status status = STATUS_OK;
	bool sealed = false;

	if (!edited_open(edited, err))
		status = err->status;
	else if (edited_is(edited))
		status = seal(&sealing, &sealed, err);
	else
		output_note(call->output,
			_("nothing was edited: the seal holds\n"));
	if (session->opened && edited->changes)
		output_json(call->output,
			JSON_RECORD(JSON_TEXT("profile", session->profile),
				JSON_NUMBER("generation",
					opened_generation(session->opened)),
				JSON_FLAG("sealed", sealed),
				JSON_VALUE("changes",
					json_incref(edited->changes))));
	edited_release(edited);
	return status;
}
