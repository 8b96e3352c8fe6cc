/* SPDX-License-Identifier: MIT */
#include "catalogue/catalogue.h"

#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue_internal.h"

#include <stdlib.h>
#include <string.h>

/* Indexed by enum provider_api. */
static const char *const apis[] = { "openai", "anthropic", "google", "cohere",
	"bedrock", "other" };

const char *provider_api_word(enum provider_api api)
{
	return apis[api];
}

struct catalogue *catalogue_load(void)
{
	return memory_new(sizeof(struct catalogue));
}

void catalogue_free(struct catalogue *catalogue)
{
	free(catalogue);
}

size_t catalogue_count(const struct catalogue *catalogue)
{
	(void)catalogue;
	return catalogue_size;
}

const struct provider *catalogue_at(
	const struct catalogue *catalogue, size_t index)
{
	(void)catalogue;
	return &catalogue_entries[index];
}

const struct provider *catalogue_find(
	const struct catalogue *catalogue, const char *name)
{
	(void)catalogue;
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
