/* SPDX-License-Identifier: MIT */
#include "cli/parse.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/parse_internal.h"

#include <stdlib.h>
#include <string.h>

const struct command *parse_find_command(
	const struct command *const *all, const char *name)
{
	for (; *all; all++)
		if (text_equal((*all)->name, name))
			return *all;
	return NULL;
}

/* What other programs call it; NULL: nothing here is known to be that. */
static const char *same_elsewhere(
	const struct command *const *all, const char *name)
{
	static const struct {
		const char *elsewhere;
		const char *here;
	} same[] = {
		{ "rm", "remove" },
		{ "del", "remove" },
		{ "delete", "remove" },
		{ "unset", "remove" },
		{ "ls", "list" },
		{ "get", "reveal" },
		{ "show", "reveal" },
		{ "print", "reveal" },
		{ "show", "get" },
		{ "list", "get" },
		{ "add", "set" },
		{ "new", "copy" },
		{ "create", "new" },
		{ "create", "copy" },
		{ "add", "copy" },
		{ "test", "verify" },
		{ "lint", "check" },
		{ "exec", "run" },
		{ "deploy", "apply" },
		{ "sync", "apply" },
		{ "setup", "init" },
		{ "configure", "init" },
		{ "undo", "rollback" },
		{ "revert", "rollback" },
		{ "join", "share" },
		{ "invite", "share" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(same); i++)
		if (text_equal(name, same[i].elsewhere) &&
			parse_find_command(all, same[i].here))
			return same[i].here;
	return NULL;
}

const char *parse_nearest_command(
	const struct command *const *all, const char *name)
{
	OWNED const char **names = NULL;
	size_t count = 0;
	const char *same = same_elsewhere(all, name);

	if (same)
		return same;
	for (; *all; all++)
		if (!(*all)->hidden)
			MEMORY_PUSH(names, count, (*all)->name);
	MEMORY_PUSH(names, count, NULL);
	return text_nearest(name, names);
}

static bool refuse_command(
	const struct parser *parser, const char *name, struct error *err)
{
	const struct command *parent = parser->parsed->command;
	const char *nearest = parse_nearest_command(
		parent ? parent->subcommands : parser->all, name);
	const char *above = parent ? parent->name : "";
	const char *blank = parent ? " " : "";

	if (*name && parser_is_harmless(name))
		error_set(err, STATUS_USAGE, _("there is no command `%s%s%s`"),
			above, blank, name);
	else
		error_set(err, STATUS_USAGE, _("there is no such command"));
	if (nearest)
		return error_next(
			err, _("did you mean %s%s%s?"), above, blank, nearest);
	return error_next(
		err, _("`aigenv help%s%s` lists the commands"), blank, above);
}

static void release_values(struct parsed *parsed)
{
	const struct option *option =
		parsed->command ? parsed->command->options : NULL;

	for (; option && option->name; option++) {
		struct text_list *list =
			(void *)((char *)parsed->values + option->offset);
		if (option->type == OPTION_LIST)
			free(list->items);
	}
	free(parsed->values);
	parsed->values = NULL;
}

/* Makes `command` the one whose options are known from here on. */
static void enter(struct parser *parser, const struct command *command)
{
	struct parsed *parsed = parser->parsed;

	release_values(parsed);
	parsed->parent = parsed->command;
	parsed->command = command;
	parsed->values = memory_new(command->values_size);
	if (command->defaults)
		memcpy(parsed->values, command->defaults, command->values_size);
}

static void add_argument(struct parsed *parsed, char *word)
{
	parsed->arguments = memory_grow(parsed->arguments,
		parsed->argument_count, sizeof(parsed->arguments[0]));
	parsed->arguments[parsed->argument_count] = word;
	if (word)
		parsed->argument_count++;
}

/* A word that is no option: COMMAND, its subcommand, or an argument. */
static bool take_word(struct parser *parser, struct error *err)
{
	struct parsed *parsed = parser->parsed;
	const struct command *command = parsed->command;
	char *word = *parser->next++;

	if (!command) {
		command = parse_find_command(parser->all, word);
		if (!command)
			return refuse_command(parser, word, err);
		enter(parser, command);
		return true;
	}
	if (command->subcommands && parsed->argument_count == 0) {
		const struct command *found =
			parse_find_command(command->subcommands, word);
		if (found) {
			enter(parser, found);
			return true;
		}
		if (!command->run || command->most == 0)
			return refuse_command(parser, word, err);
	}
	if (command->rest_is_command)
		parser->options_ended = true;
	add_argument(parsed, word);
	return true;
}

static bool check_subcommand(const struct command *command, struct error *err)
{
	struct buf names = BUF(160);

	if (!command->subcommands || command->run)
		return true;
	for (size_t i = 0; command->subcommands[i]; i++)
		buf_listed(&names, command->subcommands[i]->name);
	error_set(err, STATUS_USAGE, _("a command is missing"));
	error_at(err, "aigenv %s", command->name);
	error_next(err, _("add one of: %s"), buf_cstring(&names));
	buf_release(&names);
	return false;
}

/* The first of a fingerprint's eight groups, which a shell has split. */
static bool is_one_group(const char *trust)
{
	return trust && strlen(trust) == 4 && text_only(trust, TEXT_HEX);
}

static bool refuse_groups(const char *called, struct error *err)
{
	error_set(err, STATUS_USAGE,
		_("--trust got only the first group of a fingerprint"));
	error_at(err, "%s", called);
	return error_next(err,
		_("put the whole fingerprint in quotes, or write it without "
		  "blanks"));
}

static bool refuse_value(const char *called, struct error *err)
{
	error_set(err, STATUS_USAGE,
		_("a secret's value is not taken from the command line: it "
		  "would show in `ps` and in the shell's history"));
	error_at(err, "%s", called);
	return error_next(err,
		_("leave it out and be asked for it, or say by --from where it "
		  "is; and take it out of the history"));
}

static bool check_count(const struct parsed *parsed, struct error *err)
{
	const struct command *command = parsed->command;
	const char *arguments = command->arguments ? command->arguments : "";
	char called[96];

	parser_name(parsed, called, sizeof(called));
	if (parsed->argument_count > command->most &&
		is_one_group(parsed->global.trust))
		return refuse_groups(called, err);
	if (parsed->argument_count > command->most && command->asks_secret)
		return refuse_value(called, err);
	if (parsed->argument_count < command->least)
		error_set(err, STATUS_USAGE, "%s",
			ngettext("an argument is missing",
				"arguments are missing",
				command->least - parsed->argument_count));
	else if (parsed->argument_count > command->most)
		/* They are not quoted: people put secrets there. */
		error_set(err, STATUS_USAGE, _("there are too many arguments"));
	else
		return true;
	error_at(err, "%s", called);
	if (!*arguments && command->needs & NEEDS_VAULT)
		return error_next(err,
			_("run `%s` without arguments; -p names the profile"),
			called);
	if (!*arguments)
		return error_next(err, _("run `%s` without arguments"), called);
	return error_next(err, _("write it as: %s %s"), called, arguments);
}

/* They are not quoted: people put secrets there. */
static bool check_bytes(const struct parsed *parsed, struct error *err)
{
	const struct command *command = parsed->command;

	if (command->takes_files || command->rest_is_command)
		return true;
	for (size_t i = 0; i < parsed->argument_count; i++) {
		const char *argument = parsed->arguments[i];
		if (text_is_utf8(argument, strlen(argument)))
			continue;
		error_set(err, STATUS_USAGE,
			_("argument %zu is not UTF-8 text"), i + 1);
		return error_next(err, _("type or save it as UTF-8"));
	}
	return true;
}

/* What can only be judged once all words are known. */
static bool check_whole(const struct parser *parser, struct error *err)
{
	const struct parsed *parsed = parser->parsed;
	const struct command *command = parsed->command;

	if (parsed->global.quiet && parsed->global.verbose)
		return error_tell(err, STATUS_USAGE,
			_("--quiet and --verbose cannot go together"),
			_("give only one of them"));
	if (parsed->global.help || parsed->global.version || !command)
		return true;
	if (parser->vault_option && !(command->needs & NEEDS_VAULT)) {
		char called[96];
		parser_name(parsed, called, sizeof(called));
		error_set(err, STATUS_USAGE,
			_("--%s is only for commands that open a vault"),
			parser->vault_option->name);
		error_at(err, "%s", called);
		return error_next(
			err, _("leave --%s out"), parser->vault_option->name);
	}
	return check_subcommand(command, err) && check_count(parsed, err) &&
		check_bytes(parsed, err);
}

static bool walk(struct parser *parser, struct error *err)
{
	while (*parser->next) {
		if (parser_at_option(parser)) {
			if (!parser_take_option(parser, err))
				return false;
		} else if (!take_word(parser, err)) {
			return false;
		}
	}
	return check_whole(parser, err);
}

bool parse_command_line(const struct command *const *all, char **argv,
	struct parsed *parsed, struct error *err)
{
	struct parsed result = { 0 };
	struct parser parser = { .all = all, .next = argv, .parsed = &result };
	bool ok = walk(&parser, err);

	free(parser.seen);
	add_argument(&result, NULL);
	if (ok)
		*parsed = result;
	else
		parsed_release(&result);
	return ok;
}

void parsed_release(struct parsed *parsed)
{
	release_values(parsed);
	free(parsed->arguments);
	*parsed = (struct parsed){ .global = { .wait = -1 } };
}
