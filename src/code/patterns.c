/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* How far back the names of a destructuring may begin. */
#define PATTERN_MOST 4096

/* A, B: b, C = 1 */
static void take_member(const struct reader *reader, size_t from, size_t to)
{
	const struct source *source = reader->source;
	struct read read = { .at = source_skip_space(source, from) };
	size_t at = read.at;
	size_t own = at; /* the variable of the code */

	if (!source_take_name(source, &at, read.name))
		return;
	if (source_byte(source, source_skip_space(source, at)) == ':')
		own = source_skip_space(
			source, source_skip_space(source, at) + 1);
	for (at = own; text_is_name_byte(source_byte(source, at));)
		at++;
	read.asked = (own < to && memchr(source->text + own, '=', to - own)) ||
		source_tests(source,
			(struct slice){ source->text + own, at - own },
			to) == DOUBT_SPARED;
	reader->found(reader->context, &read);
}

/* Up to the "}" at `close`. */
static void take_pattern(const struct reader *reader, size_t close)
{
	const struct source *source = reader->source;
	size_t open = close;
	size_t most = close > PATTERN_MOST ? close - PATTERN_MOST : 0;

	while (open > most && source->text[open] != '{')
		open--;
	if (source->text[open] != '{')
		return;
	for (size_t at = open + 1; at < close;) {
		size_t end = at;

		while (end < close && source->text[end] != ',')
			end++;
		take_member(reader, at, end);
		at = end + 1;
	}
}

/* In front of the place: "} =", or "} from" and a quote. */
static void take_before(
	const struct reader *reader, size_t at, const char *word)
{
	const struct source *source = reader->source;
	size_t size = strlen(word);

	at = source_skip_space_back(source, at);
	if (at < size || memcmp(source->text + at - size, word, size) != 0)
		return;
	at = source_skip_space_back(source, at - size);
	if (at > 0 && source->text[at - 1] == '}')
		take_pattern(reader, at - 1);
}

static void find_all(const struct reader *reader, const char *object,
	enum sign sign, const char *word)
{
	const struct source *source = reader->source;
	const char *at = source->text;
	const char *end = source->text + source->size;

	for (; at < end &&
		(at = memmem(at, (size_t)(end - at), object, strlen(object)));
		at++) {
		size_t place = (size_t)(at - source->text);
		char behind = source_byte(source, place + strlen(object));

		if (source->signs[place] != sign ||
			(sign == SIGN_CODE &&
				(text_is_name_byte(behind) ||
					(behind && strchr(".[", behind)))))
			continue;
		take_before(reader, place, word);
	}
}

void find_patterns(const struct reader *reader)
{
	static const char *const objects[] = { "process.env", "import.meta.env",
		"Bun.env" };
	static const char *const modules[] = { "\"$env/static/",
		"'$env/static/", "\"astro:env/", "'astro:env/" };

	for (size_t i = 0; i < ARRAY_SIZE(objects); i++)
		find_all(reader, objects[i], SIGN_CODE, "=");
	for (size_t i = 0; i < ARRAY_SIZE(modules); i++)
		find_all(reader, modules[i], SIGN_STRING, "from");
}
