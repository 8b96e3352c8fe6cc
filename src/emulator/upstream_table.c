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
		"sk-proj-demoOpenAiKey0123456789" },
	{ "anthropic", "/v1", "", false, true, API_SHAPE_ANTHROPIC, &dialect_anthropic, "x-api-key",
		MODELS("claude-sonnet-4-5", "claude-haiku-4-5"),
		"sk-ant-demoAnthropicKey0123456789" },
	{ "google-ai-studio", "/v1beta", "", false, true, API_SHAPE_GOOGLE, &dialect_google, "x-goog-api-key",
		MODELS("gemini-2.5-flash", "gemini-2.5-pro"),
		"AIzaDemoGoogleKey0123456789" },
	{ "deepseek", "", "", true, false, API_SHAPE_OPENAI, &dialect_deepseek, BEARER,
		MODELS("deepseek-chat", "deepseek-reasoner", "deepseek-v4-flash"),
		"sk-demoDeepSeekKey0123456789" },
	{ "groq", "/openai/v1", "/openai/v1", false, true, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("llama-3.3-70b-versatile"), NULL },
	{ "grok", "/v1", "/v1", true, true, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("grok-4"), NULL },
	{ "mistral", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("mistral-large-latest", "mistral-small-latest"), NULL },
	{ "openrouter", "/api/v1", "/api/v1", true, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("openai/gpt-5-mini"), NULL },
	{ "perplexity-ai", "", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("sonar"), NULL },
	{ "cerebras", "/v1", "/v1", true, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("llama3.1-8b"), NULL },
	{ "baseten", "/v1", "/v1", true, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("openai/gpt-oss-120b"), NULL },
	{ "fireworks", "/inference/v1", "/inference/v1", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("accounts/fireworks/models/llama-v3p1-8b-instruct"), NULL },
	{ "workers-ai", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_cloudflare, BEARER,
		MODELS("@cf/meta/llama-3.1-8b-instruct", "@cf/openai/gpt-oss-20b"), NULL },
	{ "google-vertex-ai", "", "", false, true, API_SHAPE_NONE, &dialect_google, BEARER, ANY_MODEL, NULL },
	{ "azure-openai", "", "", false, false, API_SHAPE_NONE, &dialect_openai, "api-key", ANY_MODEL, NULL },
	{ "aws-bedrock", "", "", false, false, API_SHAPE_NONE, &dialect_openai, BEARER, ANY_MODEL, NULL },
	{ "cohere", "", "", false, false, API_SHAPE_NONE, &dialect_openai, BEARER, ANY_MODEL, NULL },
	{ "huggingface", "", "", false, false, API_SHAPE_NONE, &dialect_openai, BEARER, ANY_MODEL, NULL },
	{ "replicate", "", "", false, false, API_SHAPE_NONE, &dialect_openai, BEARER, ANY_MODEL, NULL },
	{ "parallel", "", "", false, false, API_SHAPE_NONE, &dialect_openai, "x-api-key", ANY_MODEL, NULL },
	{ "cartesia", "", "", false, false, API_SHAPE_NONE, &dialect_openai, "x-api-key", ANY_MODEL, NULL },
	{ "deepgram", "", "", false, false, API_SHAPE_NONE, &dialect_openai, BEARER, ANY_MODEL, NULL },
	{ "elevenlabs", "", "", false, false, API_SHAPE_NONE, &dialect_openai, "xi-api-key", ANY_MODEL, NULL },
	{ "fal", "", "", false, false, API_SHAPE_NONE, &dialect_openai, BEARER, ANY_MODEL, NULL },
	{ "ideogram", "", "", false, false, API_SHAPE_NONE, &dialect_openai, "api-key", ANY_MODEL, NULL },

	{ "custom-xiaomi", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_mimo, BEARER,
		MODELS("mimo-v2-flash", "mimo-v2.5", "mimo-v2.5-pro"),
		"sk-demoXiaomiKey0123456789" },
	{ "custom-xiaomi-token-plan", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_mimo, BEARER,
		MODELS("mimo-v2.5", "mimo-v2.5-pro"), NULL },
	{ "custom-xiaomi-anthropic", "/anthropic/v1", "", false, false, API_SHAPE_ANTHROPIC, &dialect_mimo, BEARER,
		MODELS("mimo-v2.5", "mimo-v2.5-pro"), NULL },
	{ "custom-moonshot", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("kimi-k2.5", "kimi-k2.6"), NULL },
	{ "custom-zai", "/api/paas/v4", "", false, false, API_SHAPE_OPENAI, &dialect_zhipu, BEARER,
		MODELS("glm-4.6"), NULL },
	{ "custom-zhipu", "/api/paas/v4", "", false, false, API_SHAPE_OPENAI, &dialect_zhipu, BEARER,
		MODELS("glm-4-flash"), NULL },
	{ "custom-siliconflow", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_siliconflow, BEARER,
		MODELS("Qwen/Qwen3-8B"), NULL },
	{ "custom-minimax", "/v1", "", false, false, API_SHAPE_OPENAI, &dialect_minimax, BEARER,
		MODELS("MiniMax-M2.7"), NULL },
	{ "custom-dashscope", "/compatible-mode/v1", "", false, false, API_SHAPE_OPENAI, &dialect_dashscope, BEARER,
		MODELS("qwen-plus", "qwen-turbo"), NULL },
	{ "custom-volcengine-ark", "/api/v3", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		ANY_MODEL, NULL },
	{ "custom-qianfan", "/v2", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		MODELS("ernie-4.5-turbo-128k"), NULL },
	{ "custom-deepinfra", "/v1/openai", "", false, false, API_SHAPE_OPENAI, &dialect_openai, BEARER,
		ANY_MODEL, NULL },
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
