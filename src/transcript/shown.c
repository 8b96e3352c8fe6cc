/* SPDX-License-Identifier: MIT */
#include "transcript/shown_internal.h"

#include "base/attributes.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "transcript/key_place_internal.h"

#include <string.h>

struct value {
	const char *text;
	size_t size;
};

static bool ends(const struct value *value, const char *word)
{
	size_t length = strlen(word);

	if (length > value->size)
		return false;
	for (size_t i = 0; i < length; i++)
		if (text_lower(value->text[value->size - length + i]) !=
			word[i])
			return false;
	return true;
}

static bool begins(const struct value *value, const char *word)
{
	for (size_t i = 0; word[i]; i++)
		if (i >= value->size || text_lower(value->text[i]) != word[i])
			return false;
	return true;
}

/* Providers show the last four characters. */
static bool is_word(const struct value *value, const char *word)
{
	char tail[8] = "**";
	size_t length = strlen(word);

	memcpy(tail + 2, word + length - 4, 5);
	return (value->size == length && ends(value, word)) ||
		ends(value, tail);
}

static bool is_reference(const struct value *value)
{
	static const char *const starts[] = { "$", "process.env", "os.environ",
		"os.getenv", "import.meta", "%", "env:" };

	for (size_t i = 0; i < ARRAY_SIZE(starts); i++)
		if (begins(value, starts[i]))
			return true;
	return ends(value, "*_key") || ends(value, "*key}") ||
		ends(value, "*_key}");
}

static bool is_placeholder(const struct value *value)
{
	return begins(value, "your") || begins(value, "<") ||
		begins(value, "sk-xxx") || ends(value, "*here") ||
		ends(value, "your-api-key") || ends(value, "*here>");
}

/* Whose prefix it is, where it is one provider's alone. */
static const struct provider *issuer_of(const struct value *value)
{
	const struct provider *found = NULL;
	size_t longest = 0;

	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *entry = catalogue_at(i);

		for (size_t j = 0;
			entry->key_prefixes && entry->key_prefixes[j]; j++) {
			const char *prefix = entry->key_prefixes[j];
			size_t length = strlen(prefix);

			/* sk- is everybody's. */
			if (length <= 3 || length <= longest ||
				length > value->size ||
				memcmp(value->text, prefix, length) != 0)
				continue;
			longest = length;
			found = entry;
		}
	}
	return found;
}

static enum shown_kind kind_of(const struct value *value)
{
	const struct key_prefix *prefix =
		key_prefix_find(value->text, value->size);

	if (value->size == 0)
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
	if (begins(value, "bearer"))
		return SHOWN_BEARER;
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
		struct value value = { text + place.start, place.size };

		shown->kind = kind_of(&value);
		if (place.quoted && shown->kind == SHOWN_KEY)
			shown->kind = SHOWN_QUOTED;
		shown->issuer = issuer_of(&value);
		/* "API key: not valid" tells nothing: look on. */
		if (shown->kind != SHOWN_KEY || shown->issuer || place.key)
			return;
		shown->kind = SHOWN_NOTHING;
	}
}
