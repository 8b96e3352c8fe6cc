/* SPDX-License-Identifier: MIT */
#include "settings/checks.h"

#include "base/text.h"
#include "profile/profile.h"

#include <criterion/criterion.h>
#include <string.h>

#define ACCOUNT "0123456789abcdef0123456789abcdef"

typedef bool check(const char *text, struct error *err);

static void passes(check *run, const char *const *texts)
{
	struct error err = { 0 };

	for (; *texts; texts++)
		cr_assert(run(*texts, &err), "%s: %s", *texts, err.what);
}

/* Refused with a reason and a way on: a message without one is a dead end. */
static void refuses(check *run, const char *const *texts)
{
	for (; *texts; texts++) {
		struct error err = { 0 };
		cr_assert_not(run(*texts, &err), "%s", *texts);
		cr_assert_eq(err.status, STATUS_INVALID);
		cr_assert(*err.what && *err.next, "%s: %s", *texts, err.what);
	}
}

#define TEXTS(...)                                                             \
	(const char *const[])                                                  \
	{                                                                      \
		__VA_ARGS__, NULL                                              \
	}

Test(checks, account_is_32_lower_case_hex_digits)
{
	passes(setting_check_account, TEXTS(ACCOUNT));
	refuses(setting_check_account,
		TEXTS("", "0123", ACCOUNT "0",
			"0123456789ABCDEF0123456789abcdef",
			"g123456789abcdef0123456789abcdef", "<ACCOUNT>",
			"ACCOUNT_ID", " " ACCOUNT, ACCOUNT "\n"));
}

Test(checks, gateway_has_cloudflares_pattern)
{
	passes(setting_check_gateway,
		TEXTS("default", "my-gateway", "a", "a_b-c1", "_", "x1"));
	refuses(setting_check_gateway,
		TEXTS("", "My-gateway", "a--b", "-a", "a-", "a b", "a/b", "a.b",
			"<gateway>", "YOUR_GATEWAY",
			"0123456789abcdef0123456789abcdef",
			"0123456789ABCDEF0123456789ABCDEF",
			"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
			"aa"
			"aaaaaaaaa"));
}

Test(checks, origin_is_scheme_and_host_alone)
{
	passes(setting_check_origin,
		TEXTS(DEFAULT_ORIGIN, "http://localhost:8787", "http://[::1]:1",
			"https://gateway.example.com"));
	refuses(setting_check_origin,
		TEXTS("", "gateway.ai.cloudflare.com",
			"http://gateway.ai.cloudflare.com", DEFAULT_ORIGIN "/",
			DEFAULT_ORIGIN "/v1",
			"https://u:p@gateway.ai.cloudflare.com",
			DEFAULT_ORIGIN "?a=b", DEFAULT_ORIGIN "#a",
			"wss://gateway.ai.cloudflare.com", "ftp://localhost",
			"https://api.cloudflare.com",
			"https://dash.cloudflare.com"));
}

Test(checks, custom_domain_is_the_teams_own)
{
	passes(setting_check_custom_domain, TEXTS("https://ai.example.com"));
	refuses(setting_check_custom_domain,
		TEXTS(DEFAULT_ORIGIN, "ai.example.com",
			"https://ai.example.com/v1", "http://ai.example.com"));
}

Test(checks, provider_is_one_segment_with_custom_once)
{
	passes(setting_check_provider,
		TEXTS("openai", "custom-xiaomi", "compat", "custom-My-Slug2",
			"perplexity-ai"));
	refuses(setting_check_provider,
		TEXTS("", "custom xiaomi", "custom-custom-xiaomi", "custom-",
			"a/b", "a%20b", "a.b", "https://openai.com", "-a", "a-",
			"<provider>", "\xe5\xb0\x8f"));
}

Test(checks, path_begins_with_a_slash_and_ends_without)
{
	passes(setting_check_path,
		TEXTS("", "/v1", "/api/paas/v4", "/v1/openai", "/res/dep-1",
			"/v1.5", "/..a", "/@cf/x"));
	refuses(setting_check_path,
		TEXTS("v1", "/", "/v1/", "/v1//x", "/../x", "/v1/..", "/./x",
			"/v1?x", "/v1#x", "/v1%2f", "/v1/chat/completions",
			"/chat/completions/x", "/v1/messages", "/v1/responses",
			"/v1\n", "/v 1", "/v1\\", "/{resource}/x",
			"/\xc3\xa9"));
}

Test(checks, a_path_with_the_endpoint_says_that_the_sdk_adds_it)
{
	struct error err = { 0 };

	cr_assert_not(setting_check_path("/v1/chat/completions", &err));
	cr_assert(strstr(err.what, "/chat/completions"));
	cr_assert(strstr(err.next, "write the path /v1: the SDK adds"), "%s",
		err.next);
}

Test(checks, model_is_one_line_of_any_letters)
{
	passes(setting_check_model,
		TEXTS("mimo-v2.5", "openai/gpt-5-mini", "@cf/meta/llama",
			"ep-2024:1", "gpt oss"));
	refuses(setting_check_model,
		TEXTS("", " a", "a\n", "a\x1b[0m", "<model>", "YOUR_MODEL"));
}

Test(checks, names_keep_to_what_a_shell_and_a_file_can_carry)
{
	passes(setting_check_app,
		TEXTS("api", "api.v2", "A_b-1", "@acme/api", "api:prod",
			"\xe5\xb0\x8f\xe7\xb1\xb3", "$(x)", "a;b"));
	refuses(setting_check_app,
		TEXTS("", "a b", "a,b", "-x", "all", "7", "it's", "a\"b", "`x`",
			"a\tb", "a\x7f", "a\xff"));
	passes(setting_check_name,
		TEXTS("production", "alice-dev", "1a", "a.b_c"));
	refuses(setting_check_name,
		TEXTS("", "Prod", "-a", ".a", "a b", "a/b"));
	passes(setting_check_variable, TEXTS("A", "_x", "MIMO_API_KEY"));
	refuses(setting_check_variable, TEXTS("", "1A", "A-B", "A B", "A=B"));
	passes(setting_check_direct_url,
		TEXTS("https://api.openai.com/v1", "http://localhost:1/v1",
			"https://api.anthropic.com"));
	refuses(setting_check_direct_url,
		TEXTS("", "http://api.openai.com/v1", "https://a.com/v1/",
			"https://a.com/v1/chat/completions",
			"https://a.com?k=1", "https://u:p@a.com",
			"https://{region}.a.com", "https://a.com/{x}"));
}

Test(checks, a_known_provider_is_recognised_and_a_slip_answered)
{
	struct error err = { 0 };

	cr_assert(profile_check_known_provider("openai", &err));
	cr_assert(profile_check_known_provider("custom-acme", &err));
	cr_assert(profile_check_known_provider("newprovider", &err));
	cr_assert_not(profile_check_known_provider("xiaomi", &err));
	cr_assert(strstr(err.next, "custom-xiaomi"), "%s", err.next);
	cr_assert_not(profile_check_known_provider("opanai", &err));
	cr_assert(strstr(err.next, "openai"), "%s", err.next);
	cr_assert_not(profile_check_known_provider("anthropci", &err));
	cr_assert_not(profile_check_known_provider("OpenAI", &err));
	/* Longer than a known one: what is behind that is not looked at. */
	cr_assert(profile_check_known_provider("anthropicxx", &err));
	cr_assert_not(profile_check_known_provider("deepseeek", &err));
}
