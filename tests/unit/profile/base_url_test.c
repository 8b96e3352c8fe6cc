/* SPDX-License-Identifier: MIT */
#include "profile/base_url.h"

#include "settings/checks.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define ACCOUNT "0123456789abcdef0123456789abcdef"

static struct base_url_parts good(void)
{
	return (struct base_url_parts){
		.account_id = ACCOUNT,
		.gateway = "my-gateway",
		.provider = "custom-xiaomi",
		.path = "/v1",
	};
}

static void expect(const struct base_url_parts *parts, const char *url)
{
	struct error err = { 0 };
	char *built = base_url_build(parts, &err);

	cr_assert(built, "%s", err.what);
	cr_assert_str_eq(built, url);
	free(built);
}

static void refused(const struct base_url_parts *parts, const char *word)
{
	struct error err = { 0 };

	cr_assert_null(base_url_build(parts, &err));
	cr_assert_eq(err.status, STATUS_INVALID);
	cr_assert(strstr(err.what, word), "%s", err.what);
}

Test(base_url, custom_provider_ends_in_its_version)
{
	struct base_url_parts parts = good();

	expect(&parts,
		"https://gateway.ai.cloudflare.com/v1/" ACCOUNT
		"/my-gateway/custom-xiaomi/v1");
}

Test(base_url, builtin_provider_needs_no_path)
{
	struct base_url_parts parts = good();

	parts.provider = "openai";
	parts.path = "";
	expect(&parts,
		"https://gateway.ai.cloudflare.com/v1/" ACCOUNT
		"/my-gateway/openai");
}

Test(base_url, origin_may_be_an_emulator)
{
	struct base_url_parts parts = good();

	parts.origin = "http://127.0.0.1:8787";
	expect(&parts,
		"http://127.0.0.1:8787/v1/" ACCOUNT
		"/my-gateway/custom-xiaomi/v1");
}

Test(base_url, custom_domain_has_no_version_account_or_gateway)
{
	struct base_url_parts parts = good();

	parts.custom_domain = "https://ai.example.com";
	expect(&parts, "https://ai.example.com/custom-xiaomi/v1");
}

Test(base_url, each_part_is_checked_before_it_is_joined)
{
	struct base_url_parts parts = good();

	parts.account_id = "0123";
	refused(&parts, "4 characters, not 32");
	parts = good();
	parts.gateway = "My Gateway";
	refused(&parts, "blank");
	parts = good();
	parts.provider = "custom-xiaomi/v1";
	refused(&parts, "has a /");
	parts = good();
	parts.path = "/v1/chat/completions";
	refused(&parts, "/chat/completions");
	parts = good();
	parts.origin = "http://example.com";
	refused(&parts, "clear");
	parts = good();
	parts.custom_domain = "https://ai.example.com/v1";
	refused(&parts, "path");
}

Test(base_url, endpoint_is_found_where_an_sdk_would_double_it)
{
	cr_assert_str_eq(setting_check_find_endpoint("/v1/chat/completions"),
		"/chat/completions");
	cr_assert_str_eq(
		setting_check_find_endpoint("/x/responses"), "/responses");
	cr_assert_str_eq(setting_check_find_endpoint("/anthropic/v1/messages"),
		"/v1/messages");
	cr_assert_null(setting_check_find_endpoint("/v1"));
	cr_assert_null(setting_check_find_endpoint(""));
	cr_assert_null(setting_check_find_endpoint("/v1/openai"));
}
