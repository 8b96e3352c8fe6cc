/* SPDX-License-Identifier: MIT */
#include "commands/init_options.h"

#include "base/i18n.h"

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
