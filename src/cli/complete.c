/* SPDX-License-Identifier: MIT */
#include "cli/complete.h"

#include "base/i18n.h"
#include "base/text.h"
#include "cli/parse.h"

#include <stdio.h>
#include <string.h>

/* Long by its whole name, short by the last of joined letters. */
static const struct option *find_in(
	const struct option *options, const char *word)
{
	size_t size = strcspn(word, "=");

	for (; options && options->name; options++)
		if (text_starts_with(word, "--")
				? text_is(word + 2, size - 2, options->name)
				: word[strlen(word) - 1] == options->letter)
			return options;
	return NULL;
}

static const struct option *find_option(
	const struct completion *at, const char *word)
{
	const struct option *found =
		at->command ? find_in(at->command->options, word) : NULL;

	if (!found)
		found = find_in(parse_global_options(), word);
	return found ? found : find_in(parse_vault_options(), word);
}

/* A word that is no option, before the one to complete. */
static void take_word(struct completion *at, const char *word)
{
	const struct command *const *list = !at->command ? at->all
		: at->parent                             ? NULL
			     : at->command->subcommands;
	const struct command *found =
		list ? parse_find_command(list, word) : NULL;

	if (found) {
		at->parent = at->command;
		at->command = found;
		return;
	}
	at->unknown = at->unknown || !at->command || at->command->subcommands;
	at->arguments++;
	at->ended = at->ended || (at->command && at->command->rest_is_command);
}

/*
 * An option; returns how many of the words behind it are its value. bash makes
 * a word of the = between them.
 */
static size_t take_option(
	struct completion *at, char *const *words, size_t count)
{
	const struct option *option = find_option(at, words[0]);
	size_t value = count > 2 && text_equal(words[1], "=") ? 2 : 1;

	if (!option || !option->value || strchr(words[0], '='))
		return 0;
	if (value + 1 >= count)
		at->option = option;
	else if (option == find_in(parse_global_options(), "--file"))
		at->file = words[value];
	return value;
}

static bool is_option(const char *word)
{
	return word[0] == '-' && word[1];
}

/* The last word: a value that is joined to its option has the rest. */
static void take_last(struct completion *at, const char *word)
{
	at->word = text_equal(word, "=") ? "" : word;
	if (at->option || at->ended || !text_starts_with(word, "--") ||
		!strchr(word, '='))
		return;
	at->option = find_option(at, word);
	at->unknown = at->unknown || !at->option;
	at->joined = strcspn(word, "=") + 1;
}

struct completion complete_find(
	const struct command *const *all, char *const *words, size_t count)
{
	struct completion at = { .all = all };

	for (size_t i = 0; i + 1 < count; i++) {
		if (!at.ended && text_equal(words[i], "--"))
			at.ended = true;
		else if (!at.ended && is_option(words[i]))
			i += take_option(&at, words + i, count - i);
		else
			take_word(&at, words[i]);
	}
	take_last(&at, words[count - 1]);
	return at;
}

static void add_options(const struct option *options, struct table *rows)
{
	for (; options && options->name; options++) {
		char name[80];
		if (options->hidden)
			continue;
		(void)snprintf(name, sizeof(name), "--%s", options->name);
		TABLE_ROW(rows, name, options->help);
	}
}

static void add_commands(
	const struct command *const *commands, struct table *rows)
{
	for (; *commands; commands++) {
		if ((*commands)->hidden)
			continue;
		TABLE_ROW(rows, (*commands)->name, _((*commands)->summary));
	}
}

void complete_choices(const char *choices, struct table *rows)
{
	while (*choices) {
		char choice[128];
		size_t size = strcspn(choices, "|");
		(void)snprintf(
			choice, sizeof(choice), "%.*s", (int)size, choices);
		TABLE_ROW(rows, choice, "");
		choices += size + (choices[size] == '|');
	}
}

void complete_add(const struct completion *at, struct table *rows)
{
	if (at->unknown || at->ended)
		return;
	if (at->option) {
		if (at->option->choices)
			complete_choices(at->option->choices, rows);
	} else if (at->word[0] == '-') {
		if (at->command)
			add_options(at->command->options, rows);
		if (at->command && at->command->needs & NEEDS_VAULT)
			add_options(parse_vault_options(), rows);
		add_options(parse_global_options(), rows);
	} else if (!at->command) {
		add_commands(at->all, rows);
	} else if (at->command->subcommands && !at->parent) {
		add_commands(at->command->subcommands, rows);
	}
}

/* The argument of that number in "[FROM] TO..."; the last may be repeated. */
static const char *argument(const char *usage, size_t number)
{
	const char *last = NULL;

	for (const char *at = usage; at && *at;) {
		if (number-- == 0)
			return at;
		last = at;
		at += strcspn(at, " ");
		at += *at == ' ';
	}
	return last && strstr(last, "...") ? last : NULL;
}

bool complete_wanted(const struct completion *at, char *name, size_t size)
{
	const char *found = NULL;

	if (at->unknown)
		return false;
	if (at->option)
		found = at->option->value;
	else if (at->ended && at->command && at->command->rest_is_command)
		found = "FILE";
	else if (at->command && (at->ended || at->word[0] != '-'))
		found = argument(at->command->arguments, at->arguments);
	if (!found)
		return false;
	found += strspn(found, "[");
	(void)snprintf(name, size, "%.*s", (int)strcspn(found, " ]."), found);
	return true;
}
