/* SPDX-License-Identifier: MIT */
#include "settings/key.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/text.h"
#include "settings/settings.h"
#include "settings/value.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static json_t *parse(const char *text)
{
	static const struct json_limits limits = { .depth = 8 };
	struct error err = { 0 };
	json_t *value = json_parse(text, strlen(text), "test", &limits, &err);

	cr_assert(value, "%s: %s", text, err.what);
	return value;
}

static json_t *sample(void)
{
	return parse("{\"account_id\":\"a\",\"gateway\":\"gw\",\"routes\":["
		     "{\"name\":\"mimo\",\"provider\":\"custom-xiaomi\","
		     "\"model\":\"m\"},{\"name\":\"ds\",\"provider\":"
		     "\"deepseek\",\"model\":\"d\"}],\"outputs\":[{"
		     "\"template\":\"./t\",\"path\":\".env\",\"sha256\":\"0\"}"
		     "],\"vars\":{\"A\":\"1\"},\"pm2\":{\"app\":\"api\"},"
		     "\"readers\":[\"node\",\"bash\"],\"max_age_days\":90}");
}

/* Settings as `config get` lists them, a line a value. */
static void add_line(void *context, const char *key, const json_t *value)
{
	buf_printf(context, "%s=", key);
	settings_format_line(value, context);
	buf_byte(context, '\n');
}

static void expect(json_t *settings, const char *lines)
{
	SCOPED(buf) struct buf text = BUF(65536);

	settings_each(settings, add_line, &text);
	cr_expect_str_eq(buf_cstring(&text), lines);
}

Test(settings_key, every_value_is_listed_under_its_key)
{
	JSON_SCOPED json_t *settings = sample();

	expect(settings,
		"account_id=a\ngateway=gw\nroutes.mimo.name=mimo\n"
		"routes.mimo.provider=custom-xiaomi\nroutes.mimo.model=m\n"
		"routes.ds.name=ds\nroutes.ds.provider=deepseek\n"
		"routes.ds.model=d\noutputs.0.template=./t\n"
		"outputs.0.path=.env\noutputs.0.sha256=0\nvars.A=1\n"
		"pm2.app=api\nreaders=node,bash\nmax_age_days=90\n");
}

Test(settings_key, a_listed_value_with_line_breaks_stays_on_its_line)
{
	JSON_SCOPED json_t *settings =
		parse("{\"vars\":{\"A\":\"1\\ngateway=evil\"}}");

	expect(settings, "vars.A=\"1\\ngateway=evil\"\n");
}

static void set(json_t *settings, const char *key, const char *value)
{
	struct error err = { 0 };

	cr_assert(settings_set(settings, key, value, &err), "%s: %s", key,
		err.what);
}

Test(settings_key, a_key_that_is_listed_sets_what_it_names)
{
	JSON_SCOPED json_t *settings = parse("{}");

	set(settings, "gateway", "gw");
	set(settings, "routes.ds.model", "d");
	set(settings, "routes.ds.x-note", "mine");
	set(settings, "outputs.0.template", "env");
	set(settings, "outputs.1.path", "b");
	set(settings, "vars.A.B", "1=2");
	set(settings, "pm2.instances", "4");
	set(settings, "readers", "node,bash");
	set(settings, "x-note", "");
	JSON_SCOPED json_t *wanted = parse(
		"{\"gateway\":\"gw\",\"routes\":[{\"name\":\"ds\",\"model\":"
		"\"d\",\"x-note\":\"mine\"}],\"outputs\":[{\"template\":"
		"\"env\"},{\"path\":\"b\"}],\"vars\":{\"A.B\":\"1=2\"},"
		"\"pm2\":{\"instances\":4},\"readers\":[\"node\",\"bash\"],"
		"\"x-note\":\"\"}");
	cr_expect(json_equal(settings, wanted));
}

