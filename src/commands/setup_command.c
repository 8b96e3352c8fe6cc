/* SPDX-License-Identifier: MIT */
#include "commands/setup_command.h"

#include "base/i18n.h"
#include "base/json.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "commands/setup_dialog.h"
#include "commands/take_over.h"

/* Also where the vault could not be written: an identity may have been made. */
static bool save(
	const struct invocation *call, struct setup *setup, struct error *err)
{
	const struct session *session = &setup->workspace.session;
	bool saved = setup_save(setup, err);

	if (setup->identity_is_new)
		output_note(call->output,
			STYLE_GOOD
			"✓" STYLE_END
			" %s  new; keep a copy: it is the only key\n",
			session->identity.path);
	if (saved)
		output_note(call->output, STYLE_GOOD "✓" STYLE_END " %s%s\n",
			session->path,
			setup->vault_is_new ? "  new; safe to commit" : "");
	return saved;
}

/*
 * Two profiles, one file: asked here, "no" gives the profile files of its own
 * instead of ending after all those questions.
 */
static enum status settle_files(const struct invocation *call,
	struct setup *setup, const struct deploy_options *options,
	struct deployment *deployment, struct error *err)
{
	enum status agreed = take_over_ask(call, options, deployment, err);

	if (agreed != STATUS_FOUND)
		return agreed;
	json_put(setup->answers, "outputs", take_over_own_outputs(deployment));
	deployment_release(deployment);
	return setup_settle(setup, err) && deployment_prepare(deployment, err)
		? STATUS_OK
		: err->status;
}

static enum status deploy(const struct invocation *call, struct setup *setup,
	const struct deploy_options *options, struct error *err)
{
	SCOPED(deployment)
	struct deployment deployment = { .workspace = &setup->workspace };

	if (!deployment_prepare(&deployment, err))
		return err->status;
	if (options->dry_run) {
		deploy_show(call, &deployment);
		return STATUS_OK;
	}
	enum status agreed =
		settle_files(call, setup, options, &deployment, err);
	if (agreed != STATUS_OK)
		return agreed;
	if (!call->global->no_input) {
		enum status answer =
			setup_confirm(call, setup, &deployment, err);
		if (answer != STATUS_OK)
			return answer;
	}
	if (!save(call, setup, err))
		return err->status;
	enum status status = deploy_carry_out(call, options, &deployment, err);
	if (status == STATUS_IO && deployment.refused)
		error_next(err,
			_("see to that and run it again: the vault is written, "
			  "the app's files are not"));
	return status;
}

enum status setup_carry_out(const struct invocation *call, json_t *answers,
	const struct deploy_options *options, struct error *err)
{
	SCOPED(setup)
	struct setup setup = SETUP(session_options(call), answers);

	if (!setup_begin(&setup, err) ||
		(!call->global->no_input && !setup_ask(call, &setup, err)) ||
		!setup_settle(&setup, err))
		return err->status;
	return deploy(call, &setup, options, err);
}
