/* SPDX-License-Identifier: MIT */
#include "cli/parse.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

struct values {
	bool all;
	const char *out;
	struct text_list vars;
	int64_t timeout;
	const char *format;
};

#define AT(field) offsetof(struct values, field)

static const struct values defaults = { .timeout = 60 };

static const struct option options[] = {
	{ .name = "all", .letter = 'a', .offset = AT(all), .help = "" },
	{ .name = "out",
		.letter = 'o',
		.value = "FILE",
		.type = OPTION_TEXT,
		.offset = AT(out),
		.help = "" },
	{ .name = "var",
		.value = "NAME=VALUE",
		.type = OPTION_LIST,
		.offset = AT(vars),
		.help = "" },
	{ .name = "timeout",
		.value = "SECONDS",
		.type = OPTION_NUMBER,
		.offset = AT(timeout),
		.help = "" },
	{ .name = "format",
		.value = "FORMAT",
		.type = OPTION_TEXT,
		.offset = AT(format),
		.help = "",
		.choices = "human|json" },
	{ .name = NULL },
};

static enum status nothing(struct invocation *call, struct error *err)
{
	(void)call;
	(void)err;
	return STATUS_OK;
}

static const struct command render = {
	.name = "render",
	.arguments = "[OUTPUT]",
	.options = options,
	.values_size = sizeof(struct values),
	.defaults = &defaults,
	.needs = NEEDS_VAULT,
	.most = 1,
	.run = nothing,
};

static const struct command run = {
	.name = "run",
	.arguments = "-- CMD [ARG...]",
	.options = options,
	.values_size = sizeof(struct values),
	.least = 1,
	.most = SIZE_MAX,
	.rest_is_command = true,
	.run = nothing,
};

static const struct command secret_set = { .name = "set",
	.arguments = "NAME",
	.needs = NEEDS_VAULT,
	.least = 1,
	.most = 1,
	.run = nothing };
static const struct command secret_list = { .name = "list", .run = nothing };
static const struct command *const secret_commands[] = { &secret_set,
	&secret_list, NULL };
static const struct command secret = { .name = "secret",
	.subcommands = secret_commands };
static const struct command providers = {
	.name = "providers", .subcommands = secret_commands, .run = nothing
};
static const struct command *const all[] = { &render, &run, &secret, &providers,
	NULL };

#define TYPED(...) ((const char *[]){ __VA_ARGS__, NULL })

/* Parses a copy: argv is not const. */
static bool parse(
	const char *const *words, struct parsed *parsed, struct error *err)
{
	static char copies[16][128];
	static char *argv[17];
	size_t count = 0;

	for (; words[count]; count++) {
		(void)strncpy(copies[count], words[count], 127);
		argv[count] = copies[count];
	}
	argv[count] = NULL;
	return parse_command_line(all, argv, parsed, err);
}

static struct parsed parsed_of(const char *const *words)
{
	struct parsed parsed = { 0 };
	struct error err = { 0 };

	cr_assert(parse(words, &parsed, &err), "%s", err.what);
	return parsed;
}

static void refused(
	const char *const *words, const char *what, const char *next)
{
	struct parsed parsed = { 0 };
	struct error err = { 0 };

	cr_assert(!parse(words, &parsed, &err));
	cr_assert_eq(err.status, STATUS_USAGE);
	cr_assert_str_eq(err.what, what);
	cr_assert_str_eq(err.next, next);
	cr_assert_null(parsed.values);
}

Test(parse, takes_every_form_of_an_option)
{
	SCOPED(parsed)
	struct parsed parsed = parsed_of(TYPED("render", "--out=a=b", "-a",
		"--var", "A=1", "--var=B=2", "--timeout", "5", "file"));
	const struct values *values = parsed.values;

	cr_assert_eq(parsed.command, &render);
	cr_assert_str_eq(values->out, "a=b");
	cr_assert(values->all);
	cr_assert_eq(values->vars.count, 2);
	cr_assert_str_eq(values->vars.items[1], "B=2");
	cr_assert_eq(values->timeout, 5);
	cr_assert_eq(parsed.argument_count, 1);
	cr_assert_str_eq(parsed.arguments[0], "file");
	cr_assert_null(parsed.arguments[1]);
}

Test(parse, joins_short_options)
{
	SCOPED(parsed)
	struct parsed parsed = parsed_of(TYPED("render", "-qaofile", "-pprod"));
	const struct values *values = parsed.values;

	cr_assert(parsed.global.quiet);
	cr_assert(values->all);
	cr_assert_str_eq(values->out, "file");
	cr_assert_str_eq(parsed.global.profile, "prod");
}

Test(parse, global_options_stand_before_or_after_the_command)
{
	SCOPED(parsed)
	struct parsed parsed = parsed_of(TYPED("-C", "dir", "--json", "secret",
		"-f", "vault", "set", "--trust", "x", "NAME", "--no-input"));

	cr_assert_str_eq(parsed.global.directory, "dir");
	cr_assert_str_eq(parsed.global.file, "vault");
	cr_assert_str_eq(parsed.global.trust, "x");
	cr_assert(parsed.global.json && parsed.global.no_input);
	cr_assert_eq(parsed.command, &secret_set);
}

Test(parse, values_begin_as_the_defaults)
{
	SCOPED(parsed) struct parsed parsed = parsed_of(TYPED("render"));

	cr_assert_eq(((const struct values *)parsed.values)->timeout, 60);
}

