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

#define OPTION_OF_TEXT OPTION_TEXT
#define OPTION_OF_INTEGER_OR_TEXT OPTION_TEXT
#define OPTION_OF_LIST OPTION_LIST
#define OPTION_OF_TEXT_OR_LIST OPTION_LIST
#define OPTION_OF_TEXT_MAP OPTION_LIST
#define OPTION_OF_RECORDS OPTION_LIST

#define ROW(name_, value_, type_, at_, file_, help_)                           \
	{                                                                      \
		.name = (name_), .value = (value_), .type = (type_),           \
		.is_file = (file_),                                            \
		.offset = offsetof(struct init_values, at_), .help = (help_),  \
		.topic = N_("Answers")                                         \
	}

const struct option init_options[] = {
	ROW("answers", "FILE", OPTION_TEXT, answers, true,
		N_("all answers as JSON; - for stdin")),
	ROW("ecosystem", "FILE", OPTION_TEXT, ecosystem, true,
		N_("an ecosystem file of your own: a wrapper is written beside "
		   "it")),
#define SETTING(id, group, type, need, member, flag, value, help, ...)         \
	ROW(flag, value, OPTION_OF_##type, flags[SETTING_##id], false, help),
#define INNER(...)
#include "settings/table.def"
#undef INNER
#undef SETTING
	ROW("secret", "NAME=SOURCE", OPTION_LIST, secrets, true,
		N_("SOURCE: -, @FILE, env:VAR or fd:N")),
	ROW("api-token", "SOURCE", OPTION_TEXT, api_token, true,
		N_("a Cloudflare API token, to look up accounts, gateways and "
		   "custom providers for the questions (default: "
		   "CLOUDFLARE_API_TOKEN)")),
	OPTION(init_values, git_drivers, "git-drivers",
		.help = N_("have git in this clone use aigenv to show and "
			   "merge the vault (`aigenv help git`)")),
	DEPLOY_OPTIONS,
	{ .name = NULL },
};

#define LIST_TYPES (TYPE_LIST | TYPE_TEXT_MAP | TYPE_RECORDS)

static struct given_texts texts_of(
	const struct setting *setting, const union init_flag *flag)
{
	if (setting->type & LIST_TYPES)
		return (struct given_texts){ flag->list.items,
			flag->list.count };
	return (struct given_texts){ &flag->text, flag->text ? 1 : 0 };
}

struct given init_given(const struct init_values *values)
{
	struct given given = { .file = values->answers,
		.secrets = { values->secrets.items, values->secrets.count } };

	for (size_t i = 0; i < SETTING_COUNT; i++)
		given.settings[i] =
			texts_of(&settings_table[i], &values->flags[i]);
	return given;
}

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
