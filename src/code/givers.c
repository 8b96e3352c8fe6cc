/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/directory.h"

#include <string.h>

/* How far one value goes. */
#define VALUE_MOST 512

/* What stands in front of an object whose members the app finds in its
 * environment, written as a reading is. */
static const struct {
	const char *text;
	bool of_framework; /* in the file of a framework's options alone */
} givers[] = {
	{ "Object.assign ( process.env , {", false },
	{ "process.env = {", false },
	{ "EnvironmentPlugin ( {", false },
	{ "env : {", true },
};

bool path_has_givers(const char *path)
{
	static const char *const names[] = { "next.config.", "nuxt.config." };

	return text_starts_with_one_of(
		path_name(path), names, ARRAY_SIZE(names));
}

/* X: process.env.X only hands it on, and webpack asks for an undefined one. */
static bool is_value(struct slice value, const char *name)
{
	value = slice_trimmed(value);
	return !slice_is(value, "undefined") &&
		!(slice_contains(value, "process.env") &&
			slice_contains(value, name));
}

/* NAME: value, "NAME": value, NAME; up to `end`. */
static void take_member(const struct reader *reader, size_t at, size_t end)
{
	const struct source *source = reader->source;
	struct read read = { .at = at, .given = true };
	bool is_quoted = source_byte(source, at) == '"' ||
		source_byte(source, at) == '\'';

	if (!(is_quoted ? source_take_quoted(source, &at, read.name)
			: source_take_name(source, &at, read.name)))
		return;
	at = source_skip_space(source, at);
	if (at < end && source->text[at] != ':')
		return;
	at += at < end;
	if (is_value((struct slice){ source->text + at,
			     end > at ? end - at : 0 },
		    read.name))
		reader->found(reader->context, &read);
}

static void take_members(const struct reader *reader, size_t at)
{
	const struct source *source = reader->source;
	char next = ',';

	while (next == ',') {
		at = source_skip_space(source, at);
		size_t end = source_expression_end(source, at, VALUE_MOST);
		/* Nor is what is longer looked at once for each object in it.
		 */
		if (end - at >= VALUE_MOST)
			return;
		take_member(reader, at, end);
		next = source_byte(source, end);
		at = end + 1;
	}
}

void find_givers(const struct reader *reader)
{
	const struct source *source = reader->source;

	for (size_t i = 0; i < ARRAY_SIZE(givers); i++) {
		const struct slice key = { givers[i].text,
			strcspn(givers[i].text, " ") };

		if (givers[i].of_framework && !path_has_givers(source->path))
			continue;
		for (size_t at = 0; source_find(source, key, SIGN_CODE, &at);
			at++) {
			size_t end =
				source_pattern_end(source, givers[i].text, at);

			if (end > 0 &&
				(at == 0 ||
					!text_is_name_byte(
						source->text[at - 1])))
				take_members(reader, end);
		}
	}
}
