/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "commands/deploy_command.h"
#include "commands/session_options.h"
#include "session/due.h"

struct values {
	struct deploy_options deploy;
};

static run_command run;

const struct command command_apply = {
	.name = "apply",
	.summary =
		N_("render, prove by a test call, write, say how to restart"),
	.description = N_(
		"Decrypts the profile, renders its outputs in memory, makes "
		"the test call with exactly these values, and only then writes "
		"the files (mode 0600), all or none. The last line of stdout "
		"is the restart command that is right for this app.\n\n"
		"A failed check or call leaves every file as it was."),
	OPTIONS(values, DEPLOY_OPTIONS),
	.examples = EXAMPLES(
		{ "aigenv apply",
			N_("write the files, print the restart command") },
		{ "aigenv apply --dry-run", N_("only show what would change") },
		{ "aigenv apply -p staging --no-verify",
			N_("without the test call") }),
	.statuses = deploy_statuses,
	.needs = NEEDS_VAULT,
	.run = run,
};

static enum status run(struct invocation *call, struct error *err)
{
	const struct deploy_options *wanted =
		&COMMAND_VALUES(values, call)->deploy;
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));

	if (!workspace_open(&workspace, SESSION_USE, err) ||
		!workspace_collect(&workspace, err))
		return err->status;
	SCOPED(deployment)
	struct deployment deployment = { .workspace = &workspace };
	enum status agreed = deploy_agree(call, wanted, &deployment, err);
	if (agreed != STATUS_OK || wanted->dry_run)
		return agreed;
	due_warn(&workspace.session);
	return deploy_carry_out(call, wanted, &deployment, err);
}
