/* SPDX-License-Identifier: MIT */
/* Every table of every command keeps the rules of cli/command.h. */
#include "commands/commands.h"

#include "base/memory.h"
#include "base/text.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "ui/style.h"

#include <criterion/criterion.h>
#include <string.h>

typedef void visitor(
	const struct command *command, const struct command *parent);

/* Calls it for each command and each subcommand. */
static void each(visitor *visit)
{
	size_t count = 0;

	for (const struct command *const *at = commands; *at; at++, count++) {
		const struct command *const *sub = (*at)->subcommands;
		visit(*at, NULL);
		for (; sub && *sub; sub++)
			visit(*sub, *at);
	}
	cr_assert_gt(count, 0);
}

static void help_fits(const struct command *command,
	const struct command *parent, size_t columns)
{
	SCOPED(buf) struct buf text = BUF((size_t)1 << 20);

	help_command(command, parent, columns, &text);
	for (const char *line = buf_cstring(&text); *line;) {
		size_t size = strcspn(line, "\n");
		cr_expect_leq(style_width(line, size), columns,
			"%s, %zu columns: %.*s", command->name, columns,
			(int)size, line);
		line += size + (line[size] == '\n');
	}
}

static void help_fits_60_and_80(
	const struct command *command, const struct command *parent)
{
	help_fits(command, parent, 60);
	help_fits(command, parent, 80);
}

Test(commands, help_fits_60_and_80_columns)
{
	each(help_fits_60_and_80);
}

Test(commands, the_overview_fits_80_columns)
{
	SCOPED(buf) struct buf text = BUF((size_t)1 << 20);

	help_overview(commands, 80, &text);
	for (const char *line = buf_cstring(&text); *line;) {
		size_t size = strcspn(line, "\n");
		cr_expect_leq(
			style_width(line, size), 80, "%.*s", (int)size, line);
		line += size + (line[size] == '\n');
	}
}

/* Of its own, or of one of its subcommands. */
static bool has_example(const struct command *command)
{
	const struct command *const *sub = command->subcommands;

	for (; sub && *sub; sub++) {
		if (has_example(*sub))
			return true;
	}
	return command->examples && command->examples->command;
}

static void has_what_help_needs(
	const struct command *command, const struct command *parent)
{
	const char *name = command->name;

	cr_expect(command->summary && *command->summary, "%s", name);
	cr_expect(!text_ends_with(command->summary, "."), "%s", name);
	cr_expect_leq(strlen(command->summary), 72, "%s", name);
	cr_expect(command->run || command->subcommands, "%s", name);
	cr_expect_leq(command->least, command->most, "%s", name);
	cr_expect(command->most == 0 || command->arguments, "%s", name);
	if (!command->hidden)
		cr_expect(
			has_example(command) || (parent && has_example(parent)),
			"%s has no example", name);
}

Test(commands, have_a_summary_and_an_example)
{
	each(has_what_help_needs);
}

static bool may_end_with(const struct command *command, enum status status)
{
	const enum status *at = command->statuses;

	while (at && *at && *at != status)
		at++;
	return at && *at == status;
}

static void documents_its_exit_codes(
	const struct command *command, const struct command *parent)
{
	const enum status *at = command->statuses;

	(void)parent;
	for (; at && *at; at++) {
		for (const enum status *other = at + 1; *other; other++)
			cr_expect_neq(*at, *other, "%s", command->name);
	}
	/* To this one it is a finding. */
	if (text_equal(command->name, "doctor"))
		return;
	if (command->needs & NEEDS_VAULT) {
		cr_expect(may_end_with(command, STATUS_INVALID),
			"%s opens a vault that may be invalid", command->name);
		cr_expect(may_end_with(command, STATUS_LOCKED_OUT),
			"%s opens a vault that it may not be able to open",
			command->name);
	}
}

Test(commands, document_their_exit_codes)
{
	each(documents_its_exit_codes);
}

static size_t size_of(enum option_type type)
{
	static const size_t sizes[] = {
		[OPTION_FLAG] = sizeof(bool),
		[OPTION_TEXT] = sizeof(const char *),
		[OPTION_LIST] = sizeof(struct text_list),
		[OPTION_NUMBER] = sizeof(int64_t),
	};

	return sizes[type];
}

static void differs(const struct option *option, const struct option *other)
{
	for (; other && other->name; other++) {
		if (other == option)
			continue;
		cr_expect_str_neq(option->name, other->name);
		cr_expect(!option->letter || option->letter != other->letter,
			"--%s and --%s", option->name, other->name);
	}
}

static void has_sound_options(
	const struct command *command, const struct command *parent)
{
	const struct option *option = command->options;

	(void)parent;
	for (; option && option->name; option++) {
		differs(option, command->options);
		differs(option, parse_global_options());
		differs(option, parse_vault_options());
		cr_expect(option->help && *option->help, "--%s", option->name);
		cr_expect_eq(option->type == OPTION_FLAG, !option->value,
			"--%s", option->name);
		cr_expect_leq(option->offset + size_of(option->type),
			command->values_size, "--%s", option->name);
	}
}

Test(commands, options_are_their_own_and_stay_inside_their_struct)
{
	each(has_sound_options);
}

/* The words of one shell command; operators are words of their own. */
struct words {
	char text[512];
	char *items[64];
	size_t count;
};

static bool is_operator(char byte)
{
	return byte && strchr("|&;<>()", byte);
}

static void split(const char *command, struct words *words)
{
	char *out = words->text;

	cr_assert_lt(strlen(command) * 2, sizeof(words->text));
	words->count = 0;
	while (*command) {
		char quote = '\0';
		if (*command == ' ') {
			command++;
			continue;
		}
		words->items[words->count++] = out;
		if (is_operator(*command)) {
			while (is_operator(*command))
				*out++ = *command++;
		} else {
			while (*command &&
				(quote ||
					(*command != ' ' &&
						!is_operator(*command)))) {
				if (*command == quote)
					quote = '\0';
				else if (!quote &&
					(*command == '\'' || *command == '"'))
					quote = *command;
				else
					*out++ = *command;
				command++;
			}
		}
		*out++ = '\0';
	}
}

/* Parses the words of one aigenv call, from `at` on; returns where it ends. */
static size_t parses(struct words *words, size_t at, const char *example)
{
	char *argv[64];
	size_t count = 0;
	struct error err = { 0 };
	struct parsed parsed = { 0 };

	for (; at < words->count && !strchr("|&;)", words->items[at][0]);
		at++) {
		if (words->items[at][0] == '<' || words->items[at][0] == '>')
			at++;
		else
			argv[count++] = words->items[at];
	}
	argv[count] = NULL;
	bool ok = parse_command_line(commands, argv + 1, &parsed, &err);
	cr_expect(ok && parsed.command, "%s: %s", example, err.what);
	parsed_release(&parsed);
	return at;
}

static void examples_parse(
	const struct command *command, const struct command *parent)
{
	const struct example *example = command->examples;

	(void)parent;
	for (; example && example->command; example++) {
		struct words words;
		size_t calls = 0;
		split(example->command, &words);
		for (size_t i = 0; i < words.count; i++) {
			if (!text_equal(words.items[i], "aigenv"))
				continue;
			i = parses(&words, i, example->command);
			calls++;
		}
		cr_expect_gt(calls, 0, "%s", example->command);
	}
}

Test(commands, examples_parse)
{
	each(examples_parse);
}
