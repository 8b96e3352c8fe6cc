/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/attributes.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/output.h"
#include "commands/check/check_internal.h"
#include "commands/session_options.h"

#include <stddef.h>

static run_command run;

static const struct option options[] = {
	OPTION(check_values, code, "code",
		.help = N_("what the sources read, and what is written into "
			   "them")),
	OPTION(check_values, leaks, "leaks",
		.help = N_("where the profile's values lie")),
	OPTION(check_values, history, "history",
		.help = N_("with --leaks: also all commits and stashes of the "
			   "repository")),
	OPTION(check_values, staged, "staged",
		.help = N_("only what the next commit takes in; alone it means "
			   "--code --leaks")),
	OPTION(check_values, format, "format", .value = "FORMAT",
		.choices = "human|json|sarif|github",
		.help = N_("how findings are printed")),
	OPTION(check_values, fix, "fix",
		.help = N_("mend what has one right answer, and show what "
			   "changed")),
	OPTION(check_values, readers, "for", .value = "READER,...",
		.help = N_("who reads the files (`aigenv help readers`); "
			   "default: all, but docker and podman only where a "
			   "file beside shows that they do")),
	OPTION(check_values, assignment, "readers", .value = "NAME|FILE:LINE",
		.help = N_("what each reader makes of one assignment, and the "
			   "spelling on which they agree")),
	OPTION(check_values, from_stdin, "stdin",
		.help = N_("look at what comes in on stdin; with --fix it goes "
			   "to stdout, mended")),
	OPTION(check_values, filename, "filename", .value = "FILE",
		.is_file = true,
		.help = N_("what the file of --stdin is called")),
	{ .name = NULL },
};

static const struct example examples[] = {
	{ "aigenv check", N_("the env files in this folder") },
	{ "aigenv check --fix .env", N_("mend one") },
	{ "aigenv check --readers DATABASE_URL", N_("who reads it how") },
	{ "aigenv check --code", NULL },
	{ "aigenv check --leaks --history",
		N_("before a repository is made public") },
	{ "aigenv check --staged", N_("the line of .git/hooks/pre-commit") },
	{ "aigenv check --code --format github", N_("in a workflow") },
	{ NULL, NULL },
};

const struct command command_check = {
	.name = "check",
	.arguments = "[FILE...]",
	.takes_files = true,
	.most = SIZE_MAX,
	.summary =
		N_("look for mistakes, missing variables and leaked secrets"),
	.description = N_(
		"Alone, or with FILE, it looks at .env files, the team's own "
		"as well as rendered ones, at PM2's ecosystem files and at the "
		"vault: what readers take differently, what goes past the "
		"gateway, what cannot be a token or key, what PM2 ignores, who "
		"else can read a secret, what differs from .env.example and, "
		"where it can be opened without a question, from the vault; "
		"without FILE at those in this folder.\n\n"
		"No vault or identity is needed, nothing is run, and secrets "
		"are masked. `aigenv help "
		"rules` lists the rules, and how a comment silences one. With "
		"--fix no reader of a file gets another value than it had, "
		"unless a finding says so.\n\n"
		"--code compares the names that the app's sources read with "
		"those that the profile, an env file, a compose file, a "
		"Dockerfile or a workflow gives, and looks for a client that "
		"is made without the second header, and for addresses and keys "
		"that are written into the code. Without a vault it goes by "
		"the files alone, and of one that cannot be opened by what it "
		"says in plain text.\n\n"
		"--leaks looks for the profile's own values, exactly, also as "
		"Base64, in URLs, in JSON and broken by a line end: in files "
		"that git has or would take, in what builds wrote, in PM2's "
		"saved list and logs and in the histories of shells; with "
		"--history in all that git has stored, too. No value leaves "
		"this process.\n\n"
		"--staged looks at what the next commit takes in, for a "
		"pre-commit hook. `aigenv help project` has all three, a hook "
		"and a workflow. Exit 1 where an error or a warning was "
		"found, or a part could not be read. Nothing is "
		"changed without --fix, and no call is "
		"made."),
	.options = options,
	.values_size = sizeof(struct check_values),
	.examples = examples,
	.statuses = found_change_statuses,
	.needs = NEEDS_VAULT,
	.run = run,
};

