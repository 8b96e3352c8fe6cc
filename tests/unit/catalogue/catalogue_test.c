/* SPDX-License-Identifier: MIT */
#include "catalogue/catalogue.h"

#include "base/attributes.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "catalogue/key_prefix.h"

#include <criterion/criterion.h>
#include <string.h>

Test(catalogue, has_every_provider_once)
{
	cr_assert_eq(catalogue_count(), 51);
	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *entry = catalogue_at(i);
		cr_assert_eq(
			catalogue_find(entry->slug), entry, "%s", entry->slug);
		cr_assert_eq(catalogue_find(entry->segment), entry, "%s",
			entry->segment);
	}
}

/* A base URL is made of these: one wrong entry breaks every route with it. */
Test(catalogue, paths_have_the_form_that_base_urls_need)
{
	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *entry = catalogue_at(i);
		size_t size = strlen(entry->path);
		cr_assert_eq(entry->custom,
			text_starts_with(entry->segment, "custom-"), "%s",
			entry->slug);
		cr_assert(size == 0 || entry->path[0] == '/');
		cr_assert(size == 0 || entry->path[size - 1] != '/');
		cr_assert_null(strstr(entry->path, "chat/completions"));
		cr_assert(entry->chat_path[0] != '/', "%s", entry->slug);
		cr_assert(!entry->custom || entry->custom_base_url, "%s",
			entry->slug);
		if (entry->key_env)
			cr_assert(variable_name_is_allowed(entry->key_env));
		for (size_t j = 0; entry->example_models[j]; j++)
			cr_assert_null(strpbrk(entry->example_models[j], "{("));
	}
}

Test(catalogue, knows_what_the_reference_says)
{
	const struct provider *xiaomi = catalogue_find("custom-xiaomi");
	const struct provider *anthropic = catalogue_find("anthropic");

	cr_assert_eq(xiaomi, catalogue_find("xiaomi"));
	cr_assert(xiaomi->custom);
	cr_assert_str_eq(xiaomi->path, "/v1");
	cr_assert_str_eq(xiaomi->key_env, "MIMO_API_KEY");
	cr_assert_str_eq(xiaomi->test_body_extra,
		"{\"thinking\":{\"type\":\"disabled\"}}");
	cr_assert_str_eq(catalogue_find("zai")->path, "/api/paas/v4");
	cr_assert_str_eq(catalogue_find("openai")->path, "");
	cr_assert_str_eq(
		catalogue_find("openai")->path_alternatives[0], "openai/v1");
	cr_assert_eq(anthropic->api, API_ANTHROPIC);
	cr_assert_str_eq(anthropic->auth_header, "x-api-key");
	cr_assert_str_eq(
		anthropic->extra_headers[0], "anthropic-version: 2023-06-01");
	cr_assert_null(catalogue_find("compat")->key_env);
	cr_assert_null(catalogue_find("custom-openai"));
	cr_assert_null(catalogue_find(""));
}

static const char *best(const char *part)
{
	const struct provider *found[51];

	return catalogue_search(part, found, 51) > 0 ? found[0]->slug : "";
}

Test(catalogue, is_searched_by_any_name_people_know)
{
	cr_assert_str_eq(best("小米"), "xiaomi");
	cr_assert_str_eq(best("kimi"), "moonshot");
	cr_assert_str_eq(best("月之暗面"), "moonshot");
	cr_assert_str_eq(best("QWEN"), "dashscope");
	cr_assert_str_eq(best("通义千问"), "dashscope");
	cr_assert_str_eq(best("豆包"), "volcengine-ark");
	cr_assert_str_eq(best("混元"), "hunyuan");
	cr_assert_str_eq(best("文心"), "qianfan");
	cr_assert_str_eq(best("讯飞星火"), "spark");
	cr_assert_str_eq(best("硅基流动"), "siliconflow");
	cr_assert_str_eq(best("深度求索"), "deepseek");
	cr_assert_str_eq(best("claude"), "anthropic");
	cr_assert_str_eq(best("openai"), "openai");
	cr_assert_str_eq(best("open"), "openai");
	cr_assert_str_eq(best("no such thing"), "");
}

