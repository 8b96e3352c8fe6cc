/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* Texts as readings have them, beside a source. */

/* How long the type of a cast may be. */
#define CAST_MOST 80

/* <string>, <Config, true> */
static size_t skip_types(const struct source *source, size_t at)
{
	size_t end = at;

	if (source_byte(source, at) != '<')
		return at;
	while (end < source->size && !strchr(">\n(", source->text[end]))
		end++;
	return source_byte(source, end) == '>' ? end + 1 : at;
}

/* "NAME", and what else a call is given: *more. */
static bool take_arguments(const struct source *source, size_t *at,
	char name[NAME_MOST], bool *more)
{
	return source_take_quoted(source, at, name) &&
		source_take_rest(source, at, more);
}

/* Past "as ...)" of TypeScript, which ends an object in brackets. */
static size_t skip_object_cast(const struct source *source, size_t at)
{
	const struct slice rest = source_from(source, at);
	const struct slice cast = slice_first(
		rest, slice_find(slice_first(rest, CAST_MOST), ')'));

	return source_has_word(source, at, "as") && cast.size < CAST_MOST &&
			slice_find(cast, '\n') == cast.size
		? source_skip_space(source, at + cast.size + 1)
		: at;
}

/* .NAME, ?.NAME, ["NAME"], ?.[NAME], !.NAME */
static bool take_member(
	const struct reader *reader, size_t *at, char name[NAME_MOST])
{
	const struct source *source = reader->source;
	size_t next = source_skip_space(source, *at);

	next = skip_object_cast(source, next);
	next += source_byte(source, next) == '!';
	bool is_asked = source_byte(source, next) == '?';
	next += is_asked;
	bool has_dot = source_byte(source, next) == '.';
	next = source_skip_space(source, next + has_dot);
	if (source_byte(source, next) != '[') {
		*at = next;
		return has_dot && source_take_name(source, at, name);
	}
	next = source_skip_space(source, next + 1);
	if (has_dot != is_asked ||
		!(source_take_quoted(source, &next, name) ||
			take_constant(reader, &next, name)))
		return false;
	next = source_skip_space(source, next);
	*at = next + 1;
	return source_byte(source, next) == ']';
}

static bool take_token(const struct reader *reader, char token, size_t *at,
	struct match *match)
{
	const struct source *source = reader->source;

	switch (token) {
	case 'n':
		return source_take_name(source, at, match->name);
	case 'm':
		return take_member(reader, at, match->name);
	case 's':
		return source_take_quoted(source, at, match->name) ||
			take_constant(reader, at, match->name);
	case 't':
		*at = skip_types(source, *at);
		return true;
	default:
		return take_arguments(source, at, match->name, &match->more);
	}
}

bool source_matches(const struct reader *reader, const char *pattern, size_t at,
	struct match *match)
{
	const struct source *source = reader->source;

	match->more = false;
	for (; *pattern; pattern++) {
		if (*pattern == ' ') {
			at = source_skip_space(source, at);
		} else if (*pattern == '%') {
			if (!take_token(reader, *++pattern, &at, match))
				return false;
		} else if (source_byte(source, at) == *pattern) {
			at++;
		} else {
			return false;
		}
	}
	match->end = at;
	return true;
}

size_t source_pattern_end(
	const struct source *source, const char *pattern, size_t at)
{
	const struct reader reader = { .source = source };
	struct match match;

	return source_matches(&reader, pattern, at, &match) ? match.end : 0;
}

bool source_pattern_before(
	const struct source *source, const char *pattern, size_t *at)
{
	for (size_t i = strlen(pattern); i > 0; i--) {
		if (pattern[i - 1] == ' ')
			*at = source_skip_space_back(source, *at);
		else if (*at > 0 && source->text[*at - 1] == pattern[i - 1])
			--*at;
		else
			return false;
	}
	return true;
}
