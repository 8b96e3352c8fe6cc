/* SPDX-License-Identifier: MIT */
#include "wizard/draft.h"

#include "base/json.h"
#include "base/text.h"

#include "../../support/shown_secrets.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static const char today[] =
	"{\"account_id\":\"0123456789abcdef0123456789abcdef\","
	"\"gateway\":\"g\",\"pm2\":{\"app\":\"api\"},\"routes\":[{"
	"\"name\":\"openai\",\"provider\":\"openai\",\"path\":\"\","
	"\"model\":\"gpt-5-mini\",\"key_env\":\"OPENAI_API_KEY\"}]}";

static json_t *given;
static json_t *present;
static struct wizard wizard;
static struct draft draft;
static struct given_secrets secrets;
static struct error err;

static void begin(const char *given_text, const char *present_text)
{
	given = json_loads(given_text, 0, NULL);
	present = present_text ? json_loads(present_text, 0, NULL) : NULL;
	wizard = (struct wizard){ .present = present, .secrets = &secrets };
	cr_assert(given_secrets_take(&secrets, given, &err));
	draft_init(&draft, &wizard, given);
}

static void end(void)
{
	draft_release(&draft);
	given_secrets_release(&secrets);
	json_decref(given);
	json_decref(present);
}

static struct field route(const char *name)
{
	return (struct field){ SETTINGS_ROUTE, name, 0 };
}

static const struct field app = { SETTINGS_PM2, "app", 0 };
static const struct field account = { SETTINGS_TOP, "account_id", 0 };

static void say_secret(const char *name, const char *value)
{
	SCOPED(secret) struct secret secret = { 0 };

	secret_copy(&secret, value, 8);
	draft_set_secret(&draft, name, &secret);
}

static void expect_finished(const char *expected)
{
	JSON_SCOPED json_t *answers = draft_finish(&draft);
	JSON_SCOPED json_t *wanted = json_loads(expected, 0, NULL);

	show_secrets(answers, &secrets);

	cr_assert(wanted);
	char *text = json_dumps(answers, JSON_SORT_KEYS);
	cr_assert(json_equal(answers, wanted), "%s", text);
	free(text);
}

Test(draft, an_edit_begins_with_what_is_there)
{
	begin("{}", today);
	cr_assert_str_eq(draft_get(&draft, app), "api");
	cr_assert_str_eq(draft_get(&draft, route("model")), "gpt-5-mini");
	cr_assert_not(draft_is_settled(&draft, account));
	end();
}

Test(draft, what_was_given_is_settled)
{
	begin("{\"routes\":[{\"model\":\"gpt-4.1-mini\"}]}", today);
	cr_assert(draft_is_settled(&draft, route("model")));
	cr_assert_not(draft_is_settled(&draft, route("provider")));
	cr_assert_str_eq(draft_get(&draft, route("provider")), "openai");
	cr_assert_str_eq(draft_get(&draft, route("model")), "gpt-4.1-mini");
	end();
}

Test(draft, another_provider_is_another_route)
{
	begin("{}", today);
	cr_assert(draft_set_provider(&draft, 0, "custom-xiaomi", &err));
	cr_assert_null(draft_get(&draft, route("model")));
	char *name = draft_key_name(&draft, 0);
	cr_assert_str_eq(name, "MIMO_API_KEY");
	free(name);
	end();
}

Test(draft, the_same_provider_keeps_its_route)
{
	begin("{}", today);
	cr_assert(draft_set_provider(&draft, 0, "openai", &err));
	cr_assert_str_eq(draft_get(&draft, route("model")), "gpt-5-mini");
	end();
}

Test(draft, a_second_route_of_one_provider_has_a_name_of_its_own)
{
	begin("{}", today);
	draft_add_route(&draft);
	cr_assert(
		draft_set_provider(&draft, 1, "openai", &err), "%s", err.what);
	cr_assert_str_eq(
		draft_get(&draft, (struct field){ SETTINGS_ROUTE, "name", 1 }),
		"openai-2");
	end();
}

Test(draft, refuses_what_the_profile_would)
{
	begin("{}", NULL);
	cr_assert(draft_set_provider(&draft, 0, "compat", &err));
	cr_assert_not(
		draft_would_take(&draft, route("model"), "gpt-5-mini", &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert(draft_would_take(
		&draft, route("model"), "openai/gpt-5-mini", &err));
	end();
}

Test(draft, an_app_that_is_taken_away_is_null)
{
	begin("{}", today);
	cr_assert(draft_set(&draft, app, NULL, &err), "%s", err.what);
	cr_assert_null(draft_get(&draft, app));
	expect_finished("{\"pm2\":null,\"routes\":[{\"name\":\"openai\","
			"\"provider\":\"openai\",\"path\":\"\",\"model\":"
			"\"gpt-5-mini\",\"key_env\":\"OPENAI_API_KEY\"}]}");
	end();
}

Test(draft, without_pm2_no_ecosystem_file_is_rendered)
{
	begin("{}",
		"{\"pm2\":{\"app\":\"api\"},\"outputs\":[{\"template\":"
		"\"env\",\"path\":\".env\"},{\"template\":\"ecosystem\","
		"\"path\":\"e.config.cjs\"}],\"routes\":[{\"provider\":"
		"\"openai\",\"model\":\"m\"}]}");
	cr_assert(draft_set(&draft, app, NULL, &err), "%s", err.what);
	expect_finished("{\"pm2\":null,\"outputs\":[{\"template\":\"env\","
			"\"path\":\".env\"}],\"routes\":[{\"provider\":"
			"\"openai\",\"model\":\"m\"}]}");
	end();
}

Test(draft, leaves_keys_that_no_route_needs_any_more)
{
	begin("{\"secrets\":{\"DATABASE_URL\":\"x\"}}", NULL);
	cr_assert(draft_set_provider(&draft, 0, "custom-xiaomi", &err));
	say_secret("MIMO_API_KEY", "aaaaaaaa");
	say_secret(TOKEN_NAME, "bbbbbbbb");
	cr_assert(draft_set_provider(&draft, 0, "openai", &err));
	say_secret("OPENAI_API_KEY", "cccccccc");
	expect_finished("{\"routes\":[{\"provider\":\"openai\"}],\"secrets\":{"
			"\"DATABASE_URL\":\"x\",\"CF_AIG_TOKEN\":\"bbbbbbbb\","
			"\"OPENAI_API_KEY\":\"cccccccc\"}}");
	end();
}

/* Back to the first question, and on from there with Enter alone. */
Test(draft, what_was_typed_stays_where_nothing_was_pasted)
{
	begin("{}", NULL);
	cr_assert(draft_set(
		&draft, account, "0123456789abcdef0123456789abcdef", &err));
	draft_drop_paste(&draft);
	cr_assert_str_eq(
		draft_get(&draft, account), "0123456789abcdef0123456789abcdef");
	end();
}

Test(draft, a_paste_is_forgotten_and_what_was_given_stays)
{
	begin("{\"gateway\":\"given\"}", NULL);
	cr_assert(draft_set(
		&draft, account, "0123456789abcdef0123456789abcdef", &err));
	draft_mark_pasted(&draft, account);
	draft_drop_paste(&draft);
	cr_assert_null(draft_get(&draft, account));
	cr_assert_not(draft_is_settled(&draft, account));
	expect_finished("{\"gateway\":\"given\",\"routes\":[{}]}");
	end();
}
