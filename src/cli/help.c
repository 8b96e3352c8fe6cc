/* SPDX-License-Identifier: MIT */
#include "cli/help.h"

#include "base/error.h"
#include "base/i18n.h"
#include "cli/parse.h"
#include "os/terminal.h"
#include "ui/layout.h"
#include "ui/style.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MOST_COLUMNS 80
#define CELL_LIMIT 1024
#define EXAMPLE_INDENT 6 /* where a command line goes on */

size_t help_columns(int file)
{
	/* Through a pager it is the window's width all the same. */
	bool paged = !terminal_is(file) && terminal_is(STDERR_FILENO);
	size_t columns = terminal_columns(paged ? STDERR_FILENO : file);

	return columns < MOST_COLUMNS ? columns : MOST_COLUMNS;
}

static void heading(struct buf *out, const char *text)
{
	buf_printf(out, "\n" STYLE_BOLD "%s" STYLE_END "\n", text);
}

static void paragraph(struct buf *out, const char *text, size_t columns)
{
	struct layout layout = { columns, 0, 0 };

	layout_text(out, text, &layout);
	buf_byte(out, '\n');
}

/* "-o, --out FILE" */
static void add_option_name(struct table *table, const struct option *option)
{
	SCOPED(buf) struct buf cell = BUF(CELL_LIMIT);

	if (option->letter)
		buf_printf(&cell, "-%c, ", option->letter);
	else
		buf_text(&cell, "    ");
	buf_printf(&cell, "--%s", option->name);
	if (option->value)
		buf_printf(&cell, " %s", option->value);
	table_add(table, buf_cstring(&cell));
}

void help_option(const struct option *option, struct buf *out)
{
	buf_text(out, _(option->help));
	if (option->choices) {
		buf_text(out, ": ");
		for (const char *at = option->choices; *at; at++)
			*at == '|' ? buf_text(out, ", ") : buf_byte(out, *at);
	}
	if (option->type == OPTION_LIST)
		buf_printf(out, " (%s)", _("may be repeated"));
}

static void add_option_help(struct table *table, const struct option *option)
{
	SCOPED(buf) struct buf cell = BUF(CELL_LIMIT);

	help_option(option, &cell);
	table_add(table, buf_cstring(&cell));
}

static bool has_topic(const struct option *option, const char *topic)
{
	if (!option->topic || !topic)
		return option->topic == topic;
	return strcmp(option->topic, topic) == 0;
}

/* The visible options under one heading, in one table; nothing for none. */
static void options_of_topic(const struct option *options, const char *topic,
	const char *title, size_t columns, struct buf *out)
{
	SCOPED(table) struct table table = TABLE(2);

	for (const struct option *option = options; option->name; option++) {
		if (option->hidden || !has_topic(option, topic))
			continue;
		add_option_name(&table, option);
		add_option_help(&table, option);
	}
	if (table.count == 0)
		return;
	heading(out, title);
	table_render(&table, 2, columns, out);
}

/* Whether an option before this one has the same topic. */
static bool topic_was_shown(
	const struct option *options, const struct option *option)
{
	for (; options != option; options++)
		if (has_topic(options, option->topic))
			return true;
	return false;
}

static void options_section(
	const struct option *options, size_t columns, struct buf *out)
{
	if (!options)
		return;
	options_of_topic(options, NULL, _("Options"), columns, out);
	for (const struct option *option = options; option->name; option++)
		if (option->topic && !topic_was_shown(options, option))
			options_of_topic(options, option->topic,
				_(option->topic), columns, out);
}

/* Their arguments are shown where there are few: a command's own commands. */
static void commands_section(const struct command *const *commands,
	bool arguments, size_t columns, struct buf *out)
{
	SCOPED(table) struct table table = TABLE(2);

	for (; *commands; commands++) {
		if ((*commands)->hidden)
			continue;
		SCOPED(buf) struct buf cell = BUF(CELL_LIMIT);
		buf_text(&cell, (*commands)->name);
		if (arguments && (*commands)->arguments)
			buf_printf(&cell, " %s", (*commands)->arguments);
		TABLE_ROW(&table, buf_cstring(&cell), _((*commands)->summary));
	}
	heading(out, _("Commands"));
	table_render(&table, 2, columns, out);
}

/* Where a line of at most `width` columns ends: before an option, if it can. */
static size_t line_end(const char *command, size_t width)
{
	size_t blank = 0;

	for (size_t at = width; at > 0; at--) {
		if (command[at] != ' ')
			continue;
		if (command[at + 1] == '-')
			return at;
		blank = blank ? blank : at;
	}
	return blank;
}

