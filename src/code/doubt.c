/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* How far one of a list is looked at. */
#define NEAR 160
/* How far behind an assignment the variable is looked at. */
#define SCOPE 800
/* How far behind one of a list its end is looked for. */
#define LIST_MOST 2048
#define WRAPS_MOST 3
#define MAPPINGS_MOST 8

/* What stands behind, and says that there may be nothing. */
static const char *const defaults[] = { "||", "??", "&&", "?", "==", "!=", "&.",
	".presen", ".blank?", ".nil?", ".to_i", ".to_s", ".unwrap_or", ".ok()",
	".is_ok", ".is_err", ".or_else", "=~", "!~" };
/* The same on the same line alone. */
static const char *const words[] = { "or ", "if ", "unless ", "is ", "in " };
static const char *const blocks[] = { "{ ", "do\n", "do " }; /* of Ruby */

/* In front of it, behind any "(": a condition, an alternative. */
static const char *const questions[] = { "!", "if", "elif", "elsif", "unless",
	"while", "switch", "case", "Boolean", "bool", "in", "delete", "typeof",
	"isset", "empty", "not", "and", "or", "&&", "||", "??", ".includes",
	"Or", "=~" };

/* What asks whether it is not there, in front of it and behind it. */
static const char *const negations[] = { "!", "unless", "empty", "not" };
static const char *const nothing[] = { "== \"\"", "== ''", "=== \"\"", "=== ''",
	"is None", "== None", "== nil", "== null", "=== null", "== undefined",
	"== 0", "=== undefined", ".nil?", ".blank?", ".empty?", ".is_err" };

/* Past "as T[]" of TypeScript; `at` where no such thing stands there. */
static size_t skip_cast(const struct source *source, size_t at)
{
	if (source->language != LANGUAGE_JS ||
		!source_has_word(source, at, "as"))
		return at;
	for (at += strlen("as"); at < source->size; at++) {
		char byte = source->text[at];
		bool is_or = byte == '|' && source->text[at - 1] != '|' &&
			source_byte(source, at + 1) != '|';

		if (!text_is_name_byte(byte) && !is_or &&
			!strchr(" .[]<>\"'", byte ? byte : ';'))
			break;
	}
	return source_skip_space_back(source, at);
}

/* Past "!", a cast, a radix, and brackets that close. */
static size_t skip_closing(const struct source *source, size_t at)
{
	const struct slice text = { source->text, source->size };

	for (;;) {
		size_t next = source_skip_space(source, at);
		char byte = source_byte(source, next);

		if (byte == ')' ||
			(byte == '!' && source_byte(source, next + 1) != '='))
			at = next + 1;
		else if (slice_has_at(text, next, ", 10)"))
			at = next + strlen(", 10)");
		else if (skip_cast(source, next) > next)
			at = skip_cast(source, next);
		else
			return at;
	}
}

/* Rust: behind one call of what is done with a value, if there is one; `at`
 * where no such call stands there. */
static size_t skip_one_mapping(const struct source *source, size_t at)
{
	static const char *const calls[] = { ".map(", ".map_err(", ".and_then(",
		".filter(", ".context(", ".with_context(", ".as_deref(" };
	const struct slice text = { source->text, source->size };
	size_t next = source_skip_space(source, at);

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		if (!slice_has_at(text, next, calls[i]))
			continue;
		size_t end = source_expression_end(
			source, next + strlen(calls[i]), LIST_MOST);
		return source_byte(source, end) == ')' ? end + 1 : at;
	}
	return at;
}

static size_t skip_mapping(const struct source *source, size_t at)
{
	for (int i = 0; i < MAPPINGS_MOST && source->language == LANGUAGE_RUST;
		i++)
		at = skip_one_mapping(source, at);
	return at;
}

/* Where the text in front ends, less brackets that open. */
static size_t skip_opening(const struct source *source, size_t at)
{
	at = source_skip_space_back(source, at);
	while (at > 0 && source->text[at - 1] == '(')
		at = source_skip_space_back(source, at - 1);
	return at;
}

