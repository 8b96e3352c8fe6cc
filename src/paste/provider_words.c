/* SPDX-License-Identifier: MIT */
/* What SDKs and tools call the providers, where the catalogue has other names.
 */
#include "paste/provider_words.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue.h"

struct word {
	const char *word;
	const char *segment;
};

/* Of the Vercel AI SDK and what is built on it. */
static const struct word makers[] = {
	{ "createUnified", "compat" },
	{ "createOpenAI", "openai" },
	{ "createAnthropic", "anthropic" },
	{ "createGoogleGenerativeAI", "google-ai-studio" },
	{ "createVertex", "google-vertex-ai" },
	{ "createAzure", "azure-openai" },
	{ "createAmazonBedrock", "aws-bedrock" },
	{ "createXai", "grok" },
	{ "createGroq", "groq" },
	{ "createDeepSeek", "deepseek" },
	{ "createMistral", "mistral" },
	{ "createOpenRouter", "openrouter" },
	{ "createPerplexity", "perplexity-ai" },
	{ "createCerebras", "cerebras" },
	{ "createCohere", "cohere" },
	{ "createWorkersAI", "workers-ai" },
};

/* Of settings: AI_PROVIDER=google. */
static const struct word settings[] = {
	{ "google", "google-ai-studio" },
	{ "google-genai", "google-ai-studio" },
	{ "google-gla", "google-ai-studio" },
	{ "google-vertex", "google-vertex-ai" },
	{ "gemini", "google-ai-studio" },
	{ "claude", "anthropic" },
	{ "azure", "azure-openai" },
	{ "bedrock", "aws-bedrock" },
	{ "amazon-bedrock", "aws-bedrock" },
	{ "vertex", "google-vertex-ai" },
	{ "vertexai", "google-vertex-ai" },
	{ "xai", "grok" },
	{ "perplexity", "perplexity-ai" },
	{ "open-router", "openrouter" },
};

/* What a tool puts in front of the provider's name to say that the gateway is
 * before it: cloudflare_openai. */
static struct slice without_gateway(struct slice name)
{
	(void)slice_take_any(
		&name, WORDS("cloudflare_", "cloudflare-", "cf_", "cf-"));
	return name;
}

static const char *find_word(
	const struct word *words, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (text_equal(words[i].word, name))
			return words[i].segment;
	}
	return NULL;
}

#define NAME_LIMIT 64

/* In the catalogue's spelling: "Azure_OpenAI" as azure-openai. */
static void spell(struct slice name, char spelt[NAME_LIMIT])
{
	size_t size = 0;

	for (; size < name.size && size + 1 < NAME_LIMIT; size++)
		spelt[size] =
			name.at[size] == '_' ? '-' : text_lower(name.at[size]);
	spelt[size] = '\0';
}

const char *provider_of_maker(struct slice name)
{
	OWNED char *maker = slice_text(name);

	return find_word(makers, ARRAY_SIZE(makers), maker);
}

const char *provider_of_word(struct slice name)
{
	char spelt[NAME_LIMIT];

	spell(without_gateway(name), spelt);
	const struct provider *entry = catalogue_find(spelt);
	return entry ? entry->segment
		     : find_word(settings, ARRAY_SIZE(settings), spelt);
}

bool provider_is_gateway(struct slice name)
{
	return !provider_of_word(name) && !slice_begins(name, CUSTOM_PREFIX) &&
		(slice_contains_ignoring_case(name, "gateway") ||
			slice_is_ignoring_case(name, "cloudflare"));
}
