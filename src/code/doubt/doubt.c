/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* How far behind it its "except" is looked for. */
#define NEAR 160
/* How far behind an assignment the variable is looked at. */
#define SCOPE 800

/* Go: size, err := strconv.Atoi(name), of which the error is tested. */
static bool is_parsed(const struct source *source, size_t at, size_t end)
{
	const struct slice assigned = source->language == LANGUAGE_GO
		? source_assigned(source, at)
		: (struct slice){ NULL, 0 };

	return slice_is(assigned, "err") &&
		source_tests(source, assigned, end) == DOUBT_SPARED;
}

enum doubt source_tests(
	const struct source *source, struct slice name, size_t from)
{
	size_t most = source->size - from > SCOPE ? from + SCOPE : source->size;

	for (size_t at = from; name.size > 0 && at + name.size < most; at++) {
		const char *here = source->text + at;
		size_t end = at + name.size;
		enum doubt doubt;

		if (*here != *name.at || !source_is_code(source, at) ||
			memcmp(here, name.at, name.size) != 0 ||
			text_is_name_byte(here[name.size]) ||
			text_is_name_byte(here[-1]) || here[-1] == '.')
			continue;
		/* !!name only turns it into yes or no. */
		if (at > 1 && here[-1] == '!' && here[-2] == '!')
			continue;
		doubt = slice_is(name, "err")
			? source_error_doubt(source, at, end)
			: source_use(source, at, end);
		if (doubt != DOUBT_NONE)
			return doubt;
		if (!slice_is(name, "err") && is_parsed(source, at, end))
			return DOUBT_SPARED;
	}
	return DOUBT_NONE;
}

/* try: ... except KeyError:, with suppress(KeyError): */
static bool is_caught(const struct source *source, size_t at, size_t end)
{
	const struct slice rest = source_from(source, end);
	size_t before =
		source_skip_space_back(source, source_line_start(source, at));
	size_t start = source_line_start(source, before);
	const struct slice line = slice_trimmed(
		(struct slice){ source->text + start, before - start });

	if (source->language != LANGUAGE_PYTHON)
		return false;
	return (slice_begins(line, "with ") &&
		       slice_contains(line, "suppress(")) ||
		(slice_ends(line, "try:") &&
			slice_contains(slice_first(rest, NEAR), "except") &&
			!source_ends_then(source, at, end));
}

/* env("A", env("B")): B is asked for where A is not there; A itself is not. */
static bool is_fallback(const struct source *source, size_t at, size_t end)
{
	const struct slice read = { source->text + at, end - at };
	char name[NAME_MOST];
	size_t open;

	at = source_skip_space_back(source, at);
	if (source_before(source, at) != ',')
		return false;
	at = source_skip_space_back(source, at - 1);
	if (at < 2 || !strchr("\"'", source->text[at - 1]))
		return false;
	open = source_word_start(source, at - 1);
	if (open < 2 ||
		!source_take_quoted(source, &(size_t){ open - 1 }, name) ||
		slice_contains(read, name))
		return false;
	open = source_skip_space_back(source, open - 1);
	return source_before(source, open) == '(' &&
		callee_names_environment(source_callee(source, open - 1));
}

/* if (name = ...), if name := ... */
static bool is_condition(const struct source *source, struct slice assigned)
{
	return assigned.size > 0 &&
		source_ends_with_any(source,
			source_skip_opening(
				source, (size_t)(assigned.at - source->text)),
			WORDS("if", "elsif", "elif", "while"));
}

/* name: Optional[str] = ... of Python */
static bool is_typed_optional(const struct source *source, size_t at)
{
	size_t start = source_line_start(source, at);
	const struct slice text = { source->text + start, at - start };

	return source->language == LANGUAGE_PYTHON &&
		(slice_contains(text, ": Optional[") ||
			slice_contains(text, "| None ="));
}

/* if let Ok(name) = ... */
static bool is_matched(const struct source *source, size_t at)
{
	size_t end = source_skip_space_back(source, at);

	if (source->language != LANGUAGE_RUST || end < 2 ||
		source->text[end - 1] != '=')
		return false;
	end = source_skip_space_back(source, end - 1);
	return source_before(source, end) == ')';
}

enum doubt source_doubt(const struct source *source, size_t at, size_t end)
{
	enum doubt doubt = is_fallback(source, at, end)
		? DOUBT_SPARED
		: source_use(source, at, end);

	if (doubt == DOUBT_NONE &&
		(is_matched(source, at) || is_typed_optional(source, at) ||
			source_default_behind(source, at, end)))
		return DOUBT_SPARED;
	if (doubt == DOUBT_NONE) {
		const struct slice assigned = source_assigned(source, at);

		doubt = source_tests(source, assigned, end);
		if (doubt == DOUBT_NONE && is_condition(source, assigned))
			return DOUBT_SPARED;
	}
	return doubt == DOUBT_NONE && is_caught(source, at, end) ? DOUBT_SPARED
								 : doubt;
}
