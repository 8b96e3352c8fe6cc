/* SPDX-License-Identifier: MIT */
#include "catalogue/catalogue.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

/*
 * Families of models that their makers give to few others: a name that begins
 * so is known, though the catalogue has no such example. First who made them.
 */
static const struct {
	const char *begins, *but_not;
	const char *providers[6];
} families[] = {
	{ "gpt-", "gpt-oss", { "openai", "azure-openai", "compat", "poe" } },
	{ "claude-", NULL,
		{ "anthropic", "aws-bedrock", "google-vertex-ai", "compat",
			"poe" } },
	{ "gemini-", NULL,
		{ "google-ai-studio", "google-vertex-ai", "compat", "poe" } },
};

/* NULL where the name is of no family and nobody's, or of a family that `entry`
 * has. */
static const struct provider *family_owner(const struct provider *entry,
	const char *model, const struct provider *owner)
{
	for (size_t i = 0; i < ARRAY_SIZE(families); i++) {
		const char *but_not = families[i].but_not;
		if (!text_starts_with(model, families[i].begins) ||
			(but_not && text_starts_with(model, but_not)))
			continue;
		for (size_t j = 0; families[i].providers[j]; j++)
			if (text_equal(families[i].providers[j], entry->slug))
				return NULL;
		return owner ? owner : catalogue_find(families[i].providers[0]);
	}
	return owner;
}

/* "gpt" of gpt-5-mini, "llama" of llama3. */
static size_t family_size(const char *model)
{
	size_t size = 0;

	while (text_is_letter(model[size]))
		size++;
	return size;
}

bool catalogue_is_like_model(const char *name)
{
	const size_t size = family_size(name);

	if (strpbrk(name, "/@:"))
		return true;
	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *entry = catalogue_at(i);
		for (size_t j = 0; entry->example_models[j]; j++) {
			const char *model = entry->example_models[j];
			const char *maker = strrchr(model, '/');
			model = maker ? maker + 1 : model;
			if (size > 0 && family_size(model) == size &&
				strncmp(model, name, size) == 0)
				return true;
		}
	}
	return false;
}

const struct provider *catalogue_other_model_owner(
	const struct provider *entry, const char *model)
{
	const struct provider *owner = NULL;

	/* Both have everybody's, with the maker's name in front. */
	if (text_equal(entry->slug, "compat") || strchr(model, '/'))
		return NULL;
	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *other = catalogue_at(i);
		for (size_t j = 0; other->example_models[j]; j++) {
			if (!text_equal(other->example_models[j], model))
				continue;
			if (other == entry)
				return NULL;
			owner = owner ? owner : other;
		}
	}
	return family_owner(entry, model, owner);
}
