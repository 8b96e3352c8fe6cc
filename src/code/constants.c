/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/*
 * Words that code has for the names of variables:
 *
 *     const KEY = "NAME"; process.env[KEY]          static KEY: string = "NAME"
 *     KEY = "NAME"                                  os.getenv(KEY)
 *     const key = "NAME"                            os.Getenv(key)
 */

/* How far a type may go that stands between the word and its value. */
#define TYPE_MOST 64

/* Behind ": string =", "=", ":="; 0: nothing is assigned there. */
static size_t value_behind(const struct source *source, size_t at)
{
	size_t most = at + TYPE_MOST;

	at = source_skip_space(source, at);
	if (source_byte(source, at) == ':')
		at++;
	while (at < most &&
		(text_is_name_byte(source_byte(source, at)) ||
			source_byte(source, at) == ' ' ||
			source_byte(source, at) == '.'))
		at++;
	return source_byte(source, at) == '='
		? source_skip_space(source, at + 1)
		: 0;
}

/* "NAME", and no more of it. */
static bool take_text(
	const struct source *source, size_t at, char name[NAME_MOST])
{
	char next;

	if (!source_take_quoted(source, &at, name))
		return false;
	while (source_byte(source, at) == ' ')
		at++;
	next = source_byte(source, at);
	return !next || !strchr("+|?.[%", next);
}

bool take_constant(
	const struct reader *reader, size_t *at, char name[NAME_MOST])
{
	const struct source *source = reader->source;
	const struct slice word = source_word_at(source, *at);
	size_t found = 0;

	if (word.size == 0 || !reader->constants || *reader->constants == 0)
		return false;
	--*reader->constants;
	for (size_t place = 0; source_find(source, word, SIGN_CODE, &place);
		place += word.size) {
		char other[NAME_MOST];
		size_t value = value_behind(source, place + word.size);

		if (value == 0 ||
			text_is_name_byte(
				source_byte(source, place + word.size)) ||
			(place > 0 &&
				text_is_name_byte(source->text[place - 1])) ||
			!take_text(source, value, other))
			continue;
		memcpy(name, other, sizeof(other));
		found++;
	}
	*at += word.size;
	return found == 1;
}
