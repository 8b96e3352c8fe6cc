/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* How far one of a list is looked at. */
#define NEAR 160
/* How far behind one of a list its end is looked for. */
#define LIST_MOST 2048
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
	for (;;) {
		size_t next = source_skip_space(source, at);
		char byte = source_byte(source, next);

		if (byte == ')' ||
			(byte == '!' && source_byte(source, next + 1) != '='))
			at = next + 1;
		else if (slice_begins(source_from(source, next), ", 10)"))
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
	size_t next = source_skip_space(source, at);

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++) {
		if (!slice_begins(source_from(source, next), calls[i]))
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

static bool has_default(const struct source *source, size_t before, size_t end)
{
	size_t at = source_skip_space(source, end);
	bool compared = source_ends_with_any(source, before, WORDS("==", "!="));

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
	struct slice rest = source_from(source, source_skip_space(source, at));

	(void)slice_take_any(&rest, nothing, ARRAY_SIZE(nothing));
	return source_skip_space(source, source->size - rest.size);
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
	const size_t most = end + LIST_MOST;

	do
		end = source_expression_end(source, end, NEAR);
	while (end < most && source_byte(source, end) == ',' && ++end);
	return source_has_any_at(source, end,
		WORDS("].filter(", "].find(", "].some(", "].compact",
			"].find {", "].detect", "].reject"));
}

/* for (const one of [A, B]), for one in [A, B]: one that is not there is tried,
 * and the next one then. */
static bool is_iterated(const struct source *source, size_t at)
{
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
			WORDS("of", "in"));
}

/* "on" == : a flag. What is compared with another value is needed. */
static bool is_compared(const struct source *source, size_t before)
{
	if (!source_ends_with_any(
		    source, before, WORDS("===", "!==", "==", "!=")))
		return false;
	while (before > 0 && strchr("=!", source->text[before - 1]))
		before--;
	before = source_skip_space_back(source, before);
	return before > 0 && strchr("\"'", source->text[before - 1]);
}

enum doubt source_use(const struct source *source, size_t at, size_t end)
{
	end = skip_mapping(source, end);
	size_t before = source_skip_opening(source, at);
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
