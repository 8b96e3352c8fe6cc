/* SPDX-License-Identifier: MIT */
#include "catalogue/catalogue_internal.h"

#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"

#include <string.h>

/* How well a name matches what was typed; 0: it does not. */
enum likeness {
	UNLIKE,
	INSIDE,
	WORD_START, /* "kimi" in "Moonshot AI (Kimi)" */
	START,
	WHOLE,
};

static enum likeness compare(const char *name, const char *part)
{
	enum likeness best = UNLIKE;

	if (text_equal_ignoring_case(name, part))
		return WHOLE;
	if (text_starts_with_ignoring_case(name, part))
		return START;
	for (const char *at = name + 1; at[-1] && *at; at++) {
		if (!text_starts_with_ignoring_case(at, part))
			continue;
		if (!text_is_alphanumeric(at[-1]) && !text_is_wide(at[-1]))
			return WORD_START;
		best = INSIDE;
	}
	return best;
}

static enum likeness compare_entry(
	const struct provider *entry, const char *part)
{
	const char *const own[] = { entry->slug, entry->segment, entry->title };
	enum likeness best = UNLIKE;

	for (size_t i = 0; i < ARRAY_SIZE(own); i++) {
		enum likeness likeness = compare(own[i], part);
		best = likeness > best ? likeness : best;
	}
	for (size_t i = 0; entry->names[i]; i++) {
		enum likeness likeness = compare(entry->names[i], part);
		best = likeness > best ? likeness : best;
	}
	return best;
}

size_t catalogue_search(
	const char *part, const struct provider **found, size_t limit)
{
	size_t count = 0;

	for (int wanted = WHOLE; wanted > UNLIKE; wanted--) {
		for (size_t i = 0; i < catalogue_size; i++) {
			const struct provider *entry = &catalogue_entries[i];
			if (count < limit &&
				compare_entry(entry, part) ==
					(enum likeness)wanted)
				found[count++] = entry;
		}
	}
	return count;
}

bool catalogue_has_variable(const struct provider *entry, const char *variable)
{
	if (text_equal_or_null(entry->key_env, variable))
		return true;
	for (size_t i = 0; entry->key_env_alternatives[i]; i++)
		if (text_equal(entry->key_env_alternatives[i], variable))
			return true;
	return false;
}

/* A key without a known prefix can be of any provider. */
static bool may_have_key(
	const struct provider *entry, const char *key, size_t size)
{
	const struct key_prefix *prefix = key_prefix_find(key, size);

	for (size_t i = 0; entry->key_prefixes[i]; i++) {
		if (slice_begins((struct slice){ key, size },
			    entry->key_prefixes[i]))
			return true;
	}
	return !entry->key_prefixes[0] || !prefix ||
		prefix->issuer != ISSUER_PROVIDER;
}

/* How much of the key's front is a prefix of this provider's own. "sk-" is
 * nobody's: half of all providers imitate it. */
static size_t own_prefix(
	const struct provider *entry, const char *key, size_t size)
{
	size_t longest = 0;

	for (size_t i = 0; entry->key_prefixes[i]; i++) {
		size_t length = strlen(entry->key_prefixes[i]);
		if (length > longest &&
			!text_equal(entry->key_prefixes[i], "sk-") &&
			slice_begins((struct slice){ key, size },
				entry->key_prefixes[i]))
			longest = length;
	}
	return longest;
}

const struct provider *catalogue_find_by_value(const char *key, size_t size)
{
	const struct provider *owner = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < catalogue_size; i++) {
		size_t length = own_prefix(&catalogue_entries[i], key, size);
		if (length > longest) {
			longest = length;
			owner = &catalogue_entries[i];
		}
	}
	return owner;
}

const struct provider *catalogue_other_owner(
	const struct provider *entry, const char *key, size_t size)
{
	const struct provider *owner = catalogue_find_by_value(key, size);

	/* Behind compat it may be anybody's. */
	if (text_equal(entry->slug, "compat") || !owner ||
		own_prefix(owner, key, size) <= own_prefix(entry, key, size))
		return NULL;
	/* What has the same variable is another offer of the same provider. */
	return text_equal_or_null(owner->key_env, entry->key_env) ? NULL
								  : owner;
}

const struct provider *catalogue_find_by_key(
	const char *variable, const char *key, size_t size)
{
	const struct provider *first = NULL;

	for (size_t i = 0; i < catalogue_size; i++) {
		const struct provider *entry = &catalogue_entries[i];
		if (!catalogue_has_variable(entry, variable))
			continue;
		if (may_have_key(entry, key, size))
			return entry;
		if (!first)
			first = entry;
	}
	return first;
}

const char *catalogue_nearest(const char *slug)
{
	size_t room = 0;
	size_t count = 0;
	const char *nearest = NULL;

	for (size_t i = 0; i < catalogue_size; i++) {
		room += 2;
		for (size_t j = 0; catalogue_entries[i].names[j]; j++)
			room++;
	}
	OWNED const char **candidates =
		memory_array(room + 1, sizeof(*candidates));
	OWNED const char **slugs = memory_array(room + 1, sizeof(*slugs));
	for (size_t i = 0; i < catalogue_size; i++) {
		const struct provider *entry = &catalogue_entries[i];
		candidates[count] = entry->slug;
		slugs[count++] = entry->slug;
		if (entry->custom) {
			candidates[count] = entry->segment;
			slugs[count++] = entry->slug;
		}
		for (size_t j = 0; entry->names[j]; j++) {
			candidates[count] = entry->names[j];
			slugs[count++] = entry->slug;
		}
	}
	const char *match = text_nearest(slug, candidates);
	for (size_t i = 0; match && i < count && !nearest; i++)
		if (candidates[i] == match)
			nearest = slugs[i];
	return nearest;
}
