/* SPDX-License-Identifier: MIT */
#include "cli/complete.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct option options[] = {
	{ .name = "out", .letter = 'o', .value = "FILE", .help = "where" },
	{ .name = "format",
		.value = "FORMAT",
		.choices = "human|json",
		.help = "how" },
	{ .name = "secretly", .hidden = true, .help = "" },
	{ .name = NULL },
};

static const struct command set = {
	.name = "set", .summary = "", .arguments = "NAME"
};
static const struct command list = { .name = "list", .summary = "all" };
static const struct command *const subcommands[] = { &set, &list, NULL };
static const struct command render = { .name = "render",
	.summary = "",
	.arguments = "[FROM] TO...",
	.options = options,
	.needs = NEEDS_VAULT };
static const struct command group = {
	.name = "secret", .summary = "", .subcommands = subcommands
};
static const struct command start = { .name = "run",
	.summary = "",
	.arguments = "-- CMD",
	.rest_is_command = true };
static const struct command plumbing = { .name = "plumbing", .hidden = true };
static const struct command *const all[] = { &render, &group, &start, &plumbing,
	NULL };

/* The words of a line that a blank divides; the last may be empty. */
static struct completion find(char *line)
{
	char *words[16];
	size_t count = 0;

	for (char *at = line; at; count++) {
		words[count] = at;
		at = strchr(at, ' ');
		if (at)
			*at++ = '\0';
	}
	return complete_find(all, words, count);
}

/* Rows that begin with what is typed, and what the tables call the place. */
static void expect(const char *line, const char *rows, const char *wanted)
{
	char typed[128];
	char name[32] = "";
	SCOPED(table) struct table table = TABLE(2);
	SCOPED(buf) struct buf got = BUF(4096);

	strcpy(typed, line);
	struct completion at = find(typed);
	complete_add(&at, &table);
	for (size_t i = 0; i < table.count; i += 2) {
		const char *word = table.cells[i];
		const char *there = at.word + at.joined;
		if (strncmp(word, there, strlen(there)) == 0)
			buf_printf(&got, "%s ", word);
	}
	cr_expect_str_eq(buf_cstring(&got), rows, "%s| gives: %s", line,
		buf_cstring(&got));
	(void)complete_wanted(&at, name, sizeof(name));
	cr_expect_str_eq(name, wanted, "%s| wants: %s", line, name);
}

Test(complete, commands_that_are_not_hidden)
{
	expect("", "render secret run ", "");
	expect("s", "secret ", "");
	expect("-p there ", "render secret run ", "");
	expect("pl", "", "");
	expect("nonsense ", "", "");
	expect("nonsense -", "", "");
}

Test(complete, subcommands)
{
	expect("secret ", "set list ", "");
	expect("secret l", "list ", "");
	expect("secret set ", "", "NAME");
	expect("secret list ", "", "");
	expect("secret set a ", "", "");
}

Test(complete, options_of_the_command_and_of_all)
{
	expect("render --fo", "--format ", "");
	expect("render --se", "", "");
	expect("render --ver", "--verbose --version ", "");
	expect("render --tr", "--trust ", "");
	expect("secret --tr", "", "");
	expect("--no-i", "--no-input ", "");
}

Test(complete, values_of_options)
{
	expect("render --out ", "", "FILE");
	expect("render -o ", "", "FILE");
	expect("render -qo ", "", "FILE");
	expect("render --format j", "json ", "FORMAT");
	expect("render --format=j", "json ", "FORMAT");
	expect("render --format = j", "json ", "FORMAT");
	expect("render --format =", "human json ", "FORMAT");
	expect("render --format json ", "", "FROM");
	expect("-C ", "", "DIR");
}

Test(complete, arguments_by_their_number)
{
	expect("render ", "", "FROM");
	expect("render --out x ", "", "FROM");
	expect("render a ", "", "TO");
	expect("render a b c ", "", "TO");
	expect("render -- --o", "", "FROM");
}

Test(complete, nothing_of_ours_behind_a_program)
{
	expect("run -- ", "", "FILE");
	expect("run -- node --o", "", "FILE");
	expect("run node --o", "", "FILE");
}

Test(complete, knows_the_vault_that_is_named)
{
	char line[] = "-f other.json render ";

	cr_assert_str_eq(find(line).file, "other.json");
}
