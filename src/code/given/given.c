/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* A name as people give them: upper case, two characters or more. */
static size_t name_size(const char *text, size_t size)
{
	size_t end = 0;

	while (end < size &&
		(text_is_upper(text[end]) || text[end] == '_' ||
			(end > 0 && text_is_digit(text[end]))))
		end++;
	return end >= 2 && end < NAME_MOST &&
			(end == size || !text_is_name_byte(text[end]))
		? end
		: 0;
}

/* The word before, on the same line: "ARG NAME", "name: NAME". */
static bool is_declared(const char *text, size_t at)
{
	static const char *const words[] = { "ENV", "ARG", "export",
		"name:", "key:", "binding =", "binding=", "binding\":",
		"name =", "name=", "name\":", "set", "readonly", "for", "read",
		"-r", "-a", "-x", "local", "declare", "-gx", "-Ux", "-xg",
		"-xU", "--export", "setx", "SetEnvironmentVariable(" };
	size_t end = at;

	while (end > 0 && strchr("\"' \t", text[end - 1]))
		end--;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t size = strlen(words[i]);

		if (end >= size &&
			memcmp(text + end - size, words[i], size) == 0 &&
			end < at &&
			(end == size ||
				!text_is_name_byte(text[end - size - 1])))
			return true;
	}
	return false;
}

/* Where its value begins; 0: it has none. */
static size_t value_at(const char *text, size_t size, size_t end, bool by_colon)
{
	while (end < size && text[end] != '\0' &&
		strchr("\"' \t?+:", text[end])) {
		if (by_colon && text[end] == ':')
			return end + 1;
		end++;
	}
	return end < size && text[end] == '=' ? end + 1 : 0;
}

/* "${NAME}", "$NAME", VS Code's "${env:NAME}", and what makes it an error where
 * it is not there. */
static bool hands_on(struct slice value, struct slice name)
{
	while (value.size > 0 && strchr("\"' \t", *value.at))
		value = slice_from(value, 1);
	if (!slice_begins(value, "$"))
		return false;
	value = slice_from(value, 1 + (slice_has_at(value, 1, "{")));
	value = slice_from(value, slice_begins(value, "env:") ? 4 : 0);
	return value.size > name.size &&
		memcmp(value.at, name.at, name.size) == 0 &&
		!text_is_name_byte(value.at[name.size]) &&
		!slice_has_at(value, name.size, ":-") &&
		!slice_has_at(value, name.size, "-");
}

static bool gives_at(const struct source *source, size_t at, size_t length)
{
	const struct slice text = source_from(source, 0);
	size_t value = value_at(text.at, text.size, at + length,
		source->language != LANGUAGE_SHELL);

	/* ${NAME:-...} is read, {NAME: ...} is none of it. */
	if (at > 0 &&
		(text.at[at - 1] == '$' ||
			(at > 1 && text.at[at - 1] == '{' &&
				text.at[at - 2] == '$')))
		return false;
	return value > 0 ? !hands_on(slice_from(text, value),
				   (struct slice){ text.at + at, length })
			 : is_declared(text.at, at);
}

void text_gives(const struct source *source,
	void (*found)(void *context, const char *name), void *context)
{
	const char *text = source->text;

	for (size_t at = 0; at < source->size;) {
		size_t length = at > 0 && text_is_name_byte(text[at - 1])
			? 0
			: name_size(text + at, source->size - at);
		char name[NAME_MOST];

		if (length == 0) {
			at++;
			continue;
		}
		memcpy(name, text + at, length);
		name[length] = '\0';
		if (gives_at(source, at, length))
			found(context, name);
		at += length;
	}
}
