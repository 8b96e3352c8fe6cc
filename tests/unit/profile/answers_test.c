/* SPDX-License-Identifier: MIT */
#include "profile/profile.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

#define ACCOUNT "0123456789abcdef0123456789abcdef"

static json_t *parse(const char *text)
{
	static const struct json_limits limits = { .depth = 8 };
	struct error err = { 0 };
	json_t *json = text
		? json_parse(text, strlen(text), "answers", &limits, &err)
		: NULL;

	cr_assert(!text || json, "%s: %s", text, err.what);
	return json;
}

/* The settings made, compact; "missing:..." or "refused:WHERE" otherwise. */
static char result[4096];

static const char *settle(const char *answers, const char *present)
{
	JSON_SCOPED json_t *given = parse(answers);
	JSON_SCOPED json_t *before = parse(present);
	SCOPED(buf) struct buf missing = BUF(1000);
	struct error err = { 0 };
	JSON_SCOPED json_t *settings =
		profile_settings_from_answers(given, before, &missing, &err);

	if (!settings) {
		cr_assert_eq(err.status, STATUS_INVALID);
		(void)snprintf(result, sizeof(result), "refused:%s", err.where);
		return result;
	}
	if (missing.size > 0) {
		(void)snprintf(result, sizeof(result), "missing:%s",
			buf_cstring(&missing));
		return result;
	}
	char *text = json_dumps(settings, JSON_COMPACT);
	(void)snprintf(result, sizeof(result), "%s", text);
	free(text);
	return result;
}

Test(answers, become_settings_with_defaults_written_down)
{
	cr_assert_str_eq(
		settle("{\"profile\":\"production\",\"secrets\":{\"CF_AIG_"
		       "TOKEN\":"
		       "\"x\"},\"vars\":{\"B\":\"1\"},\"routes\":[{\"model\":"
		       "\"mimo-v2\",\"provider\":\"custom-xiaomi\"}],"
		       "\"gateway\":\"gw\",\"account_id\":\"" ACCOUNT "\"}",
			NULL),
		"{\"account_id\":\"" ACCOUNT
		"\",\"gateway\":\"gw\",\"routes\":[{"
		"\"name\":\"xiaomi\",\"provider\":\"custom-xiaomi\",\"path\":"
		"\"/v1\",\"model\":\"mimo-v2\",\"key_env\":\"MIMO_API_KEY\"}],"
		"\"vars\":{\"B\":\"1\"}}");
}

Test(answers, all_that_is_missing_is_told_at_once)
{
	cr_assert_str_eq(settle("{}", NULL),
		"missing:account_id\ngateway\nroutes[0].provider\n"
		"routes[0].model");
	cr_assert_str_eq(settle("{\"routes\":[{\"provider\":\"openai\"}],"
				"\"pm2\":{},\"gateway\":\"g\"}",
				 NULL),
		"missing:account_id\nroutes[0].model\npm2.app");
	cr_assert_str_eq(settle("{\"routes\":[{\"provider\":\"azure-openai\","
				"\"model\":\"m\"}],\"gateway\":\"g\","
				"\"account_id\":\"" ACCOUNT "\"}",
				 NULL),
		"missing:routes[0].path");
}

Test(answers, invalid_ones_are_told_even_where_others_are_missing)
{
	cr_assert_str_eq(settle("{\"account_id\":\"0123\"}", NULL),
		"refused:account_id");
	cr_assert_str_eq(settle("{\"gatewy\":\"x\"}", NULL), "refused:gatewy");
	cr_assert_str_eq(
		settle("{\"routes\":[{\"path\":\"/v1/chat/completions\""
		       "}]}",
			NULL),
		"refused:routes[0].path");
	cr_assert_str_eq(settle("{\"routes\":[1]}", NULL), "refused:routes[0]");
	cr_assert_str_eq(settle("{\"routes\":3}", NULL), "refused:routes");
	cr_assert_str_eq(settle("{\"vars\":[]}", NULL), "refused:vars");
	cr_assert_str_eq(
		settle("{\"profile\":\"No Name\"}", NULL), "refused:profile");
	cr_assert_str_eq(settle("[]", NULL), "refused:");
}

#define TODAY                                                                  \
	"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\",\"routes\":[{"     \
	"\"name\":\"mimo\",\"provider\":\"custom-xiaomi\",\"path\":\"/v1\","   \
	"\"model\":\"mimo-v2\",\"key_env\":\"KEY\"}],\"pm2\":{\"app\":"        \
	"\"api\"},\"vars\":{\"A\":\"1\",\"B\":\"2\"},\"x-note\":\"n\"}"

Test(answers, given_again_they_edit)
{
	cr_assert_str_eq(settle("{}", TODAY), TODAY);
	cr_assert_str_eq(settle("{\"vars\":{\"B\":\"3\"},\"gateway\":\"other\","
				"\"pm2\":{\"instances\":2}}",
				 TODAY),
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"other\","
		"\"routes\":[{\"name\":\"mimo\",\"provider\":\"custom-xiaomi\","
		"\"path\":\"/v1\",\"model\":\"mimo-v2\",\"key_env\":\"KEY\"}],"
		"\"pm2\":{\"app\":\"api\",\"instances\":2},\"vars\":{\"A\":"
		"\"1\",\"B\":\"3\"},\"x-note\":\"n\"}");
}

Test(answers, a_list_replaces_the_whole_list)
{
	const char *made = settle(
		"{\"routes\":[{\"provider\":\"openai\",\"model\":\"m\"}]}",
		TODAY);

	cr_assert(strstr(made, "OPENAI_API_KEY"), "%s", made);
	cr_assert_null(strstr(made, "xiaomi"), "%s", made);
}

Test(answers, a_model_alone_changes_todays_route)
{
	const char *made =
		settle("{\"routes\":[{\"model\":\"mimo-v3\"}]}", TODAY);

	cr_assert(strstr(made,
			  "\"path\":\"/v1\",\"model\":\"mimo-v3\","
			  "\"key_env\":\"KEY\""),
		"%s", made);
}

Test(answers, a_bare_custom_domain_is_https)
{
	const char *made =
		settle("{\"custom_domain\":\"ai.example.com\"}", TODAY);

	cr_assert(strstr(made, "\"https://ai.example.com\""), "%s", made);
}
