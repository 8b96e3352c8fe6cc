/* SPDX-License-Identifier: MIT */
#include "wording/topic.h"

#include "base/attributes.h"
#include "base/text.h"

#include <stddef.h>
#include <string.h>

/* clang-format off */

/* What models, their makers, their APIs and those who call them go by. */
static const char *const words[] = {
	"llm", "model", "conversation", "assistant", "bot", "ask", "query", "predict", "invoke", "chat", "completion", "embedding", "prompt", "inference", "api key", "api-key", "apikey", "api_key",
	"openai", "anthropic", "claude", "gpt", "gemini", "generativelanguage", "deepseek", "moonshot", "kimi", "qwen", "dashscope", "aliyun",
	"zhipu", "bigmodel", "glm", "mistral", "groq", "cohere", "llama", "openrouter", "x.ai", "grok", "minimax", "mimo",
	"volces", "siliconflow", "together", "fireworks", "perplexity", "azure", "bedrock", "huggingface", "gateway.ai", "cf-aig",
	"ai gateway", "codex", "cursor", "cline", "copilot", "dify", "n8n", "agent", "one-api", "new-api", "relay", "proxy",
	"/v1", "/v2", "/v3", "/v4", "v1beta", "/messages", "/responses", "/generate", " ai ", ".ai/", "ai.",
	"模型", "密钥", "中转", "渠道", "令牌", "接口", "代理",
};

/* In front of what was called. */
static const char *const leads[] = {
	"https://", "http://", " path=",
};

/* What errors and clients point to. */
static const char *const documentation[] = {
	"curl.se/", "developer.mozilla.org/", "docs.", "errors.", "httpstatuses.", "aka.ms/", "nodejs.org/",
};

/* Machines of one's own, on which anything may run. */
static const char *const own[] = {
	"localhost", "127.", "10.", "192.168.", "172.", "0.0.0.0", "[::1]", "host.docker.internal", "<", "{", "$", "xxx", "***", "your", "example",
};

/* What a line has that tells of a call to a model, and hardly another. */
static const char *const calls[] = {
	"openai", "anthropic", "claude", "gemini", "generativelanguage", "deepseek", "moonshot", "dashscope", "bigmodel",
	"mistral", "groq", "cohere", "ollama", "openrouter", "siliconflow", "bedrock", "gateway.ai", "litellm", "langchain", "llm",
	"apiconnection", "apitimeout", "apistatus", "apicall", "completion", "embedding", "/v1", "/messages", "/responses",
	"httpx.", "axios", "aiohttp", "reqwest", "okhttp", "guzzle", "httpsconnectionpool", "req.transport", "mint.transport",
	"模型", "密钥",
};
/* clang-format on */

/* Longer texts have every word. */
#define TEXT_MOST ((size_t)4096)

/* A link, a place in a source that was loaded from there, or a host alone,
 * which may be anybody's: nothing that tells what was called. */
static bool is_beside(const char *text, const char *at, const char *behind)
{
	struct slice address = { behind, strcspn(behind, " )\n") };

	return (at - text > 1 && at[-1] == '(' && at[-2] == ']') ||
		slice_find(address, '/') + 1 >= address.size ||
		slice_contains(address, ".js:") ||
		slice_contains(address, ".mjs:") ||
		slice_contains(address, ".ts:") ||
		text_starts_with_one_of(
			behind, documentation, ARRAY_SIZE(documentation));
}

bool topic_is_elsewhere(struct slice text)
{
	char lower[TEXT_MOST + 1];
	bool named = false;

	if (text.size > TEXT_MOST)
		return false;
	(void)slice_lower(text, lower, sizeof(lower));
	if (text_contains_one_of(lower, words, ARRAY_SIZE(words)))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(leads); i++)
		for (const char *at = lower; (at = strstr(at, leads[i]));) {
			const char *lead = at;

			at += strlen(leads[i]);
			if (is_beside(lower, lead, at))
				continue;
			if (text_starts_with_one_of(at, own, ARRAY_SIZE(own)))
				return false;
			named = true;
		}
	return named;
}

bool topic_is_call(struct slice line)
{
	return slice_fits_any(
		line, slice_contains_ignoring_case, calls, ARRAY_SIZE(calls));
}
