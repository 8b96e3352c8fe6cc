/* SPDX-License-Identifier: MIT */
#include "commands/setup_command.h"

#include "base/i18n.h"
#include "base/json.h"
#include "cli/output.h"
#include "commands/conversation/conversation.h"
#include "commands/git_drivers.h"
#include "commands/session_options.h"
#include "commands/take_over.h"
#include "setup/env_file.h"
#include "setup/own_file.h"

/* Also where the vault could not be written: an identity may have been made. */
static bool save(
	const struct invocation *call, struct setup *setup, struct error *err)
{
	const struct session *session = &setup->workspace.session;
	bool is_new = setup->vault_is_new;
	bool saved = setup_save(setup, err);

	if (setup->identity_is_new)
		output_done(call->output,
			_("%s  new; keep a copy: it is the only key"),
			session->identity.path);
	if (saved && is_new)
		output_done(call->output, _("%s  new; safe to commit"),
			session->path);
	else if (saved)
		output_done(call->output,
			setup->vault_was_changed ? "%s" : _("%s  unchanged"),
			session->path);
	return saved;
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
	if (take_over_ask(call, options, &deployment, err) != STATUS_OK)
		return err->status;
	if (!save(call, setup, err) ||
		(COMMAND_VALUES(init_values, call)->git_drivers &&
			git_drivers_set_up(call, setup->workspace.session.path,
				err) != STATUS_OK))
		return err->status;
	enum status status = deploy_carry_out(call, options, &deployment, err);
	deploy_advise_saved(&deployment, err);
	return status;
}

/* Without questions there is nothing to look up for them. */
static bool check_usage(const struct invocation *call,
	const struct init_values *values, struct error *err)
{
	if (!values->api_token || !call->global->no_input)
		return true;
	return error_tell(err, STATUS_USAGE,
		_("--api-token is for the questions, and nothing is asked "
		  "here"),
		_("leave it out; `aigenv discover` lists what there is at "
		  "Cloudflare"));
}

enum status setup_carry_out(const struct invocation *call,
	const struct setup_start *start, struct error *err)
{
	SCOPED(setup)
	struct setup setup =
		SETUP(session_options(call), start->answers, start->secrets);

	setup.ecosystem = start->values->ecosystem;
	setup.defaults = start->defaults;
	setup.of_file = start->file != NULL;
	if (!check_usage(call, start->values, err) || !setup_begin(&setup, err))
		return err->status;
	/* An example's values are nobody's file. */
	if (start->file && !start->defaults)
		env_file_keep(start->file, &setup);
	if (start->tell) {
		JSON_SCOPED json_t *known = setup_known(&setup);
		start->tell(call->output, start->imported, known);
	}
	if (!own_file_take(&setup, err))
		return err->status;
	if (!call->global->no_input) {
		own_file_hear_again(&setup.heard);
		return converse(
			call, &setup, start->secrets, start->values, err);
	}
	if (!setup_settle(&setup, err))
		return err->status;
	return deploy(call, &setup, &start->values->deploy, err);
}