Test(parse, what_follows_the_childs_name_is_the_childs)
{
	SCOPED(parsed)
	struct parsed parsed = parsed_of(
		TYPED("run", "-a", "node", "-a", "--json", "--", "x"));

	cr_assert_eq(parsed.argument_count, 5);
	cr_assert_str_eq(parsed.arguments[1], "-a");
	cr_assert_str_eq(parsed.arguments[3], "--");
	cr_assert(!parsed.global.json);
}

Test(parse, two_dashes_end_options)
{
	SCOPED(parsed)
	struct parsed parsed = parsed_of(TYPED("run", "--", "--json", "-q"));

	cr_assert_eq(parsed.argument_count, 2);
	cr_assert_str_eq(parsed.arguments[0], "--json");
}

Test(parse, a_single_dash_is_an_argument)
{
	SCOPED(parsed) struct parsed parsed = parsed_of(TYPED("render", "-"));

	cr_assert_str_eq(parsed.arguments[0], "-");
}

Test(parse, a_value_may_be_a_single_dash)
{
	SCOPED(parsed)
	struct parsed parsed = parsed_of(TYPED("render", "--out", "-"));

	cr_assert_str_eq(((const struct values *)parsed.values)->out, "-");
}

Test(parse, finds_subcommands)
{
	SCOPED(parsed)
	struct parsed parsed = parsed_of(TYPED("secret", "-q", "set", "A"));
	SCOPED(parsed) struct parsed bare = parsed_of(TYPED("providers"));

	cr_assert_eq(parsed.command, &secret_set);
	cr_assert_eq(parsed.parent, &secret);
	cr_assert_str_eq(parsed.arguments[0], "A");
	cr_assert_eq(bare.command, &providers);
}

Test(parse, help_needs_no_arguments)
{
	SCOPED(parsed)
	struct parsed parsed = parsed_of(TYPED("secret", "set", "-h"));
	SCOPED(parsed) struct parsed parent = parsed_of(TYPED("secret", "-h"));

	cr_assert(parsed.global.help);
	cr_assert(parent.global.help);
}

Test(parse, refuses_wrong_usage_with_the_next_step)
{
	refused(TYPED("rendr"), "there is no command `rendr`",
		"did you mean render?");
	refused(TYPED("secret", "lst"), "there is no command `secret lst`",
		"did you mean secret list?");
	refused(TYPED("secret"), "a command is missing",
		"add one of: set, list");
	refused(TYPED("render", "--ot", "x"), "there is no option --ot",
		"did you mean --out?");
	refused(TYPED("render", "-z"), "there is no option -z",
		"`aigenv render --help` lists the options");
	refused(TYPED("--out", "x", "render"), "there is no option --out",
		"an option of a command stands behind it; `aigenv --help` "
		"lists those that may stand in front");
	refused(TYPED("render", "--out"), "--out needs a value", "--out=FILE");
	refused(TYPED("render", "--out", "-a"), "--out needs a value",
		"--out=FILE");
	refused(TYPED("render", "-o"), "-o needs a value", "-o FILE");
	refused(TYPED("render", "--all=yes"), "--all takes no value",
		"write only --all");
	refused(TYPED("render", "-o", "a", "--out", "b"),
		"--out is given twice", "give it once");
	refused(TYPED("-q", "render", "-q"), "-q is given twice",
		"give it once");
	refused(TYPED("render", "--format", "xml"),
		"--format does not take this value", "give one of: human|json");
	refused(TYPED("render", "a", "b"), "there are too many arguments",
		"write it as: aigenv render [OUTPUT]");
	refused(TYPED("secret", "set"), "an argument is missing",
		"write it as: aigenv secret set NAME");
	refused(TYPED("run"), "an argument is missing",
		"write it as: aigenv run -- CMD [ARG...]");
	refused(TYPED("secret", "list", "--allow-older"),
		"--allow-older is only for commands that open a vault",
		"leave --allow-older out");
	refused(TYPED("render", "-qv"),
		"--quiet and --verbose cannot go together",
		"give only one of them");
}

Test(parse, numbers_are_whole_and_bounded)
{
	static const char *const bad[] = { "", "x", "1.5", "5s", "+1", "007",
		"99999999999999999999" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		refused(TYPED("render", "--timeout", bad[i]),
			"--timeout takes a whole number from 0 to 2147483647",
			"--timeout SECONDS");
}

Test(parse, does_not_repeat_what_may_be_a_secret)
{
	refused(TYPED("sk-proj-0123456789abcdef"), "there is no such command",
		"`aigenv help` lists the commands");
	refused(TYPED("secret", "set", "NAME", "sk-proj-0123"),
		"there are too many arguments",
		"write it as: aigenv secret set NAME");
	refused(TYPED("render", "--sk-proj-0123456789abcdef"),
		"there is no such option",
		"`aigenv render --help` lists the options");
}

Test(parse, survives_absurd_words)
{
	static char name[120];

	memset(name, '-', 119);
	refused(TYPED("render", name), "there is no such option",
		"`aigenv render --help` lists the options");
	memset(name + 2, 'a', 117);
	refused(TYPED("render", name), "there is no such option",
		"`aigenv render --help` lists the options");
	refused(TYPED(""), "there is no such command",
		"`aigenv help` lists the commands");
	refused(TYPED("render", "--=x"), "there is no option --",
		"`aigenv render --help` lists the options");
}
