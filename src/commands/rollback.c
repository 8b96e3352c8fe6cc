/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "cli/output.h"
#include "commands/deploy_command.h"
#include "commands/session_options.h"

#include <stddef.h>

/* `aigenv rollback`: the value before the present one, back in use. */

struct values {
	struct deploy_options deploy;
};

static enum status run(struct invocation *call, struct error *err);

const struct command command_rollback = {
	.name = "rollback",
	.arguments = "NAME",
	.summary = N_("bring a secret's previous value back into use"),
	.description = N_(
		"Exchanges the secret's current and previous value in the "
		"vault, then does what `apply` does: the test call, the files, "
		"the restart command. Run again, it exchanges them back."),
	.options =
		(const struct option[]){
			DEPLOY_OPTIONS,
			{ .name = NULL },
		},
	.values_size = sizeof(struct values),
	.examples =
		(const struct example[]){
			{ "aigenv rollback MIMO_API_KEY", NULL },
			{ NULL, NULL },
		},
	.statuses = deploy_statuses,
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = 1,
	.run = run,
};

/* Nothing is saved by then. */
static enum status agree(const struct invocation *call,
	const struct deploy_options *wanted, struct workspace *workspace,
	struct error *err)
{
	SCOPED(deployment)
	struct deployment deployment = { .workspace = workspace };

	if (!workspace_exchange(workspace, call->arguments[0], err))
		return err->status;
	return deploy_agree(call, wanted, &deployment, err);
}

static enum status run(struct invocation *call, struct error *err)
{
	const struct deploy_options *wanted =
		&COMMAND_VALUES(values, call)->deploy;
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));
	const char *name = call->arguments[0];
	enum status agreed = agree(call, wanted, &workspace, err);

	if (agreed != STATUS_OK || wanted->dry_run)
		return agreed;
	SCOPED(deployment)
	struct deployment deployment = { .workspace = &workspace,
		.told = true };
	if (!workspace_save_exchange(&workspace, name, err) ||
		!deployment_prepare(&deployment, err))
		return err->status;
	output_note(call->output,
		_("%s has its previous value again in %s; `aigenv rollback %s` "
		  "exchanges them back\n"),
		name, workspace.session.profile, name);
	return deploy_carry_out(call, wanted, &deployment, err);
}
