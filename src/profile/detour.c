/* SPDX-License-Identifier: MIT */
#include "profile/detour.h"

#include "base/text.h"

#include <string.h>

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

bool detour_is_name(const char *name)
{
	for (size_t i = 0; detour_names[i]; i++)
		if (text_equal(detour_names[i], name))
			return true;
	return false;
}

/* "https://gateway.ai.cloudflare.com/v1/${ACCOUNT}/gw/openai": as far as it is
 * written out, with its host, it is the route's. */
static bool begins_like(const char *address, const char *base)
{
	const char *reference = strchr(address, '$');
	const char *scheme = strstr(address, "://");
	const char *path = scheme ? strchr(scheme + 3, '/') : NULL;

	return reference && path && path < reference &&
		strncmp(address, base, (size_t)(reference - address)) == 0;
}

bool detour_is_elsewhere(const struct profile *profile, const char *address)
{
	for (size_t i = 0; i < profile->route_count; i++)
		if (text_starts_with(address, profile->routes[i].base_url) ||
			begins_like(address, profile->routes[i].base_url))
			return false;
	return *address != '\0';
}
