/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

#define CALLEE_MOST 64

bool callee_names_environment(struct slice callee)
{
	for (size_t at = 0; at < callee.size; at++) {
		const struct slice rest = slice_from(callee, at);

		if (!slice_begins_ignoring_case(rest, "env") ||
			slice_begins_ignoring_case(rest, "envel"))
			continue;
		return !slice_begins_ignoring_case(rest, "environment") ||
			slice_begins_ignoring_case(rest, "environmentvar") ||
			slice_begins_ignoring_case(rest, "environment.");
	}
	return false;
}

static bool is_callee_byte(char byte)
{
	return text_is_name_byte(byte) || (byte && strchr(".:!?", byte));
}

struct slice source_callee(const struct source *source, size_t open)
{
	size_t end = source_skip_space_back(source, open);
	size_t start = end;

	if (source_before(source, end) == '>')
		while (start > 0 && end - start < CALLEE_MOST &&
			source->text[--start] != '<')
			;
	end = start;
	while (start > 0 && end - start < CALLEE_MOST &&
		source_is_code(source, start - 1) &&
		is_callee_byte(source->text[start - 1]))
		start--;
	/* What stands in front of it is none of it: !getenv(, a ? env( */
	while (start < end && !text_is_name_byte(source->text[start]))
		start++;
	return (struct slice){ source->text + start, end - start };
}

struct slice callee_verb(struct slice callee)
{
	size_t at = callee.size;

	while (at > 0 && callee.at[at - 1] != '.' && callee.at[at - 1] != ':')
		at--;
	return slice_from(callee, at);
}

bool callee_has_any(struct slice callee, const char *const *words, size_t count)
{
	return slice_fits_any(
		callee, slice_contains_ignoring_case, words, count);
}

/* What helpers are called that take a value, and a default behind it. */
static const char *const takers[] = { "env", "default", "fallback", "coalesce",
	"num", "int", "bool", "float", "list", "duration", "parse", "defined" };
/* Their second argument is another one: a radix, or whatever. */
static const char *const other_takers[] = { "parse", "parseint", "parsefloat",
	"int", "atoi", "parseuint", "parsebool", "print", "printf", "sprintf" };

static bool takes_default(struct slice callee)
{
	const struct slice verb = callee_verb(callee);

	if (slice_fits_any(verb, slice_is_ignoring_case, other_takers,
		    ARRAY_SIZE(other_takers)))
		return false;
	return callee_has_any(verb, takers, ARRAY_SIZE(takers)) ||
		slice_ends(verb, "Or") || slice_is(verb, "or");
}

/* A flag is off where it is not there: truthy(process.env.NAME). */
static bool takes_flag(struct slice callee)
{
	return callee_has_any(callee_verb(callee),
		       WORDS("bool", "truthy", "istrue", "enabled", "flag",
			       "isset", "isdefined", "ison")) ||
		slice_is(callee_verb(callee), "test"); /* /on/.test( */
}

/* parseEnvNumber(process.env.NAME, 10), cmp.Or(os.Getenv("NAME"), "a") */
bool source_default_behind(const struct source *source, size_t at, size_t end)
{
	size_t open = source_skip_space_back(source, at);
	size_t comma = source_skip_space(source, end);

	/* os.environ["NAME"] of Python ends it first. */
	if (source_before(source, open) != '(' ||
		(source->language == LANGUAGE_PYTHON &&
			source->text[end - 1] == ']'))
		return false;
	const struct slice callee = source_callee(source, open - 1);
	return takes_flag(callee) ||
		(source_byte(source, comma) == ',' &&
			source_byte(source,
				source_skip_space(source, comma + 1)) != ')' &&
			takes_default(callee));
}
