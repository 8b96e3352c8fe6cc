/* SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include "base/json.h"
#include "cli/parse.h"

static json_t *options_json(const struct option *options)
{
	json_t *list = json_array();

	for (; options && options->name; options++) {
		char letter[] = { options->letter, '\0' };
		if (options->hidden)
			continue;
		json_array_append_new(list,
			json_pack("{s:s, s:o, s:o, s:b, s:o, s:s}", "name",
				options->name, "letter",
				json_new_text(options->letter ? letter : NULL),
				"value", json_new_text(options->value), "list",
				options->type == OPTION_LIST, "choices",
				json_new_text(options->choices), "help",
				options->help));
	}
	return list;
}

static json_t *examples_json(const struct example *examples)
{
	json_t *list = json_array();

	for (; examples && examples->command; examples++)
		json_array_append_new(list,
			json_pack("{s:s, s:o}", "command", examples->command,
				"says", json_new_text(examples->says)));
	return list;
}

/* Every command may end with these (cli/program.c). */
static json_t *exit_codes_json(const struct command *command)
{
	json_t *list =
		json_pack("[i, i, i]", STATUS_OK, STATUS_USAGE, STATUS_IO);

	for (const enum status *at = command->statuses; at && *at; at++) {
		if (*at != STATUS_USAGE && *at != STATUS_IO)
			json_array_append_new(list, json_integer(*at));
	}
	return list;
}

json_t *help_command_json(
	const struct command *command, const struct command *parent)
{
	struct buf usage = BUF(4096);
	json_t *subcommands = json_array();
	const struct command *const *sub = command->subcommands;

	for (; sub && *sub; sub++) {
		if (!(*sub)->hidden)
			json_array_append_new(
				subcommands, help_command_json(*sub, command));
	}
	help_usage(command, parent, &usage);
	json_t *object =
		json_pack("{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:b}",
			"name", command->name, "usage", buf_cstring(&usage),
			"summary", command->summary, "description",
			json_new_text(command->description), "options",
			options_json(command->options), "examples",
			examples_json(command->examples), "exit_codes",
			exit_codes_json(command), "commands", subcommands,
			"opens_vault", (command->needs & NEEDS_VAULT) != 0);
	buf_release(&usage);
	return object;
}

json_t *help_overview_json(const struct command *const *all)
{
	json_t *commands = json_array();

	for (; *all; all++) {
		if (!(*all)->hidden)
			json_array_append_new(
				commands, help_command_json(*all, NULL));
	}
	return json_pack("{s:o, s:o, s:o}", "commands", commands, "options",
		options_json(parse_global_options()), "vault_options",
		options_json(parse_vault_options()));
}
