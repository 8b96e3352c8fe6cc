/* SPDX-License-Identifier: MIT */
#include "manpages/pages.h"

#include "base/text.h"
#include "cli/help.h"
#include "manual/mdoc.h"

#define WORDS_LIMIT 65536
#define EXAMPLE_COLUMNS 70 /* beside the page's own indents */

/* "show the version" as a sentence. */
static void sentence(const char *words, struct buf *out)
{
	SCOPED(buf) struct buf text = BUF(WORDS_LIMIT);

	buf_byte(&text, text_upper(*words));
	buf_printf(&text, "%s.", words + 1);
	mdoc_words(buf_cstring(&text), out);
}

static bool is_listed(const struct option *option, const char *topic)
{
	return !option->hidden && text_equal_or_null(option->topic, topic);
}

void pages_options(
	const struct option *options, const char *topic, struct buf *out)
{
	mdoc_options(out);
	for (; options->name; options++) {
		SCOPED(buf) struct buf words = BUF(WORDS_LIMIT);
		if (!is_listed(options, topic))
			continue;
		mdoc_option(
			options->letter, options->name, options->value, out);
		help_option(options, &words);
		mdoc_words(buf_cstring(&words), out);
	}
	mdoc_options_end(out);
}

/* Inside the part on a command: mdoc has no third level. */
static void heading(const char *words, struct buf *out)
{
	SCOPED(buf) struct buf text = BUF(WORDS_LIMIT);

	buf_printf(&text, "%s:", words);
	mdoc_paragraph(out);
	mdoc_words(buf_cstring(&text), out);
}

static bool is_first_of_topic(
	const struct option *options, const struct option *option)
{
	for (; options != option; options++)
		if (is_listed(options, option->topic))
			return false;
	return !option->hidden;
}

static void options_by_topic(const struct option *options, struct buf *out)
{
	for (const struct option *at = options; at && at->name; at++) {
		if (!is_first_of_topic(options, at))
			continue;
		heading(at->topic ? at->topic : "Options", out);
		pages_options(options, at->topic, out);
	}
}

static void examples(const struct example *example, struct buf *out)
{
	if (!example || !example->command)
		return;
	heading(example[1].command ? "Examples" : "Example", out);
	for (; example->command; example++) {
		SCOPED(buf) struct buf lines = BUF(WORDS_LIMIT);
		if (example->says)
			buf_printf(&lines, "# %s\n", example->says);
		help_example(example->command, 0, EXAMPLE_COLUMNS, &lines);
		mdoc_literal(buf_cstring(&lines), false, out);
	}
}

static void exit_status(const struct command *command, struct buf *out)
{
	SCOPED(buf) struct buf words = BUF(WORDS_LIMIT);
	const struct status_entry *at = status_entries();

	buf_printf(&words, "Exit status: %d", (int)at->status);
	for (at++; at->word; at++)
		if (help_ends_with(command, at->status))
			buf_printf(&words, ", %d", (int)at->status);
	buf_text(&words,
		command->rest_is_command ? "; otherwise that of CMD." : ".");
	mdoc_paragraph(out);
	mdoc_words(buf_cstring(&words), out);
}

static void one(const struct command *command, const struct command *parent,
	struct buf *out)
{
	SCOPED(buf) struct buf usage = BUF(WORDS_LIMIT);
	SCOPED(buf) struct buf title = BUF(WORDS_LIMIT);

	help_usage(command, parent, &usage);
	buf_printf(&title, "aigenv %s%s%s", parent ? parent->name : "",
		parent ? " " : "", command->name);
	mdoc_part(buf_cstring(&title), out);
	mdoc_literal(buf_cstring(&usage), true, out);
	mdoc_paragraph(out);
	sentence(command->summary, out);
	if (command->description) {
		mdoc_paragraph(out);
		mdoc_prose(command->description, out);
	}
	options_by_topic(command->options, out);
	/* Subcommands may have their parent's. */
	if (!parent || parent->examples != command->examples)
		examples(command->examples, out);
	if (command->run)
		exit_status(command, out);
}

void pages_command(const struct command *command, struct buf *out)
{
	one(command, NULL, out);
	for (const struct command *const *sub = command->subcommands;
		sub && *sub; sub++)
		one(*sub, command, out);
}