void help_example(
	const char *command, size_t indent, size_t columns, struct buf *out)
{
	while (indent + strlen(command) > columns) {
		size_t end = line_end(command, columns - indent - 2);
		if (end == 0)
			break;
		buf_printf(out, "%*s%.*s \\\n", (int)indent, "", (int)end,
			command);
		command += end + 1;
		indent = indent < EXAMPLE_INDENT ? EXAMPLE_INDENT : indent;
	}
	buf_printf(out, "%*s%s\n", (int)indent, "", command);
}

static void examples_section(
	const struct example *examples, size_t columns, struct buf *out)
{
	if (!examples || !examples->command)
		return;
	heading(out, _("Examples"));
	for (; examples->command; examples++) {
		struct layout layout = { columns, 6, 6 };
		help_example(examples->command, 2, columns, out);
		if (!examples->says)
			continue;
		buf_text(out, "      ");
		layout_text(out, _(examples->says), &layout);
		buf_byte(out, '\n');
	}
}

/* Every command may end with the first three (cli/program.c); whoever opens a
 * vault may ask for a passphrase, and be answered by ^C. */
bool help_ends_with(const struct command *command, enum status status)
{
	if (status == STATUS_OK || status == STATUS_USAGE ||
		status == STATUS_IO)
		return true;
	if (status == STATUS_INTERRUPTED && command->needs & NEEDS_VAULT)
		return true;
	for (const enum status *at = command->statuses; at && *at; at++)
		if (*at == status)
			return true;
	return false;
}

static void add_status(struct table *table, const struct status_entry *entry)
{
	char code[16];

	(void)snprintf(code, sizeof(code), "%d", (int)entry->status);
	TABLE_ROW(table, code, _(entry->meaning));
}

static void exit_codes_section(
	const struct command *command, size_t columns, struct buf *out)
{
	SCOPED(table) struct table table = TABLE(2);
	const struct status_entry *entry = status_entries();

	for (; entry->word; entry++)
		if (help_ends_with(command, entry->status))
			add_status(&table, entry);
	heading(out, _("Exit codes"));
	table_render(&table, 2, columns, out);
	if (command->rest_is_command)
		buf_printf(out, "  %s\n", _("otherwise that of CMD"));
}

void help_usage(const struct command *command, const struct command *parent,
	struct buf *out)
{
	buf_text(out, "aigenv");
	if (parent)
		buf_printf(out, " %s", parent->name);
	buf_printf(out, " %s", command->name);
	if (command->subcommands)
		buf_text(out, command->run ? " [COMMAND]" : " COMMAND");
	if (command->options)
		buf_text(out, " [OPTIONS]");
	if (command->arguments)
		buf_printf(out, " %s", command->arguments);
}

void help_command(const struct command *command, const struct command *parent,
	size_t columns, struct buf *out)
{
	SCOPED(buf) struct buf title = BUF(CELL_LIMIT);

	buf_printf(&title, "aigenv %s%s%s: %s", parent ? parent->name : "",
		parent ? " " : "", command->name, _(command->summary));
	paragraph(out, buf_cstring(&title), columns);
	heading(out, _("Usage"));
	buf_text(out, "  ");
	help_usage(command, parent, out);
	buf_byte(out, '\n');
	if (command->description) {
		buf_byte(out, '\n');
		paragraph(out, _(command->description), columns);
	}
	if (command->subcommands)
		commands_section(command->subcommands, true, columns, out);
	options_section(command->options, columns, out);
	if (command->needs & NEEDS_VAULT)
		options_of_topic(parse_vault_options(), NULL,
			_("Options for the vault"), columns, out);
	examples_section(command->examples, columns, out);
	/* The commands of a group have their own. */
	if (!command->subcommands || command->run)
		exit_codes_section(command, columns, out);
	buf_byte(out, '\n');
	paragraph(out,
		_("`aigenv help` has the options that every command takes (-C, "
		  "-f, -p, --json, ...)."),
		columns);
}

void help_overview(
	const struct command *const *all, size_t columns, struct buf *out)
{
	paragraph(out,
		_("aigenv sets an app up to use Cloudflare AI Gateway, and "
		  "proves that it works."),
		columns);
	heading(out, _("Usage"));
	buf_text(out, "  aigenv [OPTIONS] COMMAND ...\n");
	commands_section(all, false, columns, out);
	options_of_topic(parse_global_options(), NULL,
		_("Options, before or after COMMAND"), columns, out);
	buf_byte(out, '\n');
	paragraph(out,
		_("`aigenv help init` explains the command init, and so for "
		  "each; `aigenv help words` has the words that are used "
		  "here, and `aigenv help topics` what else is explained."),
		columns);
}
