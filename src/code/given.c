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
		"name:", "key:", "-", "set", "readonly", "for", "read", "-r",
		"-a", "-x", "local", "declare" };
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

/* In a list of turbo.json or a type of its own: "NAME", */
static bool is_set(const char *text, size_t size, size_t end, bool by_colon)
{
	while (end < size && strchr("\"' \t?+:", text[end]) &&
		text[end] != '\0') {
		if (by_colon && (text[end] == ':' || text[end] == '"'))
			return true;
		end++;
	}
	return end < size && text[end] == '=';
}

void text_gives(const char *text, size_t size, bool by_colon,
	void (*found)(void *context, const char *name), void *context)
{
	for (size_t at = 0; at < size;) {
		size_t length = at > 0 && text_is_name_byte(text[at - 1])
			? 0
			: name_size(text + at, size - at);
		char name[NAME_MOST];

		if (length == 0) {
			at++;
			continue;
		}
		memcpy(name, text + at, length);
		name[length] = '\0';
		if (is_set(text, size, at + length, by_colon) ||
			is_declared(text, at))
			found(context, name);
		at += length;
	}
}
