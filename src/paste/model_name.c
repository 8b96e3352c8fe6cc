/* SPDX-License-Identifier: MIT */
/* A model's name as its provider has it. */
#include "paste/recognise.h"

#include "base/attributes.h"
#include "base/text.h"
#include "paste/provider_words.h"

/* What LiteLLM puts before a model to say which protocol it speaks. */
static const char *const litellm_prefixes[] = { "openai",
	"text-completion-openai", "azure", "azure_ai", "anthropic", "gemini",
	"vertex_ai", "deepseek", "openrouter", "groq", "mistral", "xai",
	"perplexity", "cerebras", "cohere", "cohere_chat", "together_ai",
	"fireworks_ai", "nvidia_nim", "moonshot", "dashscope", "zai", "minimax",
	"volcengine", "bedrock", "ollama", "ollama_chat", "huggingface",
	"hosted_vllm", "openai_like", "custom_openai", "litellm_proxy",
	"cloudflare", "xiaomi_mimo", "github", "replicate", "sambanova",
	"deepinfra", "siliconflow" };

static bool is_litellm(
	const struct findings *findings, const struct finding *finding)
{
	/* Of LiteLLM, and of what is built on it: CrewAI's LLM. */

	if (findings_is_within(findings, finding->scope, "litellm_params"))
		return true;
	/* LLM_MODEL is no call of LLM(). */
	for (size_t at = finding->scope; at; at = findings->scopes[at].parent) {
		const struct scope *scope = &findings->scopes[at];
		if (scope->call && scope->name &&
			slice_fits_any(slice_of(scope->name), slice_is,
				WORDS("completion", "acompletion", "LLM",
					"ChatLiteLLM", "LiteLLMModel",
					"LiteLlm")))
			return true;
	}
	/* aider's variables: its models have LiteLLM's prefixes. */
	if (text_starts_with(finding->from, "AIDER_") ||
		text_starts_with(finding->from, "LITELLM_"))
		return true;
	for (size_t i = 0; i < findings->count; i++) {
		if (text_equal(findings->items[i].from, "openai-api-base"))
			return true;
	}
	return false;
}

static struct slice without_litellm(struct slice model, const char *provider)
{
	size_t slash = slice_find(model, '/');
	struct slice prefix = slice_first(model, slash);
	struct slice rest = slice_from(model, slash + 1);

	/* These need one prefix; only the first of two is LiteLLM's. */
	if ((text_equal_or_null(provider, "compat") ||
		    text_equal_or_null(provider, "openrouter")) &&
		slice_find(rest, '/') == rest.size)
		return model;
	for (size_t i = 0; rest.size > 0 && i < ARRAY_SIZE(litellm_prefixes);
		i++) {
		if (slice_is(prefix, litellm_prefixes[i]))
			return rest;
	}
	return model;
}

/* "cloudflare_gateway/claude-...": what a tool calls the gateway itself. */
static struct slice without_tool(struct slice model)
{
	size_t slash = slice_find(model, '/');

	return slash < model.size &&
			slice_contains_ignoring_case(
				slice_first(model, slash), "gateway")
		? slice_from(model, slash + 1)
		: model;
}

/* aichat's "cf:gpt-5", of a client that is called so and has that model. */
static struct slice without_client(
	const struct findings *findings, struct slice model)
{
	const struct slice rest = slice_from(model, slice_find(model, ':') + 1);

	for (size_t i = 0; rest.size > 0 && i < findings->count; i++) {
		const struct finding *other = &findings->items[i];
		if ((other->role == ROLE_MODEL ||
			    other->role == ROLE_MODEL_NAME) &&
			slice_is(rest, other->value))
			return rest;
	}
	return model;
}

/* LiteLLM's "anthropic/claude-..." where nothing else says that it is
 * LiteLLM's: these providers have no models with their own name in front. */
static struct slice without_own_prefix(struct slice model, const char *provider)
{
	static const char *const providers[][2] = { { "openai", "openai/" },
		{ "anthropic", "anthropic/" }, { "deepseek", "deepseek/" },
		{ "mistral", "mistral/" }, { "grok", "xai/" },
		{ "google-ai-studio", "gemini/" } };

	for (size_t i = 0; i < ARRAY_SIZE(providers); i++) {
		if (text_equal_or_null(provider, providers[i][0]) &&
			slice_take(&model, providers[i][1]))
			return model;
	}
	/* "anthropic:claude-...", as LangChain and PydanticAI name it. */
	size_t colon = slice_find(model, ':');
	return text_equal_or_null(
		       provider_of_word(slice_first(model, colon)), provider) &&
			provider && colon < model.size
		? slice_from(model, colon + 1)
		: model;
}

char *recognised_model_name(const struct recognised *recognised,
	const struct finding *finding, const char *provider)
{
	struct slice model = { finding->value, finding->size };

	if (is_litellm(recognised->findings, finding))
		model = without_litellm(model, provider);
	model = without_client(recognised->findings, model);
	model = without_own_prefix(without_tool(model), provider);
	if (provider && text_starts_with(provider, "google-"))
		(void)slice_take(&model, "models/");
	return slice_text(model);
}
