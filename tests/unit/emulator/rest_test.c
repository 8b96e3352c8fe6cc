/* SPDX-License-Identifier: MIT */
#include "emulator/emulator.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ACCOUNT "/client/v4/accounts/" DEMO_ACCOUNT
#define CALLER "Bearer " DEMO_API_TOKEN
/* What create and change of a gateway ask for. */
#define REQUIRED                                                               \
	"\"cache_invalidate_on_update\":true,\"cache_ttl\":0,"                 \
	"\"collect_logs\":true,\"rate_limiting_interval\":0,"                  \
	"\"rate_limiting_limit\":0"

static struct emulator emulator;
static struct answer answer;
static json_t *document;

static void setup(void)
{
	emulator_init(&emulator);
	settings_finish(&emulator.settings);
	answer_init(&answer);
}

static void teardown(void)
{
	json_decref(document);
	document = NULL;
	answer_release(&answer);
	emulator_release(&emulator);
}

TestSuite(rest, .init = setup, .fini = teardown);

static void call(const char *method, const char *path, const char *body,
	const char *authorization)
{
	struct request request = {
		.method = method,
		.path = path,
		.headers = { { "authorization", authorization } },
		.header_count = authorization ? 1 : 0,
		.body = body,
		.body_size = strlen(body),
	};

	answer_release(&answer);
	answer_init(&answer);
	emulator_answer(&emulator, &request, &answer);
	json_decref(document);
	document = json_loadb(
		answer.body.data, answer.body.size, JSON_DECODE_ANY, NULL);
}

static const char *result(const char *member)
{
	const char *text =
		json_text(json_object_get(document, "result"), member);

	return text ? text : "";
}

static bool says(const char *text)
{
	return strstr(buf_cstring(&answer.body), text);
}

/* What the gateway says to a token. */
static unsigned gateway_says(const char *token)
{
	char *bearer = memory_printf("Bearer %s", token);
	struct request request = {
		.method = "GET",
		.path = "/v1/" DEMO_ACCOUNT "/" DEMO_GATEWAY "/openai/models",
		.headers = { { "user-agent", "test" },
			{ "cf-aig-authorization", bearer },
			{ "authorization",
				"Bearer sk-proj-demoOpenAiKey0123456789" } },
		.header_count = 3,
		.body = "",
	};

	answer_release(&answer);
	answer_init(&answer);
	emulator_answer(&emulator, &request, &answer);
	free(bearer);
	return answer.status;
}

Test(rest, asks_who_is_calling)
{
	call("GET", ACCOUNT "/ai-gateway/gateways", "", NULL);
	cr_assert_eq(answer.status, 400);
	cr_assert(says("9106"));
	call("GET", ACCOUNT "/ai-gateway/gateways", "", "Bearer short");
	cr_assert(says("6111"));
	call("GET", ACCOUNT "/ai-gateway/gateways", "", "Bearer " DEMO_TOKEN);
	cr_assert_eq(answer.status, 403);
	cr_assert(says("\"errors\":[{\"code\":10000"));
	call("GET", "/client/v4/accounts/nope/ai-gateway/gateways", "", CALLER);
	cr_assert(says("7003"));
	call("GET", "/client/v4/zones", "", CALLER);
	cr_assert(says("7000"));
}

Test(rest, verifies_each_kind_of_token_where_it_belongs)
{
	call("GET", "/client/v4/user/tokens/verify", "", "Bearer " DEMO_TOKEN);
	cr_assert_eq(answer.status, 200);
	cr_assert_str_eq(result("status"), "active");
	call("GET", ACCOUNT "/tokens/verify", "", "Bearer " DEMO_TOKEN);
	cr_assert_eq(answer.status, 401);
	cr_assert(says("1000"));
	call("GET", "/client/v4/user/tokens/verify", "",
		"Bearer cfut_nobodyKnowsThisTokenAtAll0123456789");
	cr_assert_eq(answer.status, 401);
}

