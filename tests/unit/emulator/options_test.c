/* SPDX-License-Identifier: MIT */
#include "emulator/options.h"

#include "base/text.h"
#include "emulator/fault.h"

#include <criterion/criterion.h>
#include <string.h>

static struct settings settings;
static enum options_wish wish;
static struct error err;

static void setup(void)
{
	settings_init(&settings);
}

static void teardown(void)
{
	settings_release(&settings);
}

TestSuite(options, .init = setup, .fini = teardown);

static bool parse(const char *first, const char *second)
{
	char words[2][128];
	char *argv[] = { words[0], words[0], second ? words[1] : NULL, NULL };

	snprintf(words[0], sizeof(words[0]), "%s", first);
	snprintf(words[1], sizeof(words[1]), "%s", second ? second : "");
	return options_parse(argv, &settings, &wish, &err);
}

Test(options, none_gives_the_demo)
{
	settings_finish(&settings);
	cr_assert_str_eq(settings.account, DEMO_ACCOUNT);
	cr_assert(json_lists(settings.gateways, DEMO_GATEWAY));
	cr_assert(json_lists(settings.tokens, DEMO_TOKEN));
	cr_assert_eq(
		json_array_size(
			settings_find(&settings, "custom-xiaomi", 13)->keys),
		1);
	cr_assert_eq(settings.port, DEFAULT_PORT);
}

Test(options, given_values_replace_the_demos)
{
	cr_assert(parse("--token", "mine"));
	cr_assert(parse("--provider", "custom-mine=key=with=signs"));
	cr_assert(parse("--port=0", NULL));
	settings_finish(&settings);
	cr_assert_eq(json_array_size(settings.tokens), 1);
	cr_assert(json_lists(settings_find(&settings, "custom-mine", 11)->keys,
		"key=with=signs"));
	cr_assert_null(settings_find(&settings, "custom-xiaomi", 13));
	cr_assert_eq(settings.port, 0);
}

Test(options, stored_keys_have_an_alias)
{
	const struct provider_state *openai;

	cr_assert(parse("--stored", "openai=first:with=colon"));
	cr_assert(parse("--stored", "openai:other=second"));
	openai = settings_find(&settings, "openai", 6);
	cr_assert_str_eq(
		json_text(openai->stored, "default"), "first:with=colon");
	cr_assert_str_eq(json_text(openai->stored, "other"), "second");
	cr_assert_null(json_text(openai->stored, "third"));
}

Test(options, wrong_ones_are_named)
{
	cr_assert(!parse("--prot", "1"));
	cr_assert_eq(err.status, STATUS_USAGE);
	cr_assert_str_eq(err.next, "did you mean --port?");
	cr_assert(!parse("--port", "65536"));
	cr_assert(!parse("--port", NULL));
	cr_assert(!parse("--open=yes", NULL));
	cr_assert(!parse("--provider", "nobody=key"));
	cr_assert(!parse("--provider", "custom-=key"));
	cr_assert(!parse("--provider", "key"));
	cr_assert(!parse("--base-url", "custom-x=v1/"));
	cr_assert(!parse("--fault", "nope"));
	cr_assert(!parse("--fault", "html:0"));
	cr_assert(!parse("serve", NULL));
}

Test(options, every_fault_can_be_asked_for)
{
	for (const struct fault *fault = faults; fault->name; fault++)
		cr_assert(settings_add_fault(&settings, fault->name, &err));
	cr_assert_gt(settings.fault_count, 20);
}