Test(settings_key, another_template_loses_the_hash_of_the_old_one)
{
	JSON_SCOPED json_t *settings = sample();
	json_t *output =
		json_array_get(json_object_get(settings, "outputs"), 0);

	set(settings, "outputs.0.template", "./t");
	cr_expect(json_object_get(output, "sha256"));
	set(settings, "outputs.0.template", "./u");
	cr_expect_not(json_object_get(output, "sha256"));
}

static const struct refusal {
	const char *key, *value, *what, *next;
} refusals[] = {
	{ "gatway", "x", "no setting is called \"gatway\"",
		"did you mean gateway?" },
	{ "routes.mimo.modle", "x", NULL, "did you mean routes.mimo.model?" },
	{ "rutes.mimo.model", "x", NULL, "did you mean routes.mimo.model?" },
	{ "route.mimo.model", "x", NULL, "did you mean routes.mimo.model?" },
	{ "pm2.ap", "x", NULL, "did you mean pm2.app?" },
	{ "outputs.0.pth", "x", NULL, "did you mean outputs.0.path?" },
	{ "routes", "x", "routes has settings below it",
		"name one of them, as routes.NAME.model" },
	{ "routes.mimo", "x", "routes.mimo has settings below it",
		"name one of them, as routes.mimo.model" },
	{ "vars", "x", NULL, "name one of them, as vars.NAME" },
	{ "MY_KEY", "x", NULL,
		"a plain variable is vars.MY_KEY; a secret is set by `aigenv "
		"secret set MY_KEY`" },
	{ "max_age_days", "ten", "the value must be a whole number",
		"write only digits: 90" },
	{ "max_age_days", "1.5", "the value must be a whole number", NULL },
	{ "schema.A.required", "yes", "the value must be true or false", NULL },
	{ "pm2.args", "[\"a\"", "the value is not a JSON list of strings",
		NULL },
	{ "schema.A", "x", "schema.A has settings below it",
		"name one of them, as schema.A.required" },
	{ "x-\xff", "x", NULL, NULL },
	{ "readers", "node,\xff", "the value is not UTF-8 text", NULL },
	{ "gateway", "\xc3", "the value is not UTF-8 text", NULL },
	{ "outputs.5.path", "x", "there is no such output", NULL },
	{ "outputs.one.path", "x", "there is no such output", NULL },
	{ "outputs..path", "x", "there is no such output", NULL },
	{ "", "x", NULL, NULL },
	{ ".", "x", NULL, NULL },
	{ "vars.", "x", NULL, NULL },
	{ "pm2.", "x", NULL, NULL },
	{ "routes.", "x", NULL, NULL },
};

Test(settings_key, what_is_no_setting_is_refused_with_a_next_step)
{
	for (size_t i = 0; i < ARRAY_SIZE(refusals); i++) {
		const struct refusal *row = &refusals[i];
		JSON_SCOPED json_t *settings = sample();
		struct error err = { 0 };
		cr_expect_not(
			settings_set(settings, row->key, row->value, &err),
			"%s", row->key);
		cr_expect_eq(err.status, STATUS_INVALID, "%s", row->key);
		cr_expect(err.next[0], "%s", row->key);
		if (row->what)
			cr_expect_str_eq(err.what, row->what);
		if (row->next)
			cr_expect_str_eq(err.next, row->next);
	}
}

Test(settings_key, a_key_of_any_length_is_refused)
{
	char key[2048];
	struct error err = { 0 };
	JSON_SCOPED json_t *settings = sample();

	memset(key, 'a', sizeof(key) - 1);
	key[sizeof(key) - 1] = '\0';
	cr_expect_not(settings_set(settings, key, "x", &err));
	memcpy(key, "routes.", 7);
	cr_expect_not(settings_set(settings, key, "x", &err));
	cr_expect_not(settings_unset(settings, key, &err));
	json_t *value = NULL;
	cr_expect_not(settings_get(settings, key, &value, &err));
}

