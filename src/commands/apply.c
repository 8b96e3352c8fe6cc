/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "commands/deploy_command.h"
#include "commands/session_options.h"
#include "commands/take_over.h"

struct values {
	struct deploy_options deploy;
};

static enum status run(struct invocation *call, struct error *err);

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
	.options =
		(const struct option[]){
			DEPLOY_OPTIONS,
			{ .name = NULL },
		},
	.values_size = sizeof(struct values),
	.examples =
		(const struct example[]){
			{ "aigenv apply",
				N_("write the files, print the restart "
				   "command") },
			{ "aigenv apply --dry-run",
				N_("only show what would change") },
			{ "aigenv apply -p staging --no-verify",
				N_("without the test call") },
			{ NULL, NULL },
		},
	.statuses = (const enum status[]){ STATUS_USAGE, STATUS_INVALID,
		STATUS_LOCKED_OUT, STATUS_REFUSED, STATUS_UNREACHABLE,
		STATUS_IO, STATUS_BUSY, STATUS_INTERRUPTED, STATUS_OK },
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
	if (!deployment_prepare(&deployment, err))
		return err->status;
	if (wanted->dry_run) {
		deploy_show(call, &deployment);
		return STATUS_OK;
	}
	enum status agreed = take_over_agreed(call, wanted, &deployment, err);
	if (agreed != STATUS_OK)
		return agreed;
	return deploy_carry_out(call, wanted, &deployment, err);
}
