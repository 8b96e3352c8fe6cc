/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* Most of a project's files read nothing: what these passes take is what the
 * check takes. So they look for bytes that are rare. */

/* Whether "env" at `at` may read something: behind it stands what goes on as a
 * call, a member, a text or a longer name does. */
static bool may_read(const char *text, size_t size, size_t at)
{
	const struct slice rest = { text + at + 3, size - at - 3 };
	const char next = rest.size > 0 ? *rest.at : '\0';

	return next && strchr("([.:!?/\"'=,;}) \tiVOSc_\n", next) &&
		(!slice_begins_ignoring_case(rest, "ironment") ||
			slice_begins_ignoring_case(rest, "ironmentvar"));
}

static bool is_env(const struct slice text, size_t v)
{
	return v >= 2 && text_lower(text.at[v - 1]) == 'n' &&
		text_lower(text.at[v - 2]) == 'e' &&
		may_read(text.at, text.size, v - 2);
}

/* What reads variables without "env" in it, and where its first "v" or "V" is,
 * if it has one. */
#define NO_V ((size_t)-1)
static const struct {
	unsigned languages;
	const char *text;
	size_t v;
} words[] = {
	{ LANGUAGE_JS, "onfigService", 8 },
	{ LANGUAGE_JS, "validationSchema", 0 },
	{ LANGUAGE_JS, "class-validator", 6 },
	{ LANGUAGE_JAVA, "annotation.Value", 11 },
	{ LANGUAGE_JS, ".object({", NO_V },
	{ LANGUAGE_PYTHON, "BaseSettings", NO_V },
	{ LANGUAGE_PYTHON, "decouple import", NO_V },
	{ LANGUAGE_PYTHON, "starlette.config", NO_V },
};

static bool is_word_by(
	const struct source *source, size_t v, const char *word, size_t in_word)
{
	const struct slice text = { source->text, source->size };

	/* Most are none by the byte behind it. */
	return v >= in_word && v + 1 < text.size &&
		text.at[v + 1] == word[in_word + 1] &&
		slice_has_at(text, v - in_word, word);
}

/* All of it that has such a byte, in one pass. */
static bool has_reading_by(const struct source *source, char byte)
{
	const struct slice text = { source->text, source->size };

	for (size_t v = 0; v < text.size; v++) {
		v += slice_find(slice_from(text, v), byte);
		if (v < text.size && is_env(text, v))
			return true;
		for (size_t i = 0; i < ARRAY_SIZE(words); i++)
			if ((words[i].languages & source->language) &&
				words[i].v != NO_V &&
				is_word_by(
					source, v, words[i].text, words[i].v))
				return true;
	}
	return false;
}

bool source_may_read(const struct source *source)
{
	const struct slice text = { source->text, source->size };

	if (source->language == LANGUAGE_NONE)
		return false;
	if (has_reading_by(source, 'v') || has_reading_by(source, 'V'))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if ((words[i].languages & source->language) &&
			words[i].v == NO_V &&
			slice_contains(text, words[i].text))
			return true;
	return false;
}

/* Long enough, and without a blank: most texts in quotes are not. */
static bool may_be_key(const char *at, const char *end)
{
	const char quote = *at++;

	if (end - at < KEY_LEAST)
		return false;
	for (size_t i = 0; i < KEY_LEAST; i++)
		if (at[i] <= ' ' || at[i] == quote)
			return false;
	return true;
}

void text_keys(const char *text, size_t size,
	void (*found)(void *context, size_t at, const char *prefix),
	void *context)
{
	static const char quotes[] = { '"', '\'', '`' };
	const char *end = text + size;

	for (size_t i = 0; i < ARRAY_SIZE(quotes); i++)
		for (const char *at = text; at < end &&
			(at = memchr(at, quotes[i], (size_t)(end - at)));
			at++) {
			const char *prefix = may_be_key(at, end)
				? text_key(text, size, (size_t)(at - text))
				: NULL;

			if (prefix)
				found(context, (size_t)(at - text), prefix);
		}
}