static bool has_default(const struct source *source, size_t before, size_t end)
{
	static const char *const comparisons[] = { "==", "!=" };
	size_t at = source_skip_space(source, end);
	bool compared = source_ends_with_any(
		source, before, comparisons, ARRAY_SIZE(comparisons));

	if (source_has_any_at(source, at, defaults, ARRAY_SIZE(defaults)))
		return !compared;
	/* In brackets it may stand on the next line; no statement begins so. */
	if (source_has_word(source, at, "or"))
		return true;
	for (at = end; source_byte(source, at) == ' ';)
		at++;
	return source_has_any_at(source, at, words, ARRAY_SIZE(words));
}

/* fetch("NAME") { ... } of Ruby */
static bool begins_block(const struct source *source, size_t at)
{
	while (source_byte(source, at) == ' ')
		at++;
	return source_has_any_at(source, at, blocks, ARRAY_SIZE(blocks));
}

/* Past == "" and its like. */
static size_t skip_nothing(const struct source *source, size_t at)
{
	const struct slice text = { source->text, source->size };

	at = source_skip_space(source, at);
	for (size_t i = 0; i < ARRAY_SIZE(nothing); i++)
		if (slice_has_at(text, at, nothing[i]))
			return source_skip_space(
				source, at + strlen(nothing[i]));
	return at;
}

/* !a && !b, a == "" && b == "" */
static bool is_one_of_two(
	const struct source *source, size_t before, size_t behind)
{
	static const char *const both[] = { "&&", "and" };
	size_t end = skip_nothing(source, behind);

	while (before > 0 && strchr("!(", source->text[before - 1]))
		before = source_skip_space_back(source, before - 1);
	if (source_ends_with_any(source, before, both, ARRAY_SIZE(both)))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(both); i++)
		if (source_has_word(source, end, both[i]))
			return true;
	return false;
}

/* [A, B].filter(Boolean) */
static bool is_filtered(const struct source *source, size_t end)
{
	static const char *const calls[] = { "].filter(", "].find(", "].some(",
		"].compact", "].find {", "].detect", "].reject" };
	const size_t most = end + LIST_MOST;

	do
		end = source_expression_end(source, end, NEAR);
	while (end < most && source_byte(source, end) == ',' && ++end);
	return source_has_any_at(source, end, calls, ARRAY_SIZE(calls));
}

/* for (const one of [A, B]), for one in [A, B]: one that is not there is tried,
 * and the next one then. */
static bool is_iterated(const struct source *source, size_t at)
{
	static const char *const words_before[] = { "of", "in" };
	size_t least = at > NEAR ? at - NEAR : 0;
	int open = 0;

	for (; at > least && open >= 0; at--) {
		char byte = source->text[at - 1];

		if (!source_is_code(source, at - 1))
			continue;
		open += byte == ']' || byte == ')';
		open -= byte == '[' || byte == '(';
	}
	return open < 0 && source->text[at] == '[' &&
		source_ends_with_any(source, source_skip_space_back(source, at),
			words_before, ARRAY_SIZE(words_before));
}

/* "on" == : a flag. What is compared with another value is needed. */
static bool is_compared(const struct source *source, size_t before)
{
	static const char *const signs[] = { "===", "!==", "==", "!=" };

	if (!source_ends_with_any(source, before, signs, ARRAY_SIZE(signs)))
		return false;
	while (before > 0 && strchr("=!", source->text[before - 1]))
		before--;
	before = source_skip_space_back(source, before);
	return before > 0 && strchr("\"'", source->text[before - 1]);
}

/* What an expression at [at, end) is used for. */
static enum doubt test_of(const struct source *source, size_t at, size_t end)
{
	end = skip_mapping(source, end);
	size_t before = skip_opening(source, at);
	size_t behind = skip_closing(source, end);
	bool is_yes_or_no = before > 1 && source->text[before - 1] == '!' &&
		source->text[before - 2] == '!';
	bool negated = (!is_yes_or_no &&
			       source_ends_with_any(source, before, negations,
				       ARRAY_SIZE(negations))) ||
		source_has_any_at(source, source_skip_space(source, behind),
			nothing, ARRAY_SIZE(nothing));

