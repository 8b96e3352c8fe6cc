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
			json_build("{name:%s, letter:%s, value:%s, list:%b, "
				   "choices:%s, help:%s}",
				options->name, options->letter ? letter : NULL,
				options->value, options->type == OPTION_LIST,
				options->choices, _(options->help)));
	}
	return list;
}

static json_t *examples_json(const struct example *examples)
{
	json_t *list = json_new_list();

	for (; examples && examples->command; examples++)
		json_push(list,
			json_build("{command:%s, says:%s}", examples->command,
				examples->says ? _(examples->says) : NULL));
	return list;
}

static json_t *exit_codes_json(const struct command *command)
{
	json_t *list = json_new_list();

	for (const struct status_entry *at = status_entries(); at->word; at++)
		if (help_ends_with(command, at->status))
			json_push(list, json_new_number(at->status));
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
	return json_build(
		"{name:%s, usage:%s, summary:%s, description:%s, options:%o, "
		"examples:%o, exit_codes:%o, commands:%o, opens_vault:%b}",
		command->name, buf_cstring(&usage), _(command->summary),
		command->description ? _(command->description) : NULL,
		options_json(command->options),
		examples_json(command->examples), exit_codes_json(command),
		subcommands, (command->needs & NEEDS_VAULT) != 0);
}

json_t *help_overview_json(const struct command *const *all)
{
	json_t *commands = json_new_list();

	for (; *all; all++)
		if (!(*all)->hidden)
			json_push(commands, help_command_json(*all, NULL));
	return json_build("{commands:%o, options:%o, vault_options:%o}",
		commands, options_json(parse_global_options()),
		options_json(parse_vault_options()));
}
