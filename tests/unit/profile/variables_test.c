/* SPDX-License-Identifier: MIT */
#include "profile/variables.h"

#include "base/buf.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

#define ACCOUNT "0123456789abcdef0123456789abcdef"
#define HEAD "{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","

static const struct secret *value_of(void *context, const char *name,
	struct secret_arena *arena, struct error *err)
{
	(void)context;
	if (text_equal(name, "BROKEN")) {
		error_set(err, STATUS_LOCKED_OUT, "tampered");
		return NULL;
	}
	return secret_arena_add(arena, "geheim", 6);
}

/* "NAME=VALUE" lines, a secret's value as "!"; or the error. */
static char result[2000];

static const char *collect(
	const char *settings, const char *const *names, size_t count)
{
	static const struct json_limits limits = { .depth = 8 };
	SCOPED(profile) struct profile profile = { 0 };
	SCOPED(variables) struct variables variables = { 0 };
	SCOPED(buf) struct buf text = BUF(sizeof(result) - 1);
	struct error err = { 0 };
	JSON_SCOPED json_t *json = json_parse(
		settings, strlen(settings), "settings", &limits, &err);

	cr_assert(json, "%s", err.what);
	cr_assert(profile_from_settings(&profile, "production", json, &err),
		"%s", err.what);
	if (!variables_collect(
		    &variables, &profile, names, count, value_of, NULL, &err)) {
		cr_assert_eq(variables.count, 0);
		(void)snprintf(result, sizeof(result), "%d %s / %s", err.status,
			err.what, err.next);
		return result;
	}
	for (size_t i = 0; i < variables.count; i++)
		buf_printf(&text, "%s=%s\n", variables.items[i].name,
			variables.items[i].secret ? "!"
						  : variables.items[i].plain);
	(void)snprintf(result, sizeof(result), "%s", buf_cstring(&text));
	return result;
}

#define TWO                                                                    \
	HEAD "\"routes\":[{\"provider\":\"custom-xiaomi\",\"model\":\"mimo\"," \
	     "\"model_env\":\"MIMO_MODEL\"},{\"name\":\"my-ai\",\"provider\":" \
	     "\"openai\",\"model\":\"gpt\"}],\"vars\":{\"Z\":\"1\",\"A\":"     \
	     "\"2\"}}"

Test(variables, come_in_designs_order)
{
	static const char *const names[] = { "ZEBRA", "MIMO_API_KEY",
		"OPENAI_API_KEY", "CF_AIG_TOKEN", "DATABASE_URL" };

	cr_assert_str_eq(collect(TWO, names, 5),
		"CF_AIG_BASE_URL=" DEFAULT_ORIGIN "/v1/" ACCOUNT
		"/gw/custom-xiaomi/v1\n"
		"CF_AIG_TOKEN=!\nMIMO_API_KEY=!\nOPENAI_API_KEY=!\n"
		"CF_AIG_BASE_URL_MY_AI=" DEFAULT_ORIGIN "/v1/" ACCOUNT
		"/gw/openai\n"
		"MIMO_MODEL=mimo\nA=2\nZ=1\nDATABASE_URL=!\nZEBRA=!\n");
}

Test(variables, a_missing_secret_is_named_with_its_command)
{
	static const char *const names[] = { "CF_AIG_TOKEN", "OPENAI_API_KEY" };

	cr_assert_str_eq(collect(TWO, names, 2),
		"3 the secret MIMO_API_KEY is missing / `aigenv secret set "
		"MIMO_API_KEY`");
}

Test(variables, a_value_that_cannot_be_opened_stops_all)
{
	static const char *const names[] = { "CF_AIG_TOKEN", "OPENAI_API_KEY",
		"MIMO_API_KEY", "BROKEN" };

	cr_assert_str_eq(collect(TWO, names, 4), "4 tampered / ");
}

Test(variables, two_of_one_name_are_refused)
{
	static const char *const names[] = { "CF_AIG_TOKEN", "OPENAI_API_KEY",
		"CLASH" };
	static const char *const bad[] = {
		HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":\"m\"}],"
		     "\"vars\":{\"CLASH\":\"1\"}}",
		HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":\"m\"}],"
		     "\"vars\":{\"CF_AIG_TOKEN\":\"1\"}}",
		HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":\"m\","
		     "\"model_env\":\"OPENAI_API_KEY\"}]}",
	};

	static const char *const said[] = {
		"CLASH: vars.CLASH, secrets.CLASH",
		"CF_AIG_TOKEN: vars.CF_AIG_TOKEN, secrets.CF_AIG_TOKEN",
		("OPENAI_API_KEY: routes.openai.key_env, "
		 "routes.openai.model_env"),
	};

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		char wanted[200];

		(void)snprintf(wanted, sizeof(wanted),
			"3 two variables are named %s / give one of them "
			"another name",
			said[i]);
		cr_assert_str_eq(collect(bad[i], names, 3), wanted);
	}
}

Test(variables, a_stored_keys_old_variable_is_not_rendered)
{
	static const char *const names[] = { "CF_AIG_TOKEN", "OPENAI_API_KEY",
		"OTHER" };

	cr_assert_null(strstr(
		collect(HEAD "\"routes\":[{\"provider\":\"openai\",\"model\":"
			     "\"m\",\"credential\":\"stored\"}]}",
			names, 3),
		"OPENAI_API_KEY"));
	cr_assert(strstr(result, "OTHER=!"));
}

Test(variables, routes_may_share_one_key)
{
	static const char *const names[] = { "CF_AIG_TOKEN", "K" };

	cr_assert(
		strstr(collect(HEAD "\"routes\":[{\"name\":\"a\",\"provider\":"
				    "\"openai\",\"model\":\"m\",\"key_env\":"
				    "\"K\"},{\"name\":\"b\",\"provider\":"
				    "\"openai\",\"model\":\"n\",\"key_env\":"
				    "\"K\"}]}",
			       names, 2),
			"K=!\nCF_AIG_BASE_URL_B="));
}
