/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/confirm.h"
#include "commands/seal_textconv.h"
#include "commands/session_options.h"
#include "profile/profile.h"
#include "session/edited_template.h"
#include "template/template.h"
#include "ui/diff.h"

/* `aigenv seal`: accepts settings and templates that were edited by hand. */

struct values {
	bool yes;
	const char *textconv;
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
			{ .name = "textconv",
				.value = "FILE",
				.type = OPTION_TEXT,
				.is_file = true,
				.offset = offsetof(struct values, textconv),
				.help = N_("print what `git diff` compares: "
					   "names, generations, times and "
					   "settings, never a value"),
				.topic = N_("Git") },
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
	const char *key = json_text(change, "key");
	const char *before = json_text(change, "before");
	const char *after = json_text(change, "after");

	if (known_before)
		output_text(output, "  %s  %s → %s\n", key,
			before ? before : _("(none)"),
			after ? after : _("(none)"));
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
			_("this machine does not know the settings as they "
			  "were before; these are all of them, as they would "
			  "be sealed\n"));
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
			_("%s can make a program run other code: seal this "
			  "only if you know what it is for\n"),
			buf_cstring(&names));
}

static void show_template(void *context, const struct edited_template *template)
{
	struct output *output = context;
	SCOPED(buf) struct buf text = BUF((size_t)4 * TEMPLATE_LIMIT);
	const struct diff diff = { .path = template->name,
		.before = buf_cstring(template->before),
		.before_size = template->before->size,
		.after = buf_cstring(template->after),
		.after_size = template->after->size };

	if (template->committed == COMMITTED_NOTHING)
		output_warning(output,
			_("git has no committed %s to compare it with, so all "
			  "of it is shown\n"),
			template->name);
	if (template->committed == COMMITTED_OTHER)
		output_warning(output,
			_("%s is compared with git's HEAD, which differs from "
			  "what was sealed\n"),
			template->name);
	diff_append(&diff, &text);
	output_marked(output, &text);
	if (template->fault.status != STATUS_OK)
		output_warning(output, "%s: %s; %s\n", template->fault.where,
			template->fault.what, template->fault.next);
}

static enum status agree(const struct sealing *sealing, struct error *err)
{
	const struct prompt_question question = {
		.text = _("Seal these settings?"),
		.help = _(
			"Yes signs them: every machine then accepts them. Look "
			"at the base URLs and the templates first."),
		.first = true,
	};

	return confirm(sealing->call,
		COMMAND_VALUES(values, sealing->call)->yes, &question,
		_("the changes above would be sealed, but there is no terminal "
		  "to ask on"),
		err);
}

static enum status seal(
	struct sealing *sealing, bool *sealed, struct error *err)
{
	struct edited *edited = &sealing->edited;
	struct output *output = sealing->call->output;

	show_changes(sealing);
	warn_of_names(sealing);
	if (!edited_templates(edited, show_template, output, err) ||
		!edited_check(edited, err))
		return err->status;
	enum status agreed = agree(sealing, err);
	if (agreed != STATUS_OK)
		return agreed;
	if (!edited_seal(edited, err))
		return err->status;
	*sealed = true;
	output_done(output, _("sealed as generation %lld"),
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
	const char *textconv = COMMAND_VALUES(values, call)->textconv;

	if (textconv)
		return seal_textconv(call, textconv, err);
	if (!edited_open(edited, err))
		status = err->status;
	else if (edited_is(edited))
		status = seal(&sealing, &sealed, err);
	else
		output_note(call->output,
			_("nothing was edited, so there is nothing to seal\n"));
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
