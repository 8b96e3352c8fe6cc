/* SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include "base/i18n.h"
#include "base/json.h"
#include "cli/parse.h"

static json_t *options_json(const struct option *options)
{
	json_t *list = json_new_list();

	for (; options && options->name; options++) {
		char letter[] = { options->letter, '\0' };
		if (options->hidden)
			continue;
		json_push(list,
			JSON_RECORD(JSON_TEXT("name", options->name),
				JSON_TEXT("letter",
					options->letter ? letter : NULL),
				JSON_TEXT("value", options->value),
				JSON_FLAG("list", options->type == OPTION_LIST),
				JSON_TEXT("choices", options->choices),
				JSON_TEXT("help", _(options->help))));
	}
	return list;
}

static json_t *examples_json(const struct example *examples)
{
	json_t *list = json_new_list();

	for (; examples && examples->command; examples++)
		json_push(list,
			JSON_RECORD(JSON_TEXT("command", examples->command),
				JSON_TEXT("says",
					examples->says ? _(examples->says)
						       : NULL)));
	return list;
}

/* Every command may end with these (cli/program.c). */
static json_t *exit_codes_json(const struct command *command)
{
	json_t *list =
		json_build("[%i, %i, %i]", STATUS_OK, STATUS_USAGE, STATUS_IO);

	for (const enum status *at = command->statuses; at && *at; at++)
		if (*at != STATUS_USAGE && *at != STATUS_IO)
			json_push(list, json_new_number(*at));
	return list;
}

json_t *help_command_json(
	const struct command *command, const struct command *parent)
{
	SCOPED(buf) struct buf usage = BUF(4096);
	json_t *subcommands = json_new_list();
	const struct command *const *sub = command->subcommands;

	for (; sub && *sub; sub++)
		if (!(*sub)->hidden)
			json_push(
				subcommands, help_command_json(*sub, command));
	help_usage(command, parent, &usage);
	return JSON_RECORD(JSON_TEXT("name", command->name),
		JSON_TEXT("usage", buf_cstring(&usage)),
		JSON_TEXT("summary", _(command->summary)),
		JSON_TEXT("description",
			command->description ? _(command->description) : NULL),
		JSON_VALUE("options", options_json(command->options)),
		JSON_VALUE("examples", examples_json(command->examples)),
		JSON_VALUE("exit_codes", exit_codes_json(command)),
		JSON_VALUE("commands", subcommands),
		JSON_FLAG("opens_vault", (command->needs & NEEDS_VAULT) != 0));
}

json_t *help_overview_json(const struct command *const *all)
{
	json_t *commands = json_new_list();

	for (; *all; all++)
		if (!(*all)->hidden)
			json_push(commands, help_command_json(*all, NULL));
	return JSON_RECORD(JSON_VALUE("commands", commands),
		JSON_VALUE("options", options_json(parse_global_options())),
		JSON_VALUE(
			"vault_options", options_json(parse_vault_options())));
}
