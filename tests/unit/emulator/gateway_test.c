/* SPDX-License-Identifier: MIT */
#include "emulator/emulator.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define GATEWAY "/v1/" DEMO_ACCOUNT "/" DEMO_GATEWAY "/"
#define XIAOMI GATEWAY "custom-xiaomi/v1/chat/completions"
#define TOKEN "cf-aig-authorization", "Bearer " DEMO_TOKEN
#define KEY "authorization", "Bearer sk-demoXiaomiKey0123456789"
#define AGENT "user-agent", "test"
#define PING                                                                   \
	"{\"model\":\"mimo-v2.5\",\"messages\":[{\"role\":\"user\","           \
	"\"content\":\"ping\"}],\"max_tokens\":16,\"thinking\":"               \
	"{\"type\":\"disabled\"}}"

static struct emulator emulator;
static struct answer answer;

static void setup(void)
{
	emulator_init(&emulator);
	settings_finish(&emulator.settings);
	answer_init(&answer);
}

static void teardown(void)
{
	answer_release(&answer);
	emulator_release(&emulator);
}

TestSuite(gateway, .init = setup, .fini = teardown);

/* Sends a request with up to three headers; names and values in turn. */
static void call(const char *method, const char *path, const char *body,
	const char *const *headers)
{
	struct request request = {
		.method = method,
		.path = path,
		.body = body,
		.body_size = strlen(body),
	};

	for (; headers && *headers; headers += 2)
		request.headers[request.header_count++] =
			(struct request_header){ headers[0], headers[1] };
	answer_release(&answer);
	answer_init(&answer);
	emulator_answer(&emulator, &request, &answer);
}

#define HEADERS(...)                                                           \
	(const char *const[])                                                  \
	{                                                                      \
		__VA_ARGS__, NULL                                              \
	}

static bool says(const char *text)
{
	return strstr(buf_cstring(&answer.body), text);
}

static void set(const char *json)
{
	struct error err;

	cr_assert(settings_from_json(
			  &emulator.settings, json, strlen(json), "test", &err),
		"%s", err.what);
}

static void expect(unsigned status, const char *text)
{
	cr_assert_eq(answer.status, status, "%u %s", answer.status,
		buf_cstring(&answer.body));
	cr_assert(says(text), "%s", buf_cstring(&answer.body));
}

Test(gateway, answers_with_both_keys)
{
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	expect(200, "\"content\":\"pong\"");
	cr_assert(answer_find(&answer, "cf-ray"));
	cr_assert_str_eq(answer_find(&answer, "cf-aig-step"), "0");
	cr_assert_eq(strlen(answer_find(&answer, "cf-aig-log-id")), 26);
}

Test(gateway, knows_no_other_account_or_gateway)
{
	call("POST", "/v1/" DEMO_ACCOUNT "/other/custom-xiaomi/v1/models", "",
		HEADERS(AGENT, TOKEN, KEY));
	expect(400, "\"internalCode\":2001");
	cr_assert_null(answer_find(&answer, "cf-aig-log-id"));
	call("POST", "/v1/0123/my-gateway/custom-xiaomi/v1/models", "",
		HEADERS(AGENT, TOKEN, KEY));
	expect(400, "Please configure AI Gateway");
	call("GET", "/v1/", "", HEADERS(AGENT));
	expect(400, "2001");
}

Test(gateway, is_asked_for_before_the_token_and_the_token_before_the_provider)
{
	call("POST", "/v1/" DEMO_ACCOUNT "/other/nobody/x", "", HEADERS(AGENT));
	expect(400, "2001");
	call("POST", GATEWAY "nobody/x", "", HEADERS(AGENT));
	expect(401, "2009");
	call("POST", GATEWAY "nobody/x", "", HEADERS(AGENT, TOKEN));
	expect(400, "2008");
	cr_assert(answer_find(&answer, "cf-aig-log-id"));
}