Test(catalogue, search_keeps_to_its_limit_and_finds_all_with_nothing_typed)
{
	const struct provider *found[51];

	cr_assert_eq(catalogue_search("", found, 51), 51);
	cr_assert_eq(catalogue_search("", found, 3), 3);
	cr_assert_eq(catalogue_search("智谱", found, 51), 2);
}

Test(catalogue, a_misspelt_name_is_answered_with_the_nearest)
{
	cr_assert_str_eq(catalogue_nearest("opanai"), "openai");
	cr_assert_str_eq(catalogue_nearest("custom-xiaom"), "xiaomi");
	cr_assert_str_eq(catalogue_nearest("deepsek"), "deepseek");
	cr_assert_str_eq(catalogue_nearest("gemini"), "google-ai-studio");
	cr_assert_null(catalogue_nearest("zzzzzzzzzzzz"));
}

/* Whoever looks for keys asks the one list. */
Test(catalogue, providers_prefixes_are_in_the_list_of_all)
{
	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *entry = catalogue_at(i);
		for (size_t j = 0; entry->key_prefixes[j]; j++) {
			const char *own = entry->key_prefixes[j];
			const struct key_prefix *found =
				key_prefix_find(own, strlen(own));
			cr_assert(found && text_equal(found->text, own),
				"%s: %s", entry->slug, own);
			cr_assert_eq(found->issuer,
				text_equal(entry->slug, "workers-ai")
					? ISSUER_CLOUDFLARE
					: ISSUER_PROVIDER,
				"%s", own);
		}
	}
}

Test(catalogue, the_longest_prefix_counts)
{
	static const char key[] = "sk-or-v1-0123456789abcdef";

	cr_assert_str_eq(
		key_prefix_find(key, sizeof(key) - 1)->text, "sk-or-v1-");
	cr_assert_str_eq(key_prefix_find(key, 4)->text, "sk-");
	cr_assert_null(key_prefix_find(key, 2));
	cr_assert_null(key_prefix_find("hello", 5));
}

Test(catalogue, a_key_that_was_copied_with_its_name)
{
	static const struct {
		const char *text;
		size_t name;
	} cases[] = {
		{ "token=cfut_0123456789abcdef7c9e", 6 },
		{ "key: sk-0123456789abcdef9e1f", 5 },
		{ "\"apiKey\": \"sk-0123456789abcdef9e1f\",", 10 },
		{ "API Key : 'sk-0123456789abcdef9e1f'", 10 },
		{ "sk-0123456789abcdef9e1f", 0 },
		{ "key: sk-short", 0 },
		{ "key: ", 0 },
		{ "key", 0 },
		{ "=sk-0123456789abcdef9e1f", 0 },
		{ "https://sk-0123456789abcdef9e1f", 0 },
		{ "ft:gpt-4o-mini-2024-07-18:acme::9abcDEF0", 0 },
		{ "llama3.1:8b", 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		cr_assert_eq(
			key_name_in_front(cases[i].text, strlen(cases[i].text)),
			cases[i].name, "%s", cases[i].text);
	cr_assert_eq(key_name_in_front("key\0sk-0123456789abcdef9e1f", 27), 0);
}

static const char *slug_by_key(const char *variable, const char *key)
{
	const struct provider *entry =
		catalogue_find_by_key(variable, key, strlen(key));

	return entry ? entry->slug : "";
}

Test(catalogue, a_key_is_its_variables_and_its_prefixs)
{
	cr_assert_str_eq(slug_by_key("DEEPSEEK_API_KEY", "sk-1"), "deepseek");
	cr_assert_str_eq(slug_by_key("GOOGLE_API_KEY", ""), "google-ai-studio");
	cr_assert_str_eq(slug_by_key("MIMO_API_KEY", ""), "xiaomi");
	cr_assert_str_eq(slug_by_key("MIMO_API_KEY", "sk-1"), "xiaomi");
	cr_assert_str_eq(
		slug_by_key("MIMO_API_KEY", "tp-1"), "xiaomi-token-plan");
	cr_assert_str_eq(slug_by_key("MY_API_KEY", "sk-1"), "");
}
