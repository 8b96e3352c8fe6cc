/* SPDX-License-Identifier: MIT */
#include "profile/detour.h"

#include "base/text.h"

const char *const detour_names[] = {
	"OPENAI_BASE_URL",
	"OPENAI_API_BASE",
	"ANTHROPIC_BASE_URL",
	"AZURE_OPENAI_ENDPOINT",
	"DEEPSEEK_BASE_URL",
	"DEEPSEEK_API_BASE",
	"GOOGLE_GEMINI_BASE_URL",
	"GROQ_BASE_URL",
	"MISTRAL_BASE_URL",
	"MOONSHOT_BASE_URL",
	"OPENROUTER_BASE_URL",
	"XAI_BASE_URL",
	NULL,
};

bool detour_is_elsewhere(const struct profile *profile, const char *address)
{
	for (size_t i = 0; i < profile->route_count; i++)
		if (text_starts_with(address, profile->routes[i].base_url))
			return false;
	return *address != '\0';
}
