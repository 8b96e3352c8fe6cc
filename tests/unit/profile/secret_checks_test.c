/* SPDX-License-Identifier: MIT */
#include "profile/profile.h"

#include <criterion/criterion.h>
#include <string.h>

static bool check(enum secret_kind kind, const struct provider *entry,
	const char *value, struct error *err)
{
	SCOPED(secret) struct secret secret = { 0 };

	secret_copy(&secret, value, strlen(value));
	return profile_check_secret(kind, "NAME", entry, &secret, err);
}

static bool token(const char *value, struct error *err)
{
	return check(SECRET_GATEWAY_TOKEN, NULL, value, err);
}

static bool key(const char *provider, const char *value, struct error *err)
{
	return check(SECRET_PROVIDER_KEY, catalogue_find(provider), value, err);
}

Test(secret_checks, real_values_pass_whatever_their_form)
{
	struct error err = { 0 };

	cr_assert(token("cfut_0123456789", &err), "%s", err.what);
	cr_assert(token("aVeryOldTokenWithoutPrefix_0123456789-ab", &err));
	cr_assert(key("custom-xiaomi", "sk-abc123", &err));
	cr_assert(key("custom-xiaomi", "tp-abc123", &err));
	cr_assert(key("custom-unknown", "anything:at/all=", &err));
	cr_assert(key("custom-qianfan", "bce-v3/ALTAK-a/b", &err));
}

Test(secret_checks, what_no_header_can_carry_is_refused_unrepeated)
{
	static const char *const bad[] = { "", "Bearer geheim", "bearer geheim",
		"ge heim", "geheim\n", "\"geheim\"", "'geheim'", "geh\teim",
		"geh`eim", "<geheim>", "geheim...", "geheim\x01",
		"geh\xc3\xa9im", "cf-aig-authorization:geheim",
		"YOUR_API_KEY" };
	struct error err = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		cr_assert_not(token(bad[i], &err), "%s", bad[i]);
		cr_assert_eq(err.status, STATUS_INVALID);
		cr_assert_null(strstr(err.what, "heim"), "%s", err.what);
		cr_assert_null(strstr(err.next, "heim"), "%s", err.next);
		cr_assert(*err.next);
		cr_assert_not(key("openai", bad[i], &err), "%s", bad[i]);
		cr_assert(strstr(err.what, "NAME"));
	}
}

Test(secret_checks, a_key_in_the_tokens_place_is_recognised)
{
	static const char *const keys[] = { "sk-abc", "tp-abc", "gsk_abc",
		"xai-abc", "AIzaabc", "pplx-abc", "hf_abc", "nvapi-abc",
		"cfk_abc" };
	struct error err = { 0 };

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		cr_assert_not(token(keys[i], &err), "%s", keys[i]);
	cr_assert(strstr(err.what, "Global API Key"));
}

Test(secret_checks, a_token_in_the_keys_place_is_recognised)
{
	struct error err = { 0 };

	cr_assert_not(key("custom-xiaomi", "cfut_abc", &err));
	cr_assert(strstr(err.next, "sk-"), "%s", err.next);
	cr_assert_not(key("openai", "cfat_abc", &err));
	cr_assert_not(key("openai", "cfk_abc", &err));
	cr_assert_not(key("custom-unknown", "cfut_abc", &err));
	cr_assert(key("workers-ai", "cfut_abc", &err));
	cr_assert_not(key("workers-ai", "cfk_abc", &err));
}

Test(secret_checks, the_apps_own_secrets_may_be_anything_but_empty)
{
	struct error err = { 0 };

	cr_assert(check(SECRET_OTHER, NULL, "a b\n\"c\"", &err));
	cr_assert_not(check(SECRET_OTHER, NULL, "", &err));
	cr_assert_eq(err.status, STATUS_INVALID);
}

static bool pair(const char *a, const char *b, const char *provider)
{
	SCOPED(secret) struct secret one = { 0 };
	SCOPED(secret) struct secret two = { 0 };
	struct error err = { 0 };

	secret_copy(&one, a, strlen(a));
	secret_copy(&two, b, strlen(b));
	return profile_check_secret_pair(
		&one, "MIMO_API_KEY", catalogue_find(provider), &two, &err);
}

Test(secret_checks, one_value_for_both_is_refused)
{
	cr_assert_not(pair("same-value", "same-value", "custom-xiaomi"));
	cr_assert(pair("one-value", "other-value", "custom-xiaomi"));
	cr_assert(pair("same-value", "same-value", "workers-ai"));
}