	/* Rust hands the error on. */
	if (source->language == LANGUAGE_RUST &&
		source_byte(source, end) == '?')
		return DOUBT_ENDS;
	/* Where two have to be missing, either will do. */
	if (negated)
		return source_ends_then(source, at, end) &&
				!is_one_of_two(source, before, behind)
			? DOUBT_ENDS
			: DOUBT_SPARED;
	if (is_filtered(source, end) || is_iterated(source, at) ||
		is_compared(source, before))
		return DOUBT_SPARED;
	if (source->language == LANGUAGE_RUBY && begins_block(source, behind))
		return source_ends_then(source, at, behind) ? DOUBT_ENDS
							    : DOUBT_SPARED;
	if (has_default(source, before, behind))
		return source_has_end(source, behind,
			       source_line_end(source, behind)) &&
				source_byte(source, behind) != ')'
			? DOUBT_ENDS
			: DOUBT_SPARED;
	if (!source_ends_with_any(
		    source, before, questions, ARRAY_SIZE(questions)))
		return DOUBT_NONE;
	return source_ends_with_any(
		       source, before, &(const char *){ "if" }, 1) &&
			source_ends_otherwise(source, at, behind)
		? DOUBT_ENDS
		: DOUBT_SPARED;
}

/* One of two: a = b ? at : at. Behind the "="; `at` where it is none. */
static size_t choice_start(const struct source *source, size_t at)
{
	size_t least = at > NEAR ? at - NEAR : 0;
	bool asks = false;
	int open = 0;

	if (at == 0 || !strchr("?:", source->text[at - 1]))
		return at;
	for (size_t i = at; i > least && open >= 0; i--) {
		const char byte = source->text[i - 1];

		if (!source_is_code(source, i - 1) || byte == '\0')
			continue;
		open += strchr(")]}", byte) != NULL;
		open -= strchr("([{", byte) != NULL;
		if (open > 0)
			continue;
		if (strchr(";,", byte))
			break;
		asks = asks || byte == '?';
		if (byte == '=' && asks && i > 1 &&
			!strchr("=!<>", source->text[i - 2]) &&
			!strchr("=>", source->text[i]))
			return i;
	}
	return at;
}

struct slice source_assigned(const struct source *source, size_t at)
{
	size_t end = source_skip_space_back(source, at);

	for (int wraps = 0; wraps < WRAPS_MOST; wraps++) {
		if (end > 0 && source->text[end - 1] == '(') {
			end--;
			while (end > 0 &&
				(text_is_name_byte(source->text[end - 1]) ||
					source->text[end - 1] == '.'))
				end--;
		} else if (end > 5 && source_has_word(source, end - 5, "await"))
			end -= 5;
		end = source_skip_space_back(source, end);
	}
	end = choice_start(source, end);
	if (end == 0 || source->text[end - 1] != '=')
		return (struct slice){ NULL, 0 };
	end = source_skip_space_back(source, end - 1);
	if (end > 0 && source->text[end - 1] == ':')
		end = source_skip_space_back(source, end - 1);
	size_t start = source_word_start(source, end);
	/* self.name, this.name: the same as a whole later on. */
	while (start > 1 && source->text[start - 1] == '.' &&
		text_is_name_byte(source->text[start - 2]))
		start = source_word_start(source, start - 1);
	/* const name: string | undefined = ... */
	size_t colon = start;
	while (colon > 0 &&
		(text_is_name_byte(source->text[colon - 1]) ||
			strchr(" |<>[].", source->text[colon - 1])))
		colon--;
	if (colon > 0 && source->text[colon - 1] == ':') {
		end = source_skip_space_back(source, colon - 1);
		start = source_word_start(source, end);
	}
	return (struct slice){ source->text + start, end - start };
}

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
			: test_of(source, at, end);
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
	const struct slice rest = { source->text + end, source->size - end };
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
	if (at == 0 || source->text[at - 1] != ',')
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
	return open > 0 && source->text[open - 1] == '(' &&
		callee_names_environment(source_callee(source, open - 1));
}

/* if (name = ...), if name := ... */
static bool is_condition(const struct source *source, struct slice assigned)
{
	static const char *const asking[] = { "if", "elsif", "elif", "while" };

	return assigned.size > 0 &&
		source_ends_with_any(source,
			skip_opening(
				source, (size_t)(assigned.at - source->text)),
			asking, ARRAY_SIZE(asking));
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
	return end > 0 && source->text[end - 1] == ')';
}

enum doubt source_doubt(const struct source *source, size_t at, size_t end)
{
	enum doubt doubt = is_fallback(source, at, end)
		? DOUBT_SPARED
		: test_of(source, at, end);

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
