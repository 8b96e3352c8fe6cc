/* SPDX-License-Identifier: MIT */
#include "profile/base_url.h"

#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

#define ACCOUNT "0123456789abcdef0123456789abcdef"
#define ROOT "https://gateway.ai.cloudflare.com/v1/" ACCOUNT "/gw"

static const struct {
	const char *text;
	enum address_kind kind;
	const char *origin, *account_id, *gateway, *provider, *path, *endpoint,
		*model;
} rows[] = {
	/* clang-format off */
	{ ROOT "/custom-xiaomi/v1/chat/completions", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "custom-xiaomi", "/v1", "/chat/completions", NULL },
	{ ROOT "/custom-xiaomi/v1/", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "custom-xiaomi", "/v1", NULL, NULL },
	{ ROOT "/openai", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "openai", "", NULL, NULL },
	{ ROOT "/openai/chat/completions?x=1", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "openai", "", "/chat/completions", NULL },
	{ ROOT "/openai/responses", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "openai", "", "/responses", NULL },
	{ ROOT "/anthropic/v1/messages", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "anthropic", "", "/v1/messages", NULL },
	{ ROOT "/compat/chat/completions", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "compat", "", "/chat/completions", NULL },
	{ ROOT "/google-ai-studio/v1/models/gemini-2.5-flash:generateContent", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "google-ai-studio", "", "/v1/models/gemini-2.5-flash:generateContent", "gemini-2.5-flash" },
	{ ROOT "/azure-openai/res/dep/chat/completions?api-version=2024", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "azure-openai", "/res/dep", "/chat/completions", "dep" },
	{ ROOT "/workers-ai/@cf/meta/llama-3.1-8b-instruct", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "workers-ai", "/v1", "/@cf/meta/llama-3.1-8b-instruct", "@cf/meta/llama-3.1-8b-instruct" },
	{ ROOT "/aws-bedrock/bedrock-runtime/us-east-1/model/m:0/invoke", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "aws-bedrock", "/bedrock-runtime/us-east-1", "/model/m:0/invoke", "m:0" },
	{ ROOT "/custom-zai/api/paas/v4/chat/completions", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "custom-zai", "/api/paas/v4", "/chat/completions", NULL },
	{ ROOT "/custom-x/v1/models", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", "custom-x", "/v1", "/models", NULL },
	{ "https://gateway.ai.cloudflare.com/v1/<account>/<gateway>/custom-xiaomi/v1", ADDRESS_GATEWAY, "https://gateway.ai.cloudflare.com", "<account>", "<gateway>", "custom-xiaomi", "/v1", NULL, NULL },
	{ ROOT, ADDRESS_UNIVERSAL, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", NULL, NULL, NULL, NULL },
	{ ROOT "/", ADDRESS_UNIVERSAL, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", NULL, NULL, NULL, NULL },
	{ "wss://gateway.ai.cloudflare.com/v1/" ACCOUNT "/gw/", ADDRESS_WEBSOCKET, "https://gateway.ai.cloudflare.com", ACCOUNT, "gw", NULL, NULL, NULL, NULL },
	{ "http://127.0.0.1:9/v1/" ACCOUNT "/gw/openai", ADDRESS_GATEWAY, "http://127.0.0.1:9", ACCOUNT, "gw", "openai", "", NULL, NULL },
	{ "https://api.cloudflare.com/client/v4/accounts/" ACCOUNT "/ai/v1/chat/completions", ADDRESS_REST, NULL, ACCOUNT, NULL, NULL, NULL, NULL, NULL },
	{ "https://api.cloudflare.com/client/v4/accounts/" ACCOUNT "/ai/run/@cf/meta/llama", ADDRESS_REST, NULL, ACCOUNT, NULL, "workers-ai", NULL, NULL, "@cf/meta/llama" },
	{ "https://api.cloudflare.com/client/v4/accounts/" ACCOUNT "/ai-gateway/gateways/gw/url/openai", ADDRESS_REST, NULL, ACCOUNT, "gw", "openai", NULL, NULL, NULL },
	{ "https://dash.cloudflare.com/" ACCOUNT "/ai/ai-gateway/gateways/gw/settings", ADDRESS_DASHBOARD, NULL, ACCOUNT, "gw", NULL, NULL, NULL, NULL },
	{ "https://dash.cloudflare.com/" ACCOUNT "/ai/ai-gateway/gw", ADDRESS_DASHBOARD, NULL, ACCOUNT, "gw", NULL, NULL, NULL, NULL },
	{ "https://dash.cloudflare.com/" ACCOUNT "/ai/ai-gateway", ADDRESS_DASHBOARD, NULL, ACCOUNT, NULL, NULL, NULL, NULL, NULL },
	{ "https://dash.cloudflare.com/?to=/:account/ai/ai-gateway", ADDRESS_DASHBOARD, NULL, NULL, NULL, NULL, NULL, NULL, NULL },
	{ "https://dash.cloudflare.com/login", ADDRESS_DASHBOARD, NULL, NULL, NULL, NULL, NULL, NULL, NULL },
	{ "https://ai.example.com/custom-xiaomi/v1/chat/completions", ADDRESS_CUSTOM_DOMAIN, "https://ai.example.com", NULL, NULL, "custom-xiaomi", "/v1", "/chat/completions", NULL },
	{ "https://ai.example.com/openai", ADDRESS_CUSTOM_DOMAIN, "https://ai.example.com", NULL, NULL, "openai", "", NULL, NULL },
	{ "https://api.xiaomimimo.com/v1/chat/completions", ADDRESS_DIRECT, NULL, NULL, NULL, "custom-xiaomi", "/v1", "/chat/completions", NULL },
	{ "https://api.openai.com/v1", ADDRESS_DIRECT, NULL, NULL, NULL, "openai", "", NULL, NULL },
	{ "https://api.xiaomimimo.com/anthropic/v1/messages", ADDRESS_DIRECT, NULL, NULL, NULL, "custom-xiaomi-anthropic", "/anthropic", "/v1/messages", NULL },
	/* Regions, names in hosts, and paths that the catalogue lacks. */
	{ "https://token-plan-cn.xiaomimimo.com/v1", ADDRESS_DIRECT, NULL, NULL, NULL, "custom-xiaomi-token-plan", "/v1", NULL, NULL },
	{ "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", ADDRESS_DIRECT, NULL, NULL, NULL, "custom-dashscope", "/compatible-mode/v1", NULL, NULL },
	{ "https://api.siliconflow.com/v1/chat/completions", ADDRESS_DIRECT, NULL, NULL, NULL, "custom-siliconflow", "/v1", "/chat/completions", NULL },
	{ "https://api.moonshot.cn", ADDRESS_DIRECT, NULL, NULL, NULL, "custom-moonshot", "/v1", NULL, NULL },
	{ "https://api.z.ai/api/coding/paas/v4/", ADDRESS_DIRECT, NULL, NULL, NULL, "custom-zai", "/api/coding/paas/v4", NULL, NULL },
	{ "https://api.deepseek.com/v1", ADDRESS_DIRECT, NULL, NULL, NULL, "deepseek", "", NULL, NULL },
	{ "https://acme.openai.azure.com/openai/deployments/chat1/chat/completions?api-version=2024-10-21", ADDRESS_DIRECT, NULL, NULL, NULL, "azure-openai", "/acme/chat1", "/chat/completions", "chat1" },
	{ "https://acme.openai.azure.com/", ADDRESS_DIRECT, NULL, NULL, NULL, "azure-openai", "/acme/{deployment}", NULL, NULL },
	{ "https://acme.cognitiveservices.azure.com/openai/deployments/d/", ADDRESS_DIRECT, NULL, NULL, NULL, "azure-openai", "/acme/d", NULL, "d" },
	{ "https://bedrock-runtime.us-east-1.amazonaws.com/model/m/invoke", ADDRESS_DIRECT, NULL, NULL, NULL, "aws-bedrock", "/bedrock-runtime/us-east-1", "/model/m/invoke", "m" },
	{ "https://us-central1-aiplatform.googleapis.com/v1/projects/p-1/locations/us-central1", ADDRESS_DIRECT, NULL, NULL, NULL, "google-vertex-ai", "/v1/projects/p-1/locations/us-central1", NULL, NULL },
	{ "https://openrouter.ai/docs/quickstart", ADDRESS_OTHER, NULL, NULL, NULL, NULL, NULL, NULL, NULL },
	{ "https://openrouter.ai", ADDRESS_DIRECT, NULL, NULL, NULL, "openrouter", "", NULL, NULL },
	{ "https://api.openai.com.evil.example/v1", ADDRESS_OTHER, NULL, NULL, NULL, NULL, NULL, NULL, NULL },
	{ "https://a.b.openai.azure.com/", ADDRESS_OTHER, NULL, NULL, NULL, NULL, NULL, NULL, NULL },
	{ "https://example.com/about", ADDRESS_OTHER, NULL, NULL, NULL, NULL, NULL, NULL, NULL },
	/* clang-format on */
};

static void same(const char *row, const char *what, const char *expected,
	const char *got)
{
	cr_assert(text_equal_or_null(expected, got), "%s: %s is %s, not %s",
		row, what, got ? got : "absent",
		expected ? expected : "absent");
}

Test(address, every_shape_is_taken_apart)
{
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct address address = { 0 };
		struct error err = { 0 };
		const char *text = rows[i].text;
		cr_assert(address_parse(text, &address, &err), "%s: %s", text,
			err.what);
		cr_assert_eq(address.kind, rows[i].kind, "%s: kind %d", text,
			address.kind);
		same(text, "origin", rows[i].origin, address.origin);
		same(text, "account", rows[i].account_id, address.account_id);
		same(text, "gateway", rows[i].gateway, address.gateway);
		same(text, "provider", rows[i].provider, address.provider);
		same(text, "path", rows[i].path, address.path);
		same(text, "endpoint", rows[i].endpoint, address.endpoint);
		same(text, "model", rows[i].model, address.model);
		address_release(&address);
	}
}

Test(address, a_providers_own_address_is_kept_without_its_endpoint)
{
	struct address address = { 0 };
	struct error err;

	cr_assert(address_parse("https://api.deepseek.com/v1/chat/completions",
		&address, &err));
	cr_assert_str_eq(address.direct_url, "https://api.deepseek.com/v1");
	address_release(&address);
}

Test(address, shapes_that_no_sdk_can_use_are_named)
{
	static const char *const odd[] = { ROOT,
		"wss://gateway.ai.cloudflare.com/v1/" ACCOUNT "/gw",
		"https://api.cloudflare.com/client/v4/accounts/" ACCOUNT
		"/ai/v1" };
	struct error err;

	for (size_t i = 0; i < ARRAY_SIZE(odd); i++) {
		struct address address = { 0 };
		cr_assert(address_parse(odd[i], &address, &err));
		cr_assert(address.remark, "%s", odd[i]);
		address_release(&address);
	}
}