Test(gateway, named_default_is_made_by_its_first_authenticated_request)
{
	static const char path[] =
		"/v1/" DEMO_ACCOUNT "/default/custom-xiaomi/v1/models";

	call("GET", path, "", HEADERS(AGENT, KEY));
	expect(400, "2001");
	call("GET", path, "", HEADERS(AGENT, TOKEN, KEY));
	expect(200, "mimo-v2.5");
	call("GET", path, "", HEADERS(AGENT, KEY));
	expect(401, "2009");
}

Test(gateway, refuses_missing_and_wrong_tokens_alike)
{
	char *body;

	call("POST", XIAOMI, PING, HEADERS(AGENT, KEY));
	expect(401,
		"{\"success\":false,\"result\":[],\"messages\":[],\"error\":"
		"[{\"code\":2009,\"message\":\"Unauthorized\"}],\"name\":"
		"\"AiGatewayError\",\"httpCode\":401,\"internalCode\":2009}");
	body = memory_text(buf_cstring(&answer.body));
	call("POST", XIAOMI, PING,
		HEADERS(AGENT, KEY, "cf-aig-authorization", "Bearer other"));
	cr_assert_str_eq(buf_cstring(&answer.body), body);
	free(body);
}

Test(gateway, lets_everybody_in_when_it_is_open)
{
	set("{\"authentication\":false}");
	call("POST", XIAOMI, PING, HEADERS(AGENT, KEY));
	expect(200, "pong");
	call("POST", XIAOMI, PING,
		HEADERS(AGENT, KEY, "cf-aig-authorization", "Bearer other"));
	expect(200, "pong");
}

Test(gateway, passes_the_providers_own_refusals_on)
{
	call("POST", XIAOMI, PING,
		HEADERS(AGENT, TOKEN, "authorization", "Bearer sk-wrong"));
	expect(401, "\"type\":\"invalid_key\"");
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN));
	expect(401, "Please provide valid API Key");
	call("POST", XIAOMI, "{\"model\":\"gpt-5\",\"messages\":[{}]}",
		HEADERS(AGENT, TOKEN, KEY));
	expect(400, "\"param\":\"Not supported model gpt-5\"");
	call("POST", XIAOMI, "{", HEADERS(AGENT, TOKEN, KEY));
	expect(400, "Param Incorrect");
}

Test(gateway, joins_base_url_and_path_plainly)
{
	call("POST", GATEWAY "custom-xiaomi/chat/completions", PING,
		HEADERS(AGENT, TOKEN, KEY));
	expect(404, "/chat/completions");
	call("POST", GATEWAY "custom-xiaomi/v1/v1/chat/completions", PING,
		HEADERS(AGENT, TOKEN, KEY));
	expect(404, "/v1/v1/chat/completions");
	set("{\"providers\":{\"custom-xiaomi\":{\"base_path\":\"/v1\"}}}");
	call("POST", GATEWAY "custom-xiaomi/chat/completions", PING,
		HEADERS(AGENT, TOKEN, KEY));
	expect(200, "pong");
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	expect(404, "/v1/v1/chat/completions");
	set("{\"strip_version\":true}");
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	expect(200, "pong");
}

Test(gateway, uses_a_stored_key_only_where_no_key_is_sent)
{
	set("{\"providers\":{\"custom-xiaomi\":{\"stored\":{\"default\":"
	    "\"kept-at-cloudflare\",\"other\":\"second\"}}}}");
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN));
	expect(200, "pong");
	call("POST", XIAOMI, PING,
		HEADERS(AGENT, TOKEN, "cf-aig-byok-alias", "nope"));
	expect(400,
		"has no BYOK credential named 'nope'. Configured aliases: "
		"'default', 'other'");
	call("POST", XIAOMI, PING,
		HEADERS(AGENT, TOKEN, "authorization", "Bearer unused"));
	expect(401, "Invalid API Key");
	call("POST", XIAOMI, PING,
		HEADERS(AGENT, "authorization", "Bearer " DEMO_TOKEN));
	expect(200, "pong");
}

