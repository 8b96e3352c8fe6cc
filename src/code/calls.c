/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/*
 * A call of whatever has "env" in its name, with a name in quotes as its first
 * argument: getenv("X"), os.environ.get("X"), ENV.fetch("X"), env("X"),
 * mustGetEnv("X"), env.require("X"), std::env::var("X"). So helpers that people
 * write need no list.
 */

/* In the last part of the callee. A helper of people's own that reads a flag
 * takes one that is not there as off; env.bool( of a library does not. */
static const char *const asking[] = { "has", "key?", "lookup", "option",
	"default", "include", "exist", "bind", "boolean", "boolenv", "envbool",
	"bool_env", "env_bool", "flag", "config" };
/* isSet, IsOn; and not list. */
static bool asks(struct slice verb)
{
	return slice_begins_ignoring_case(verb, "is") ||
		callee_has_any(verb, asking, ARRAY_SIZE(asking));
}

/* These only hand a name about: requiredEnv.push("NAME"),
 * MissingEnvError("NAME") */
static const char *const naming[] = { "push", "append", "concat", "error",
	"exception" };
/* How far such an argument goes: its objects, and the name. */
#define SAME_MOST ((size_t)256)

/* requireEnv("NAME", process.env.NAME): the same again is no default. */
static bool is_same(const struct source *source, size_t at, const char *name)
{
	size_t end = source_skip_space_back(
		source, source_expression_end(source, at, SAME_MOST));

	return source_ends_with_any(source, end, &name, 1);
}

/* "NAME", or a word that stands for it: in Go of any case. */
static bool begins_name(const struct source *source, size_t at)
{
	char byte = source_byte(source, at);

	return byte &&
		(strchr("\"'`", byte) || text_is_upper(byte) ||
			(source->language == LANGUAGE_GO &&
				text_is_lower(byte)));
}

static void take_call(const struct reader *reader, size_t open)
{
	const struct source *source = reader->source;
	size_t end = source_skip_space(source, open + 1);
	struct read read = { .given = false };
	bool more;

	/* Most calls have none. */
	if (!begins_name(source, end))
		return;
	struct slice callee = source_callee(source, open);
	struct slice verb = callee_verb(callee);
	size_t start = (size_t)(callee.at - source->text);
	if (callee.size < 3 || !callee_names_environment(callee) ||
		callee_has_any(verb, naming, ARRAY_SIZE(naming)) ||
		!(source_take_quoted(source, &end, read.name) ||
			take_constant(reader, &end, read.name)) ||
		!source_take_rest(source, &end, &more))
		return;
	read.at = start;
	enum doubt doubt = source_doubt(source, start, end);
	more = more && !is_same(source, end, read.name);
	read.asked = more || doubt == DOUBT_SPARED ||
		(doubt == DOUBT_NONE && asks(verb));
	read.given = callee_has_any(verb,
		WORDS("set", "put", "stub", "del", "clear", "load", "expand",
			"replace", "mock", "remove", "with"));
	/* A framework's settings name what only some of its drivers need. */
	if (source->language == LANGUAGE_PHP && platform_offers(read.name))
		read.asked = true;
	reader->found(reader->context, &read);
}

void find_calls(const struct reader *reader)
{
	const struct source *source = reader->source;
	size_t last = 0;

	for (size_t i = 0; i < source->env_count; i++) {
		const size_t at = source->envs[i];
		const size_t open = at +
			slice_find(
				slice_first(source_from(source, at), CALL_NEAR),
				'(');

		/* Of a call that names it twice once. */
		if (open > last && source_byte(source, open) == '(' &&
			source_is_code(source, open))
			take_call(reader, open);
		last = open > last ? open : last;
	}
}
