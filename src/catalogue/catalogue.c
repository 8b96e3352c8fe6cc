/* SPDX-License-Identifier: MIT */
#include "catalogue/catalogue.h"

#include "base/text.h"
#include "catalogue/catalogue_internal.h"

#include <string.h>

/* Indexed by enum provider_api. */
static const char *const apis[] = { "openai", "anthropic", "google", "cohere",
	"bedrock", "other" };

const char *provider_api_word(enum provider_api api)
{
	return apis[api];
}

size_t catalogue_count(void)
{
	return catalogue_size;
}

const struct provider *catalogue_at(size_t index)
{
	return &catalogue_entries[index];
}

const struct provider *catalogue_find(const char *name)
{
	bool custom = text_starts_with(name, CUSTOM_PREFIX);
	const char *slug = custom ? name + strlen(CUSTOM_PREFIX) : name;

	for (size_t i = 0; i < catalogue_size; i++) {
		const struct provider *entry = &catalogue_entries[i];
		/* custom-openai is somebody's own provider, not OpenAI. */
		if (text_equal(entry->slug, slug) && (!custom || entry->custom))
			return entry;
	}
	return NULL;
}