Test(rest, lists_accounts_gateways_and_providers)
{
	call("GET", "/client/v4/accounts", "", CALLER);
	cr_assert(says(DEMO_ACCOUNT));
	cr_assert(says("\"total_count\":1"));
	call("GET", ACCOUNT "/ai-gateway/gateways", "", CALLER);
	cr_assert(says("\"id\":\"" DEMO_GATEWAY "\""));
	call("GET", ACCOUNT "/ai-gateway/custom-providers", "", CALLER);
	cr_assert(says("\"slug\":\"xiaomi\""));
	call("GET", ACCOUNT "/ai-gateway/gateways/other", "", CALLER);
	cr_assert_eq(answer.status, 404);
}

Test(rest, made_gateways_and_providers_exist_at_once)
{
	call("POST", ACCOUNT "/ai-gateway/gateways",
		"{\"id\":\"second\"," REQUIRED "}", CALLER);
	cr_assert_eq(answer.status, 200);
	cr_assert(json_lists(emulator.settings.gateways, "second"));
	call("POST", ACCOUNT "/ai-gateway/gateways",
		"{\"id\":\"second\"," REQUIRED "}", CALLER);
	cr_assert_eq(answer.status, 409);
	call("POST", ACCOUNT "/ai-gateway/custom-providers",
		"{\"name\":\"Mine\",\"slug\":\"mine\",\"base_url\":"
		"\"https://api.mine.example/v1\",\"enable\":true}",
		CALLER);
	cr_assert_str_eq(result("base_url"), "https://api.mine.example/v1");
	cr_assert_str_eq(
		settings_find(&emulator.settings, "custom-mine", 11)->base_path,
		"/v1");
	call("POST", ACCOUNT "/ai-gateway/custom-providers",
		"{\"name\":\"X\",\"slug\":\"x\",\"base_url\":\"http://x\"}",
		CALLER);
	cr_assert(says("1002"));
	call("POST", ACCOUNT "/ai-gateway/custom-providers", "{}", CALLER);
	cr_assert(says("7001"));
}

Test(rest, a_tokens_life_is_felt_at_the_gateway)
{
	static const char body[] =
		"{\"name\":\"new\",\"policies\":[{\"effect\":\"allow\","
		"\"resources\":{\"com.cloudflare.api.account." DEMO_ACCOUNT
		"\":\"*\"},\"permission_groups\":[{\"id\":"
		"\"644535f4ed854494a59cb289d634b257\"}]}]}";
	char path[256];
	char roll[300];
	char *value;

	call("POST", ACCOUNT "/tokens", body, CALLER);
	cr_assert_eq(answer.status, 200);
	value = memory_text(result("value"));
	snprintf(path, sizeof(path), ACCOUNT "/tokens/%s", result("id"));
	snprintf(roll, sizeof(roll), "%s/value", path);
	cr_assert_eq(gateway_says(value), 200);
	call("GET", path, "", CALLER);
	cr_assert_str_eq(result("name"), "new");
	cr_assert_str_eq(result("value"), "", "the value is shown again");

	call("PUT", roll, "{}", CALLER);
	cr_assert_eq(gateway_says(value), 401);
	free(value);
	call("PUT", roll, "{}", CALLER);
	value = memory_text(json_text(document, "result"));
	cr_assert_eq(gateway_says(value), 200);
	call("PUT", path, "{\"name\":\"new\",\"status\":\"disabled\"}", CALLER);
	cr_assert_eq(gateway_says(value), 401);
	call("PUT", path, "{\"name\":\"new\",\"status\":\"active\"}", CALLER);
	cr_assert_eq(gateway_says(value), 200);
	call("DELETE", path, "", CALLER);
	cr_assert_eq(gateway_says(value), 401);
	call("GET", path, "", CALLER);
	cr_assert_eq(answer.status, 404);
	free(value);
}

Test(rest, stored_keys_show_their_end_alone)
{
	call("POST",
		ACCOUNT "/ai-gateway/gateways/" DEMO_GATEWAY
			"/provider_configs",
		"{\"provider_slug\":\"openai\",\"alias\":\"default\","
		"\"secret\":\"sk-proj-keptAtCloudflare\"}",
		CALLER);
	cr_assert_eq(answer.status, 200);
	call("GET",
		ACCOUNT "/ai-gateway/gateways/" DEMO_GATEWAY
			"/provider_configs",
		"", CALLER);
	cr_assert(says("****lare"));
	cr_assert_not(says("keptAt"));
}
