/* SPDX-License-Identifier: MIT */
#include "wording/topic.h"

#include "base/attributes.h"
#include "base/text.h"

#include <stddef.h>
#include <string.h>

/* clang-format off */

/* Models, their makers and APIs, and hardly anything else. */
static const char *const makers[] = {
	"llm", "completion", "embedding", "openai", "anthropic", "claude",
	"gemini", "generativelanguage", "deepseek", "moonshot", "dashscope",
	"bigmodel", "mistral", "groq", "cohere", "openrouter", "siliconflow",
	"bedrock", "gateway.ai", "/v1", "/messages", "/responses", "模型",
	"密钥",
};

/* What those who call them go by, and what is called so elsewhere, too. */
static const char *const words[] = {
	"model", "conversation", " assistant", "bot", "ask", "query", "predict",
	"invoke", "chat", "prompt", "inference", "api key", "api-key", "apikey",
	"api_key", "gpt", "kimi", "qwen", "aliyun", "zhipu", "glm", "llama",
	"x.ai", "grok", "minimax", "mimo", "volces", "together", "fireworks",
	"perplexity", "azure", "huggingface", "cf-aig", "ai gateway", "codex",
	"cursor", "cline", "copilot", "dify", "n8n", "agent", "one-api",
	"new-api", "relay", "proxy", "/v2", "/v3", "/v4", "v1beta", "/generate",
	" ai ", ".ai/", "ai.", "中转", "渠道", "令牌", "接口", "代理",
};

/* Clients that say no more than that they called somebody. */
static const char *const clients[] = {
	"ollama", "langchain", "apiconnection", "apitimeout", "apistatus",
	"apicall", "httpx.", "axios", "aiohttp", "reqwest", "okhttp", "guzzle",
	"httpsconnectionpool", "req.transport", "mint.transport",
};

/* In front of what was called. */
static const char *const leads[] = {
	"https://", "http://", " path=",
};

/* What errors and clients point to. */
static const char *const documentation[] = {
	"curl.se/", "developer.mozilla.org/", "docs.", "errors.",
	"httpstatuses.", "aka.ms/", "nodejs.org/",
};

/* Machines of one's own, on which anything may run. */
static const char *const own[] = {
	"localhost", "127.", "10.", "192.168.", "172.", "0.0.0.0", "[::1]",
	"host.docker.internal", "<", "{", "$", "xxx", "***", "your", "example",
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
		text_fits_any(behind, text_starts_with, documentation,
			ARRAY_SIZE(documentation));
}

bool topic_is_elsewhere(struct slice text)
{
	char lower[TEXT_MOST + 1];
	bool named = false;

	if (text.size > TEXT_MOST)
		return false;
	(void)slice_lower(text, lower, sizeof(lower));
	if (text_fits_any(lower, text_contains, makers, ARRAY_SIZE(makers)) ||
		text_fits_any(lower, text_contains, words, ARRAY_SIZE(words)))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(leads); i++)
		for (const char *at = lower; (at = strstr(at, leads[i]));) {
			const char *lead = at;

			at += strlen(leads[i]);
			if (is_beside(lower, lead, at))
				continue;
			if (text_fits_any(
				    at, text_starts_with, own, ARRAY_SIZE(own)))
				return false;
			named = true;
		}
	return named;
}

bool topic_is_call(struct slice line)
{
	return slice_fits_any(line, slice_contains_ignoring_case, makers,
		       ARRAY_SIZE(makers)) ||
		slice_fits_any(line, slice_contains_ignoring_case, clients,
			ARRAY_SIZE(clients));
}
