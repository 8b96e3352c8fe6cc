/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "commands/deployment.h"
#include "commands/session_options.h"

struct values {
	struct deployment_options deployment;
};

static enum status deploy(struct deployment *deployment,
	struct session *session, struct error *err)
{
	if (!deployment_prepare(deployment, session->opened, err))
		return err->status;
	if (deployment->options->dry_run) {
		deployment_show(deployment);
		return STATUS_OK;
	}
	if (!deployment_verify(deployment, err) ||
		!deployment_write(deployment, session, err))
		return err->status;
	deployment_finish(deployment, session_must_name_profile(session));
	return STATUS_OK;
}

static enum status run(struct invocation *call, struct error *err)
{
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));

	if (!workspace_open(&workspace, SESSION_USE, err) ||
		!workspace_collect(&workspace, err))
		return err->status;
	SCOPED(deployment)
	struct deployment deployment = {
		.call = call,
		.options = &COMMAND_VALUES(values, call)->deployment,
		.profile = &workspace.profile,
		.variables = &workspace.variables,
		.directory = vault_directory(workspace.session.vault),
		.vault_path = workspace.session.path,
	};
	return deploy(&deployment, &workspace.session, err);
}

static const struct option options[] = {
	DEPLOYMENT_OPTIONS,
	{ .name = NULL },
};

static const struct example examples[] = {
	{ "aigenv apply", "write the files, print the restart command" },
	{ "aigenv apply --dry-run", "only show what would change" },
	{ "aigenv apply -p staging --no-verify", "without the test call" },
	{ NULL, NULL },
};

static const enum status statuses[] = { STATUS_USAGE, STATUS_INVALID,
	STATUS_LOCKED_OUT, STATUS_REFUSED, STATUS_UNREACHABLE, STATUS_IO,
	STATUS_BUSY, STATUS_INTERRUPTED, STATUS_OK };

const struct command command_apply = {
	.name = "apply",
	.summary = "render, prove by a test call, write, say how to restart",
	.description =
		"Decrypts the profile, renders its outputs in memory, makes "
		"the test call with exactly these values, and only then writes "
		"the files (mode 0600), all or none. The last line of stdout "
		"is the restart command that is right for this app.\n\n"
		"A failed check or call leaves every file as it was.",
	.options = options,
	.values_size = sizeof(struct values),
	.examples = examples,
	.statuses = statuses,
	.needs = NEEDS_VAULT,
	.run = run,
};
