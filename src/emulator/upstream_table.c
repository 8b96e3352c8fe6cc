/* SPDX-License-Identifier: MIT */
#include "emulator/dialect.h"
#include "emulator/upstream.h"

#include "base/text.h"

#define MODELS(...)                                                            \
	(const char *const[])                                                  \
	{                                                                      \
		__VA_ARGS__, NULL                                              \
	}
#define ANY_MODEL ((const char *const[]){ NULL })

#define BEARER "authorization"

const struct upstream upstreams[] = {
	/* clang-format off */
	{ "openai", "/v1", "/v1", true, true, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("gpt-5-mini", "gpt-5", "gpt-4.1-mini", "gpt-4.1", "gpt-4o-mini", "o4-mini"),
		"sk-proj-demoOpenAiKey0123456789", 0, NULL },
	{ "anthropic", "/v1", "", false, true, API_SHAPE_ANTHROPIC, &dialect_anthropic, "x-api-key",
		MODELS("claude-sonnet-4-5", "claude-haiku-4-5"),
		"sk-ant-demoAnthropicKey0123456789", 0, NULL },
	{ "google-ai-studio", "/v1beta", "", false, true, API_SHAPE_GOOGLE, &dialect_google, "x-goog-api-key",
		MODELS("gemini-2.5-flash", "gemini-2.5-pro"),
		"AIzaDemoGoogleKey0123456789", 0, "/v1beta/openai" },
	{ "deepseek", "", "", true, false, API_SHAPE_OPENAI, &dialect_deepseek, BEARER,
		MODELS("deepseek-chat", "deepseek-reasoner", "deepseek-v4-flash"),
		"sk-demoDeepSeekKey0123456789", 0, NULL },
	{ "groq", "/openai/v1", "/openai/v1", false, true, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("llama-3.3-70b-versatile"), NULL, 0, NULL },
	{ "grok", "/v1", "/v1", true, true, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("grok-4"), NULL, 0, NULL },
	{ "mistral", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("mistral-large-latest", "mistral-small-latest"), NULL, 0, NULL },
	{ "openrouter", "/api/v1", "/api/v1", true, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("openai/gpt-5-mini"), NULL, 0, NULL },
	{ "perplexity-ai", "", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("sonar"), NULL, 0, NULL },
	{ "cerebras", "/v1", "/v1", true, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("llama3.1-8b"), NULL, 0, NULL },
	{ "baseten", "/v1", "/v1", true, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("openai/gpt-oss-120b"), NULL, 0, NULL },
	{ "fireworks", "/inference/v1", "/inference/v1", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("accounts/fireworks/models/llama-v3p1-8b-instruct"), NULL, 0, NULL },
	{ "workers-ai", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_cloudflare, BEARER,
		MODELS("@cf/meta/llama-3.1-8b-instruct", "@cf/openai/gpt-oss-20b"), NULL, 0, NULL },
	{ "google-vertex-ai", "/v1/projects/*/locations/*/publishers/*", "", false, true, API_SHAPE_GOOGLE, &dialect_vertex, BEARER,
		MODELS("gemini-2.5-flash", "gemini-2.5-pro", "google/gemini-2.5-flash"), NULL, 0, NULL },
	{ "azure-openai", "/openai/deployments/*", "/openai/deployments", false, false, API_SHAPE_AZURE, &dialect_azure, "api-key",
		MODELS("my-deployment"), NULL, 1, NULL },
	{ "aws-bedrock", "", "", false, false, API_SHAPE_BEDROCK, &dialect_bedrock, BEARER,
		MODELS("us.anthropic.claude-haiku-4-5-20251001-v1:0", "amazon.nova-lite-v1:0"), NULL, 2, "/anthropic/v1" },
	{ "cohere", "", "", false, false, API_SHAPE_COHERE, &dialect_cohere, BEARER,
		MODELS("command-a-03-2025", "command-r-plus"), NULL, 0, NULL },
	{ "huggingface", "", "", false, false, API_SHAPE_NONE, &dialect_huggingface, BEARER, ANY_MODEL, NULL, 0, NULL },
	{ "replicate", "", "", false, false, API_SHAPE_NONE, &dialect_replicate, BEARER, ANY_MODEL, NULL, 0, NULL },
	{ "parallel", "", "", false, false, API_SHAPE_NONE, &dialect_openai, "x-api-key", ANY_MODEL, NULL, 0, NULL },
	{ "cartesia", "", "", false, false, API_SHAPE_NONE, &dialect_openai, "x-api-key", ANY_MODEL, NULL, 0, NULL },
	{ "deepgram", "", "", false, false, API_SHAPE_NONE, &dialect_deepgram, BEARER, ANY_MODEL, NULL, 0, NULL },
	{ "elevenlabs", "", "", false, false, API_SHAPE_NONE, &dialect_elevenlabs, "xi-api-key", ANY_MODEL, NULL, 0, NULL },
	{ "fal", "", "", false, false, API_SHAPE_NONE, &dialect_fal, BEARER, ANY_MODEL, NULL, 0, NULL },
	{ "ideogram", "", "", false, false, API_SHAPE_NONE, &dialect_openai, "api-key", ANY_MODEL, NULL, 0, NULL },

	{ "custom-xiaomi", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_mimo, BEARER,
		MODELS("mimo-v2.5", "mimo-v2.5-pro"),
		"sk-demoXiaomiKey0123456789", 0, "/anthropic/v1" },
	{ "custom-xiaomi-token-plan", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_mimo, BEARER,
		MODELS("mimo-v2.5", "mimo-v2.5-pro"), NULL, 0, "/anthropic/v1" },
	{ "custom-xiaomi-anthropic", "/anthropic/v1", "", false, false, API_SHAPE_ANTHROPIC, &dialect_mimo, BEARER,
		MODELS("mimo-v2.5", "mimo-v2.5-pro"), NULL, 0, NULL },
	{ "custom-moonshot", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("kimi-k2.5", "kimi-k2.6"), NULL, 0, NULL },
	{ "custom-zai", "/api/paas/v4", "", false, false, API_SHAPE_OPENAI, &dialect_zhipu, BEARER,
		MODELS("glm-4.6"), NULL, 0, NULL },
	{ "custom-zhipu", "/api/paas/v4", "", false, false, API_SHAPE_OPENAI, &dialect_zhipu, BEARER,
		MODELS("glm-4-flash"), NULL, 0, NULL },
	{ "custom-siliconflow", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_siliconflow, BEARER,
		MODELS("Qwen/Qwen3-8B"), NULL, 0, NULL },
	{ "custom-minimax", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_minimax, BEARER,
		MODELS("MiniMax-M2.7"), NULL, 0, "/anthropic/v1" },
	{ "custom-dashscope", "/compatible-mode/v1", "", false, false, API_SHAPE_OPENAI, &dialect_dashscope, BEARER,
		MODELS("qwen-plus", "qwen-turbo"), NULL, 0, NULL },
	{ "custom-volcengine-ark", "/api/v3", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		ANY_MODEL, NULL, 0, NULL },
	{ "custom-qianfan", "/v2", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("ernie-4.5-turbo-128k"), NULL, 0, NULL },
	{ "custom-deepinfra", "/v1/openai", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		ANY_MODEL, NULL, 0, NULL },
	{ 0 },
	/* clang-format on */
};

const struct upstream upstream_custom = {
	.segment = "custom-",
	.root = "/v1",
	.base_path = "",
	.api = API_SHAPE_OPENAI,
	.dialect = &dialect_openai,
	.key_header = BEARER,
	.models = ANY_MODEL,
};

const struct upstream *upstream_find(const char *segment, size_t size)
{
	for (const struct upstream *row = upstreams; row->segment; row++)
		if (text_is(segment, size, row->segment))
			return row;
	return NULL;
}
