/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "cli/output.h"
#include "commands/deploy_command.h"
#include "commands/session_options.h"
#include "vault/rotation.h"

#include <stddef.h>

/* `aigenv rollback`: the value before the present one, back in use. */

struct values {
	struct deploy_options deploy;
	bool no_restart;
};

static run_command run;

const struct command command_rollback = {
	.name = "rollback",
	.arguments = "NAME",
	.summary = N_("bring a secret's previous value back into use"),
	.description = N_(
		"Makes the test call with the previous value, exchanges it "
		"with the current one in the vault, then does what `apply` "
		"does: the files, the restart command, which is run where the "
		"app runs here. A call that is refused changes nothing. Run "
		"again, it exchanges them back, or goes on with what was cut "
		"off."),
	OPTIONS(values, DEPLOY_OPTIONS,
		OPTION(values, no_restart, "no-restart",
			.help = N_("only print the restart command"))),
	.examples = EXAMPLES({ "aigenv rollback MIMO_API_KEY", NULL }),
	.statuses = deploy_statuses,
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = 1,
	.run = run,
};

static bool has_previous(
	const struct opened *opened, const char *name, struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };

	return opened_get_secret(opened, name, SLOT_PREVIOUS, &arena, err) !=
		NULL;
}

/* The variables as they will be; nothing is changed. *goes_on tells whether
 * they are in the vault already, by a rollback that was cut off. */
static bool open_with_previous(struct workspace *workspace, const char *name,
	bool *goes_on, struct error *err)
{
	if (!workspace_open(workspace, SESSION_CHANGE, err) ||
		!opened_check_no_rotation(workspace->session.opened, err) ||
		!has_previous(workspace->session.opened, name, err))
		return false;
	*goes_on = opened_is_rolled_back(workspace->session.opened, name);
	return workspace_collect_with(
		workspace, name, *goes_on ? SLOT_CURRENT : SLOT_PREVIOUS, err);
}

/* The vault may be written all the same. */
static bool save(struct session *session, struct error *err)
{
	if (session_save(session, err))
		return true;
	return err->status == STATUS_IO && !vault_is_current(session->vault) &&
		error_next(err,
			_("the vault is written, but a crash now could lose "
			  "it: check the disk, then `aigenv apply` goes on "
			  "from here"));
}

/* Once the previous value is proven. */
static bool exchange(const struct invocation *call, struct session *session,
	const char *name, struct error *err)
{
	if (!session_begin_change(session, err) ||
		!opened_exchange_secret(session->opened, name, err))
		return false;
	opened_begin_rollback(session->opened, name);
	if (!save(session, err))
		return false;
	session_be_patient(session);
	output_note(call->output,
		_("%s has its previous value again in %s; `aigenv rollback %s` "
		  "exchanges them back\n"),
		name, session->profile, name);
	return true;
}

static enum status run(struct invocation *call, struct error *err)
{
	struct deploy_options deploy = COMMAND_VALUES(values, call)->deploy;
	const struct deploy_options *wanted = &deploy;
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));
	const char *name = call->arguments[0];
	bool goes_on = false;

	deploy.restart_here = !COMMAND_VALUES(values, call)->no_restart;
	if (wanted->restart && !wanted->restart_here) {
		error_tell(err, STATUS_USAGE,
			_("--restart and --no-restart cannot go together"),
			_("give one of them"));
		return err->status;
	}
	if (!open_with_previous(&workspace, name, &goes_on, err))
		return err->status;
	if (goes_on)
		output_note(call->output,
			_("%s has its previous value already in %s, by a "
			  "rollback that was cut off: this goes on with it\n"),
			name, workspace.session.profile);
	SCOPED(deployment)
	struct deployment deployment = { .workspace = &workspace,
		.tried = goes_on ? NULL : name,
		.rolled_back = name };
	enum status agreed = deploy_agree(call, wanted, &deployment, err);
	if (agreed != STATUS_OK || wanted->dry_run)
		return agreed;
	if (!deploy_verify(call, wanted, &deployment, err) ||
		(!goes_on && !exchange(call, &workspace.session, name, err)))
		return err->status;
	if (!deploy_write(call, &deployment, err)) {
		deploy_advise_saved(&deployment, err);
		return err->status;
	}
	return deploy_tell_restart(call, wanted, &deployment);
}
