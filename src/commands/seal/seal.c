/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json.h"
#include "cli/output.h"
#include "commands/confirm.h"
#include "commands/git_drivers.h"
#include "commands/seal/merge.h"
#include "commands/seal/show.h"
#include "commands/session_options.h"
#include "os/file.h"
#include "session/changed_routes.h"
#include "session/edited.h"
#include "template/template.h"
#include "ui/diff.h"
#include "vault/vault.h"
#include "versions/outline.h"

/* `aigenv seal`: accepts settings and templates that were edited by hand. What
 * it does for git is in files of its own. */

struct values {
	bool yes, merges, drivers;
	struct seal_merge_options merge;
	const char *textconv;
};

#define GIT_TOPIC N_("Git")
#define FILE_OPTION(name_, member_, help_)                                     \
	OPTION(values, merge.member_, name_, .value = "FILE", .is_file = true, \
		.help = (help_), .topic = GIT_TOPIC)

static run_command run;

static const struct option options[] = {
	OPTION(values, yes, "yes", .help = N_("seal without asking")),
	OPTION(values, merges, "merge",
		.help = N_("merge the two versions of a conflict in git"),
		.topic = GIT_TOPIC),
	OPTION(values, merge.take, "take", .value = "SIDE",
		.choices = "ours|theirs",
		.help = N_("the side to take where both changed the same, "
			   "without asking"),
		.topic = GIT_TOPIC),
	FILE_OPTION("base", base,
		N_("with --merge: what both began from, instead of git's "
		   "index")),
	FILE_OPTION("ours", ours,
		N_("with --merge: one side, instead of git's index")),
	FILE_OPTION("theirs", theirs, N_("with --merge: the other side")),
	FILE_OPTION("out", out,
		N_("with --merge: write here, not to the vault; what git's "
		   "merge driver uses")),
	OPTION(values, drivers, "git-drivers",
		.help = N_("have git in this clone use aigenv to show and "
			   "merge the vault"),
		.topic = GIT_TOPIC),
	OPTION(values, textconv, "textconv", .value = "FILE", .is_file = true,
		.help = N_("print what `git diff` compares: names, "
			   "generations, times and settings, never a value"),
		.topic = GIT_TOPIC),
	{ .name = NULL },
};

const struct command command_seal = {
	.name = "seal",
	.summary = N_("accept settings edited by hand; merge after a conflict"),
	.description =
		N_("Settings in aigenv.json can be edited by hand, templates "
		   "too; until a writer has looked at the change and sealed "
		   "it, no secret is used with them. Shows each change, base "
		   "URLs first, then asks.\n\n"
		   "After a conflict in git, --merge takes from each side what "
		   "that one changed, asks for what both changed, and seals "
		   "the result: `aigenv help git`."),
	.options = options,
	.values_size = sizeof(struct values),
	.examples = EXAMPLES(
		{ "aigenv seal",
			N_("after an edit of aigenv.json or a template") },
		{ "aigenv seal -p staging --yes", NULL },
		{ "aigenv seal --merge",
			N_("after git said CONFLICT; then `git add "
			   "aigenv.json`") }),
	.statuses = found_change_statuses,
	.needs = NEEDS_VAULT,
	.run = run,
};

struct sealing {
	struct invocation *call;
	struct edited edited;
};

static void show_changes(const struct sealing *sealing)
{
	struct output *output = sealing->call->output;
	json_t *before = edited_before(&sealing->edited);

	if (!before)
		output_warning(output,
			_("this machine does not know the settings as they "
			  "were before; these are all of them, as they would "
			  "be sealed\n"));
	seal_show_base_urls(output, sealing->edited.session.profile, before,
		sealing->edited.settings);
	JSON_EACH(change, sealing->edited.changes)
		seal_show_change(output, change.value, before != NULL);
	provider_change_tell(
		&sealing->edited.session, before, sealing->edited.settings);
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
	seal_warn_of_names(
		output, edited->session.opened, edited_before(edited));
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

static enum status set_up_drivers(
	const struct invocation *call, struct error *err)
{
	SCOPED(session)
	struct session session = SESSION(session_options(call));

	return session_find(&session, SESSION_READ, err)
		? git_drivers_set_up(call, session.path, err)
		: err->status;
}

/* What git's diff driver calls. Any file that can be read ends with STATUS_OK,
 * or `git diff` would fail. */
static enum status print_outline(
	const struct invocation *call, const char *path, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);
	SCOPED(buf) struct buf lines = BUF((size_t)16 * VAULT_LIMIT);
	const char *name = NULL;

	if (file_read_argument(path, &name, &text, err))
		outline_format(buf_cstring(&text), text.size, &lines);
	else if (err->status == STATUS_INVALID)
		buf_printf(&lines, OUTLINE_NO_VAULT "%s\n", err->what);
	else
		return err->status;
	output_text(call->output, "%s", buf_cstring(&lines));
	output_json(call->output,
		json_build("{lines:%o}", json_new_lines(buf_cstring(&lines))));
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
	const struct values *values = COMMAND_VALUES(values, call);

	if (values->textconv)
		return print_outline(call, values->textconv, err);
	if (values->drivers)
		return set_up_drivers(call, err);
	if (values->merges)
		return seal_merge(call, &values->merge, values->yes, err);
	if (!seal_check_no_merge(&values->merge, err))
		return err->status;
	if (!edited_open(edited, err))
		status = err->status;
	else if (edited_is(edited))
		status = seal(&sealing, &sealed, err);
	else
		output_note(call->output,
			_("nothing was edited, so there is nothing to seal\n"));
	if (session->opened && edited->changes)
		output_json(call->output,
			json_build("{profile:%s, generation:%I, sealed:%b, "
				   "changes:%O}",
				session->profile,
				(json_int_t)opened_generation(session->opened),
				sealed, edited->changes));
	edited_release(edited);
	return status;
}