Test(settings_key, unset_takes_out_a_value_an_item_or_a_group)
{
	JSON_SCOPED json_t *settings = sample();
	struct error err = { 0 };

	cr_assert(settings_unset(settings, "routes.ds", &err));
	cr_assert(settings_unset(settings, "vars.A", &err));
	cr_assert(settings_unset(settings, "pm2.app", &err));
	cr_assert(settings_unset(settings, "outputs", &err));
	cr_assert(settings_unset(settings, "readers", &err));
	/* A group that became empty goes with its last member. */
	expect(settings,
		"account_id=a\ngateway=gw\nroutes.mimo.name=mimo\n"
		"routes.mimo.provider=custom-xiaomi\nroutes.mimo.model=m\n"
		"max_age_days=90\n");
	cr_expect_not(settings_unset(settings, "routes.ds", &err));
	cr_expect_str_eq(err.what, "the profile has no routes.ds");
	cr_expect_not(settings_unset(settings, "gatway", &err));
	cr_expect_str_eq(err.next, "did you mean gateway?");
}

Test(settings_key, get_finds_values_items_and_groups)
{
	static const char *const found[] = { "gateway", "routes", "routes.ds",
		"routes.ds.model", "outputs.0", "outputs.0.path", "vars",
		"vars.A", "pm2", "pm2.app", "readers" };
	static const char *const missing[] = { "origin", "routes.x",
		"routes.x.model", "outputs.1", "outputs.1.path", "vars.B",
		"pm2.env", "x-note" };
	JSON_SCOPED json_t *settings = sample();
	struct error err = { 0 };
	json_t *value = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(found); i++)
		cr_expect(settings_get(settings, found[i], &value, &err), "%s",
			found[i]);
	for (size_t i = 0; i < ARRAY_SIZE(missing); i++) {
		cr_expect_not(settings_get(settings, missing[i], &value, &err));
		cr_expect(text_starts_with(err.what, "the profile has no "),
			"%s: %s", missing[i], err.what);
	}
}

Test(settings_key, every_setting_has_its_key)
{
	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings_table[i];
		const char *value = setting->type == TYPE_FLAG ? "true" : "1";
		JSON_SCOPED json_t *settings = parse("{}");
		struct error err = { 0 };
		char key[128];
		/* routes.NAME.name is another route's afterwards. */
		if (setting->type & TYPE_GROUPS || i == SETTING_ROUTE_NAME)
			continue;
		setting_key(setting, key, sizeof(key));
		/* outputs.N.path: the first one. */
		if (text_starts_with(key, "outputs.N"))
			key[strlen("outputs.")] = '0';
		cr_expect(settings_set(settings, key, value, &err), "%s: %s",
			key, err.what);
		json_t *found = NULL;
		cr_expect(settings_get(settings, key, &found, &err), "%s", key);
		cr_expect(settings_unset(settings, key, &err), "%s", key);
	}
}

Test(settings_key, a_list_reads_back_as_it_was_written)
{
	static const char *const lists[] = { "a", "a,b", "--port=1,-v", "",
		"[\"a,b\",\"c\"]", "[\" a\",\"b\"]", "[\"\"]", "[\"[\"]" };

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++) {
		JSON_SCOPED json_t *settings = parse("{}");
		SCOPED(buf) struct buf text = BUF(1000);
		struct error err = { 0 };
		json_t *value = NULL;
		set(settings, "pm2.args", lists[i]);
		cr_assert(settings_get(settings, "pm2.args", &value, &err));
		settings_format_value(value, &text);
		cr_expect_str_eq(buf_cstring(&text), lists[i]);
	}
}

Test(settings_key, one_app_is_a_text_and_several_are_a_list)
{
	JSON_SCOPED json_t *settings = parse("{}");
	JSON_SCOPED json_t *one = parse("{\"pm2\":{\"app\":\"api:prod\"}}");
	JSON_SCOPED json_t *two =
		parse("{\"pm2\":{\"app\":[\"@acme/api\",\"worker\"]}}");

	set(settings, "pm2.app", "api:prod");
	cr_expect(json_equal(settings, one));
	set(settings, "pm2.app", "@acme/api, worker");
	cr_expect(json_equal(settings, two));
}