/* What is staged or was committed, git alone knows. */
static bool check_git(const struct check *check,
	const struct check_values *values, struct error *err)
{
	if (check->tree.has_git || !(values->staged || values->history))
		return true;
	if (check->tree.git_is_silent) {
		check_git_failed(check,
			_("git does not answer for this work tree"), err);
		err->status = STATUS_INVALID;
		return false;
	}
	error_set(err, STATUS_INVALID,
		check->workspace.session.path
			? _("the vault is in no work tree of git")
			: _("this folder is in no work tree of git"));
	return error_next(err, _("leave out --history and --staged"));
}

static bool look(struct check *check, const struct check_values *values,
	struct error *err)
{
	bool all = values->staged && !values->code && !values->leaks;

	bool leaks = values->leaks || all;

	bool ok = (leaks ? check_open(check, err)
			 : check_open_names(check, err)) &&
		check_git(check, values, err) &&
		(!(values->code || all) || check_code(check, err)) &&
		(!leaks || check_leaks(check, values->history, err));

	if (!ok)
		return false;
	check_add_passed(check);
	check_mask_paths(check);
	return true;
}

/* Env files need no vault; one that is named has to be there all the same. */
static enum status look_at_env_files(struct invocation *call, struct error *err)
{
	struct session session = SESSION(session_options(call));
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	bool ok = !session.options.file ||
		session_load(&session, SESSION_READ, err);

	session_release(&session);
	if (!ok)
		return err->status;
	return values->assignment ? check_readers(call, err)
				  : check_env(call, err);
}

static bool is_about_project(const struct check_values *values)
{
	return values->code || values->leaks || values->staged;
}

static bool check_usage(const struct invocation *call,
	const struct check_values *values, struct error *err)
{
	const bool project = is_about_project(values);
	const struct {
		bool is_so;
		const char *what, *next;
	} wrong[] = {
		{ values->history && !values->leaks,
			_("--history is about what --leaks looks for"),
			_("give --leaks too") },
		{ values->history && values->staged,
			_("--history is about all commits, --staged about the "
			  "next one alone"),
			_("give one of them") },
		{ project && values->assignment,
			_("--readers is about one assignment of an env file, "
			  "not about the project"),
			_("give it without --code, --leaks and --staged") },
		{ project &&
				(values->fix || values->readers ||
					values->from_stdin),
			_("--fix, --for and --stdin are about env files"),
			_("give them without --code, --leaks and --staged, "
			  "whose findings have no one right answer") },
		{ project && call->argument_count > 0,
			_("--code, --leaks and --staged look at the project, "
			  "not at FILE"),
			_("give FILE without them") },
	};

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		if (!wrong[i].is_so)
			continue;
		return error_tell(
			err, STATUS_USAGE, wrong[i].what, wrong[i].next);
	}
	return true;
}

static enum status look_at_project(struct invocation *call, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	SCOPED(check)
	struct check check = { .call = call, .staged = values->staged };

	if (!look(&check, values, err))
		return err->status;
	report_sort(&check.report);
	check_print(call->output, &check.report, values->format);
	if (check.tree.git_is_silent)
		output_note(call->output,
			_("git does not answer for this work tree (see what "
			  "`git status` says): its files were looked at by "
			  "folder, also those that git ignores\n"));
	check_tell_passed(&check);
	if (check.report.count == 0)
		output_done(call->output, _("nothing was found"));
	return report_matters(&check.report) ? STATUS_FOUND : STATUS_OK;
}

static enum status look_at(struct invocation *call, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);

	if (!check_usage(call, values, err))
		return err->status;
	return is_about_project(values) ? look_at_project(call, err)
					: look_at_env_files(call, err);
}

/* One document is all of stdout from the beginning, so that what --fix shows
 * does not stand before it. SARIF has no form for what failed. */
static enum status run(struct invocation *call, struct error *err)
{
	const struct check_values *values = COMMAND_VALUES(check_values, call);
	struct output *output = call->output;
	const bool asked = output->json;
	const bool is_sarif = text_equal_or_null(values->format, "sarif");

	if (is_sarif || text_equal_or_null(values->format, "json"))
		output->json = true;
	enum status status = look_at(call, err);
	if (is_sarif && !output->document)
		output->json = asked;
	return status;
}
