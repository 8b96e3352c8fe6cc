/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "os/directory.h"

/* How far one value goes. */
#define VALUE_MOST 512

/* An object whose members the app finds in its environment, written as a
 * reading is: what stands in front of "env", and from there on. */
static const struct {
	const char *before, *text;
	bool of_others; /* where the file has one of `starters` */
} givers[] = {
	{ "Object.assign ( process .", "env , {", false },
	{ "process .", "env = {", false },
	{ "process.", "env' : {", false }, /* webpack puts it in its place */
	{ "process.", "env\" : {", false },
	{ "", "env : {", true },
};
/* What starts a program. */
static const char *const starters[] = { "child_process", "execa", "spawn(",
	"fork(", "exec(", "new Worker(" };
/* The same of webpack alone. */
#define PLUGIN "EnvironmentPlugin ( {"

/* Of Next's options, too. */
static bool has_starter(const struct source *source)
{
	if (text_fits_any(path_name(source->path), text_starts_with,
		    WORDS("next.config.", "nuxt.config.")))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(starters); i++)
		if (source_has(source, starters[i]))
			return true;
	return false;
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

static void find_plugins(const struct reader *reader)
{
	const struct slice key = slice_of("EnvironmentPlugin");

	for (size_t at = 0; source_find(reader->source, key, SIGN_CODE, &at);
		at++) {
		size_t end = source_pattern_end(reader->source, PLUGIN, at);

		if (end > 0)
			take_members(reader, end);
	}
}

/* What is known of `starters`. */
enum knowledge {
	UNKNOWN,
	THERE,
	NOT_THERE
};

static bool starts(const struct source *source, enum knowledge *starter)
{
	if (*starter == UNKNOWN)
		*starter = has_starter(source) ? THERE : NOT_THERE;
	return *starter == THERE;
}

static void find_at(
	const struct reader *reader, size_t env, enum knowledge *starter)
{
	const struct source *source = reader->source;

	for (size_t i = 0; i < ARRAY_SIZE(givers); i++) {
		size_t at = env;
		size_t end = source_pattern_end(source, givers[i].text, env);

		if (end > 0 &&
			source_pattern_before(source, givers[i].before, &at) &&
			(at == 0 || !text_is_name_byte(source->text[at - 1])) &&
			(!givers[i].of_others || starts(source, starter))) {
			take_members(reader, end);
			return;
		}
	}
}

void find_givers(const struct reader *reader)
{
	const struct source *source = reader->source;
	enum knowledge starter = UNKNOWN;

	if (source->has_words)
		find_plugins(reader);
	for (size_t i = 0; i < source->env_count; i++)
		find_at(reader, source->envs[i], &starter);
}
