/* SPDX-License-Identifier: MIT */
#include "cli/advice.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct command list = { .name = "list",
	.needs = NEEDS_VAULT | NAMES_PROFILES };
static const struct command set = { .name = "set", .needs = NEEDS_VAULT };
static const struct command apply = { .name = "apply", .needs = NEEDS_VAULT };
static const struct command init = { .name = "init",
	.needs = NEEDS_VAULT | MAKES_PROFILE };
static const struct command help = { .name = "help" };
static const struct command profile = { .name = "profile",
	.subcommands = (const struct command *const[]){ &list, NULL } };
static const struct command secret = { .name = "secret",
	.subcommands = (const struct command *const[]){ &set, NULL } };
static const struct command *const all[] = { &apply, &help, &init, &profile,
	&secret, NULL };

static void expect(
	const struct advice *advice, const char *text, const char *expected)
{
	SCOPED(buf) struct buf out = BUF(4096);

	advice_complete(advice, text, strlen(text), &out);
	cr_expect_str_eq(buf_cstring(&out), expected);
}

static const struct advice given = { .all = all,
	.directory = "my app",
	.file = "v.json",
	.profile = "staging" };

Test(advice, what_was_given_is_repeated)
{
	expect(&given, "then `aigenv apply`",
		"then `aigenv -C 'my app' -f v.json -p staging apply`");
	expect(&given, "aigenv secret set NAME, then aigenv apply",
		"aigenv -C 'my app' -f v.json -p staging secret set NAME, then "
		"aigenv -C 'my app' -f v.json -p staging apply");
}

Test(advice, only_commands_that_it_concerns)
{
	expect(&given, "`aigenv help apply`", "`aigenv help apply`");
	expect(&given, "`aigenv profile list`",
		"`aigenv -C 'my app' -f v.json profile list`");
	expect(&given, "another aigenv is at work; no-aigenv apply; aigenv",
		"another aigenv is at work; no-aigenv apply; aigenv");
}

Test(advice, a_profile_that_is_named_stays)
{
	const struct advice profile_alone = { .all = all,
		.profile = "staging" };

	expect(&profile_alone, "aigenv secret set N -p web, then aigenv apply",
		"aigenv secret set N -p web, then aigenv -p staging apply");
	expect(&profile_alone, "aigenv -p web apply", "aigenv -p web apply");
}

Test(advice, what_makes_a_profile_does_not_take_the_only_one)
{
	const struct advice only = { .all = all, .made = "staging" };

	expect(&only, "`aigenv init`, then `aigenv apply`",
		"`aigenv -p staging init`, then `aigenv apply`");
	expect(&given, "`aigenv init`", "`aigenv -C 'my app' -f v.json init`");
}

Test(advice, an_older_copy_is_meant)
{
	const struct advice older = { .all = all, .older = true };

	expect(&older, "`aigenv apply`; `aigenv help apply`",
		"`aigenv --allow-older apply`; `aigenv help apply`");
}

Test(advice, elsewhere_this_machine_s_paths_mean_nothing)
{
	const struct advice far = { .all = all,
		.directory = "my app",
		.file = "../conf/v.json",
		.profile = "staging",
		.older = true };

	expect(&far, "send `there: aigenv apply`, then `aigenv apply`",
		"send `aigenv -f v.json -p staging apply`, then `aigenv -C 'my "
		"app' -f ../conf/v.json -p staging --allow-older apply`");
	expect(&(struct advice){ .all = all }, "`there: aigenv apply`",
		"`aigenv apply`");
}

Test(advice, nothing_given_nothing_added)
{
	const struct advice none = { .all = all };

	expect(&none, "`aigenv apply` now", "`aigenv apply` now");
	expect(&(struct advice){ .profile = "x" }, "`aigenv apply`",
		"`aigenv apply`");
}