Test(gateway, says_2021_where_nothing_is_stored_and_nobody_may_pay)
{
	call("POST", XIAOMI, "{}",
		HEADERS(AGENT, TOKEN, "cf-aig-no-wholesale", "true"));
	expect(400, "\"code\":2021");
	call("POST", XIAOMI, "{}",
		HEADERS(AGENT, "authorization", "Bearer " DEMO_TOKEN));
	expect(400, "\"code\":2021");
	call("POST", GATEWAY "openai/chat/completions", "{}",
		HEADERS(AGENT, TOKEN));
	expect(402, "Insufficient wholesale credits");
}

Test(gateway, refuses_clients_without_a_name)
{
	call("POST", XIAOMI, PING, HEADERS(TOKEN, KEY));
	expect(403, "error code: 1010");
	cr_assert_eq(answer.body.size, strlen("error code: 1010"));
}

Test(gateway, answers_a_repeated_request_from_its_cache)
{
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	cr_assert_str_eq(answer_find(&answer, "cf-aig-cache-status"), "MISS");
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	cr_assert_str_eq(answer_find(&answer, "cf-aig-cache-status"), "HIT");
	call("POST", XIAOMI, PING,
		HEADERS(AGENT, TOKEN, KEY, "cf-aig-skip-cache", "true"));
	cr_assert_str_eq(answer_find(&answer, "cf-aig-cache-status"), "MISS");
	call("POST", XIAOMI, PING,
		HEADERS(AGENT, TOKEN, "authorization", "Bearer sk-wrong"));
	cr_assert_eq(answer.status, 401);
}

Test(gateway, takes_the_provider_from_compats_model)
{
	static const char path[] = GATEWAY "compat/chat/completions";
	static const char openai[] = "Bearer sk-proj-demoOpenAiKey0123456789";

	call("POST", path,
		"{\"model\":\"openai/gpt-4o-mini\",\"messages\":[{\"content\":"
		"\"ping\"}]}",
		HEADERS(AGENT, TOKEN, "authorization", openai));
	expect(200, "pong");
	call("POST", path, "{\"model\":\"gpt-4o-mini\",\"messages\":[{}]}",
		HEADERS(AGENT, TOKEN, "authorization", openai));
	expect(400, "2019");
	call("POST", path, "{\"model\":\"nobody/gpt\",\"messages\":[{}]}",
		HEADERS(AGENT, TOKEN, "authorization", openai));
	expect(400, "2008");
	call("POST", path, PING, HEADERS(AGENT, TOKEN, KEY));
	expect(400, "2019");
	set("{\"compat_custom_path\":\"v1/chat/completions\"}");
	call("POST", path,
		"{\"model\":\"custom-xiaomi/mimo-v2.5\",\"messages\":[{"
		"\"content\":\"hi\"}]}",
		HEADERS(AGENT, TOKEN, KEY));
	expect(200, "mimo-v2.5 heard: hi");
}

Test(gateway, streams_events_up_to_done)
{
	const char *body;

	call("POST", XIAOMI,
		"{\"model\":\"mimo-v2.5\",\"stream\":true,\"messages\":[{"
		"\"content\":\"one two\"}]}",
		HEADERS(AGENT, TOKEN, KEY));
	expect(200, "chat.completion.chunk");
	body = buf_cstring(&answer.body);
	cr_assert(text_ends_with(body, "data: [DONE]\n\n"));
	cr_assert_eq(answer.delivery, DELIVER_EVENTS);
	cr_assert_str_eq(
		answer_find(&answer, "content-type"), "text/event-stream");
}

Test(gateway, plays_openais_newer_models)
{
	static const char path[] = GATEWAY "openai/v1/chat/completions";
	static const char key[] = "Bearer sk-proj-demoOpenAiKey0123456789";

	call("POST", path,
		"{\"model\":\"gpt-5-mini\",\"max_tokens\":16,\"messages\":[{"
		"\"content\":\"ping\"}]}",
		HEADERS(AGENT, TOKEN, "authorization", key));
	expect(400, "\"code\":\"unsupported_parameter\"");
	call("POST", path,
		"{\"model\":\"gpt-5-mini\",\"max_completion_tokens\":16,"
		"\"messages\":[{\"content\":\"ping\"}]}",
		HEADERS(AGENT, TOKEN, "authorization", key));
	expect(200, "\"content\":\"\"");
	cr_assert(says("\"finish_reason\":\"length\""));
}

