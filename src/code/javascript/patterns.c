/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* How far back the names of a destructuring may begin. */
#define PATTERN_MOST 4096

/* A, B: b, C = 1, D: _d */
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
	const struct slice variable = source_word_at(source, own);
	/* What a list only leaves out is called so: { A: _a, ...rest }. */
	read.asked = source_byte(source, own) == '_' ||
		(own < to && memchr(source->text + own, '=', to - own)) ||
		source_tests(source, variable, to) == DOUBT_SPARED;
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

/* In front of the place, perhaps behind a quote: "} =" or "} from". */
static void take_before(
	const struct reader *reader, size_t at, const char *word)
{
	const struct source *source = reader->source;
	size_t size = strlen(word);

	at -= at > 0 && strchr("\"'", source->text[at - 1]);
	at = source_skip_space_back(source, at);
	if (at < size || memcmp(source->text + at - size, word, size) != 0)
		return;
	at = source_skip_space_back(source, at - size);
	if (source_before(source, at) == '}')
		take_pattern(reader, at - 1);
}

void find_destructuring(const struct reader *reader, size_t at, size_t end)
{
	char behind = source_byte(reader->source, end);

	if (!text_is_name_byte(behind) && !(behind && strchr(".[", behind)))
		take_before(reader, at, "=");
}

void find_imports(const struct reader *reader)
{
	static const struct {
		const char *before, *text;
	} modules[] = { { "$", "env/static/" }, { "astro:", "env/" } };
	const struct source *source = reader->source;

	for (size_t i = 0; i < source->env_count; i++)
		for (size_t j = 0; j < ARRAY_SIZE(modules); j++) {
			size_t at = source->envs[i];

			if (slice_begins(
				    source_from(source, at), modules[j].text) &&
				source_pattern_before(
					source, modules[j].before, &at) &&
				source->signs[at] == SIGN_STRING)
				take_before(reader, at, "from");
		}
}

/* Up to its value's end, which hands the same name on or gives it. */
static void take_define(const struct reader *reader, size_t at, size_t name_at)
{
	const struct source *source = reader->source;
	struct read read = { .at = name_at, .given = true };
	size_t end = name_at;

	if (!source_take_name(source, &end, read.name) ||
		!strchr("\"'", source_byte(source, end)))
		return;
	end = source_skip_space(source, end + 1);
	if (source_byte(source, end) != ':')
		return;
	size_t last = source_expression_end(source, end, PATTERN_MOST);
	const struct slice value = { source->text + end, last - end };
	OWNED char *own = memory_copy(
		source->text + at, name_at - at + strlen(read.name));
	if (!slice_contains(value, own))
		reader->found(reader->context, &read);
}

void find_defines(const struct reader *reader)
{
	static const char *const objects[] = { "process.", "import.meta." };
	const struct source *source = reader->source;

	for (size_t i = 0; i < source->env_count; i++)
		for (size_t j = 0; j < ARRAY_SIZE(objects); j++) {
			const size_t end = source->envs[i] + strlen("env.");
			size_t at = source->envs[i];

			if (slice_begins(source_from(source, at), "env.") &&
				source_pattern_before(
					source, objects[j], &at) &&
				source->signs[at] == SIGN_STRING && at > 0 &&
				strchr("\"'", source->text[at - 1]))
				take_define(reader, at, end);
		}
}
