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

static bool has_env_by(const char *text, size_t size, char v)
{
	const char *end = text + size;

	for (const char *at = text;
		at < end && (at = memchr(at, v, (size_t)(end - at))); at++)
		if (at - text >= 2 && text_lower(at[-1]) == 'n' &&
			text_lower(at[-2]) == 'e' &&
			may_read(text, size, (size_t)(at - text) - 2))
			return true;
	return false;
}

/* What reads variables without "env" in it. */
static const struct {
	unsigned languages;
	const char *text;
} words[] = {
	{ LANGUAGE_JS, "onfigService" },
	{ LANGUAGE_JS, "validationSchema" },
	{ LANGUAGE_JS, "class-validator" },
	{ LANGUAGE_JS, ".object({" },
	{ LANGUAGE_PYTHON, "BaseSettings" },
	{ LANGUAGE_PYTHON, "decouple import" },
	{ LANGUAGE_PYTHON, "starlette.config" },
	{ LANGUAGE_JAVA, "annotation.Value" },
};

bool source_may_read(const struct source *source)
{
	const struct slice text = { source->text, source->size };

	if (source->language == LANGUAGE_NONE)
		return false;
	if (has_env_by(text.at, text.size, 'v') ||
		has_env_by(text.at, text.size, 'V'))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if ((words[i].languages & source->language) &&
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