Test(gateway, plays_anthropic_and_google)
{
	call("POST", GATEWAY "anthropic/v1/messages",
		"{\"model\":\"claude-haiku-4-5\",\"max_tokens\":16,"
		"\"messages\":[{\"content\":\"ping\"}]}",
		HEADERS(AGENT, TOKEN, "x-api-key",
			"sk-ant-demoAnthropicKey0123456789",
			"anthropic-version", "2023-06-01"));
	expect(200, "\"text\":\"pong\"");
	call("POST", GATEWAY "anthropic/v1/messages", "{}",
		HEADERS(AGENT, TOKEN, KEY));
	expect(401, "x-api-key header is required");
	call("POST",
		GATEWAY "google-ai-studio/v1beta/models/"
			"gemini-2.5-flash:generateContent",
		"{\"contents\":[{\"parts\":[{\"text\":\"ping\"}]}]}",
		HEADERS(AGENT, TOKEN, "x-goog-api-key",
			"AIzaDemoGoogleKey0123456789"));
	expect(200, "\"text\":\"pong\"");
	call("POST",
		GATEWAY "google-ai-studio/v1beta/models/"
			"gemini-2.5-flash:generateContent",
		"{}", HEADERS(AGENT, TOKEN, "x-goog-api-key", "AIzaWrong"));
	expect(400, "API_KEY_INVALID");
}

Test(gateway, faults_strike_as_often_as_they_were_asked_to)
{
	set("{\"faults\":[\"2009-under-load\",\"quota:1\"]}");
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	expect(401, "2009");
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	expect(402, "Insufficient account balance");
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	expect(200, "pong");
}

Test(gateway, limits_its_rate)
{
	set("{\"rate_limit\":1}");
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	expect(200, "pong");
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	expect(429, "\"description\":\"Rate limited\"");
	cr_assert_null(answer_find(&answer, "retry-after"));
}

Test(gateway, control_endpoint_changes_keys_and_shows_requests)
{
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	expect(200, "pong");
	call("PUT", "/emulator/settings",
		"{\"providers\":{\"custom-xiaomi\":{\"keys\":[\"new\"]}}}",
		NULL);
	expect(200, "true");
	call("POST", XIAOMI, PING, HEADERS(AGENT, TOKEN, KEY));
	expect(401, "Invalid API Key");
	call("PUT", "/emulator/settings", "{\"token\":[]}", NULL);
	expect(400, "false");
	call("GET", "/emulator/requests", "", NULL);
	expect(200, XIAOMI);
	call("DELETE", "/emulator/requests", "", NULL);
	call("GET", "/emulator/requests", "", NULL);
	cr_assert_str_eq(buf_cstring(&answer.body), "[]");
}

Test(gateway, plays_the_provider_alone_too)
{
	static const char path[] = "/direct/custom-xiaomi/v1/chat/completions";

	call("POST", path, PING, HEADERS(KEY));
	expect(200, "pong");
	cr_assert_null(answer_find(&answer, "cf-ray"));
	call("POST", path, PING, HEADERS("authorization", "Bearer wrong"));
	expect(401, "Invalid API Key");
	call("POST", "/direct/custom-xiaomi/chat/completions", PING,
		HEADERS(KEY));
	expect(404, "Not Found");
}

Test(gateway, survives_bytes_that_are_no_text)
{
	call("POST", GATEWAY "custom-xiaomi/v1/\xff\xfe{path}", "\xff\x00",
		HEADERS(AGENT, TOKEN, "authorization", "Bearer \xff\"\\"));
	expect(404, "\\u00ff\\u00fe{path}");
	call("GET", GATEWAY "custom-xiaomi/v1/models/\xff", "",
		HEADERS(AGENT, TOKEN, KEY));
	expect(400, "Not supported model \\u00ff");
	call("POST", "", "", HEADERS(AGENT));
	cr_assert_eq(answer.status, 404);
}
