/* SPDX-License-Identifier: MIT */
#include "transcript/shown_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "transcript/key_place_internal.h"

#include <string.h>

/* Providers show the last four characters. */
static bool is_word(struct slice value, const char *word)
{
	char tail[8] = "**";
	size_t length = strlen(word);

	memcpy(tail + 2, word + length - 4, 5);
	return (value.size == length &&
		       slice_ends_ignoring_case(value, word)) ||
		slice_ends_ignoring_case(value, tail);
}

static bool is_reference(struct slice value)
{
	return slice_fits_any(value, slice_begins_ignoring_case,
		       WORDS("$", "process.env", "os.environ", "os.getenv",
			       "import.meta", "%", "env:")) ||
		slice_ends_ignoring_case(value, "_key") ||
		slice_ends_ignoring_case(value, "*key}") ||
		slice_ends_ignoring_case(value, "*_key}");
}

static bool is_placeholder(struct slice value)
{
	return slice_begins_ignoring_case(value, "your") ||
		slice_begins_ignoring_case(value, "<") ||
		slice_begins_ignoring_case(value, "sk-xxx") ||
		slice_ends_ignoring_case(value, "*here") ||
		slice_ends_ignoring_case(value, "your-api-key") ||
		slice_ends_ignoring_case(value, "*here>");
}

/* Whose prefix it is, where it is one provider's alone. */
static const struct provider *issuer_of(struct slice value)
{
	const struct provider *found = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *entry = catalogue_at(i);

		for (size_t j = 0;
			entry->key_prefixes && entry->key_prefixes[j]; j++) {
			const char *prefix = entry->key_prefixes[j];
			size_t length = strlen(prefix);

			/* Many providers' keys begin with sk-. */
			if (length <= 3 || length <= longest ||
				length > value.size ||
				memcmp(value.at, prefix, length) != 0)
				continue;
			longest = length;
			found = entry;
		}
	}
	return found;
}

static enum shown_kind kind_of(struct slice value)
{
	const struct key_prefix *prefix = key_prefix_find(value.at, value.size);

	if (value.size == 0)
		return SHOWN_EMPTY;
	if (is_word(value, "undefined"))
		return SHOWN_UNDEFINED;
	if (is_word(value, "null"))
		return SHOWN_NULL;
	if (is_word(value, "none"))
		return SHOWN_NONE;
	if (is_placeholder(value))
		return SHOWN_PLACEHOLDER;
	if (is_reference(value))
		return SHOWN_REFERENCE;
	if (slice_begins_ignoring_case(value, "bearer"))
		return SHOWN_BEARER;
	if (slice_begins_ignoring_case(value, "https:") ||
		slice_begins_ignoring_case(value, "http:"))
		return SHOWN_ADDRESS;
	if (prefix && prefix->issuer == ISSUER_CLOUDFLARE)
		return SHOWN_TOKEN;
	return SHOWN_KEY;
}

void shown_read(const char *text, size_t size, struct shown_key *shown)
{
	struct key_place place;

	*shown = (struct shown_key){ 0 };
	for (size_t at = 0; key_place_find(text, size, at, &place);
		at = place.start + place.size) {
		struct slice value = { text + place.start, place.size };

		shown->kind = kind_of(value);
		if (place.quoted && shown->kind == SHOWN_KEY)
			shown->kind = SHOWN_QUOTED;
		/* Cut off there, or taken out. */
		if (shown->kind == SHOWN_EMPTY &&
			(place.start >= size || text[place.start] == '\n'))
			shown->kind = SHOWN_NOTHING;
		shown->issuer = issuer_of(value);
		/* "API key: not valid" shows no key: search on. */
		if (shown->kind != SHOWN_NOTHING &&
			(shown->kind != SHOWN_KEY || shown->issuer ||
				place.key))
			return;
		shown->kind = SHOWN_NOTHING;
	}
}
