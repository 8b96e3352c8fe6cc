/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/slice.h"
#include "base/text.h"

#include <string.h>

/* How far back the names of a destructuring may begin. */
#define PATTERN_MOST 4096
/* How far behind a condition its consequence is looked for. */
#define NEAR 120

struct reader {
	const struct source *source;
	read_found *found;
	void *context;
};

static char byte_at(const struct source *source, size_t at)
{
	return at < source->size ? source->text[at] : '\0';
}

static size_t skip_space(const struct source *source, size_t at)
{
	while (at < source->size &&
		(text_is_space(source->text[at]) ||
			source->signs[at] == SIGN_COMMENT))
		at++;
	return at;
}

/* Variables that the environment has are in upper case: others are a
 * platform's (npm_config_...), or no variables (config.get("db.host")). */
static bool take_name(
	const struct source *source, size_t *at, char name[NAME_MOST])
{
	size_t size = 0;

	while (size < NAME_MOST - 1 &&
		text_is_name_byte(byte_at(source, *at + size))) {
		char byte = byte_at(source, *at + size);

		if (text_is_lower(byte) || (size == 0 && text_is_digit(byte)))
			return false;
		name[size++] = byte;
	}
	name[size] = '\0';
	*at += size;
	return size >= 2 && text_is_upper(name[name[0] == '_']);
}

static bool take_quoted(
	const struct source *source, size_t *at, char name[NAME_MOST])
{
	char quote = byte_at(source, *at);

	if (!quote || !strchr("\"'`", quote))
		return false;
	(*at)++;
	if (!take_name(source, at, name) || byte_at(source, *at) != quote)
		return false;
	(*at)++;
	return true;
}

/* Whether a pattern stands at `at`; *end is behind it. */
static bool matches(const struct source *source, const char *pattern, size_t at,
	size_t *end, char name[NAME_MOST])
{
	for (; *pattern; pattern++) {
		if (*pattern == ' ') {
			at = skip_space(source, at);
		} else if (*pattern == '%') {
			pattern++;
			if (*pattern == 'n' ? !take_name(source, &at, name)
					    : !take_quoted(source, &at, name))
				return false;
		} else if (byte_at(source, at) == *pattern) {
			at++;
		} else {
			return false;
		}
	}
	*end = at;
	return true;
}

/* Behind what was read: a default, a comparison; or the end of an argument with
 * another behind it. */
static bool has_default(const struct source *source, size_t end)
{
	static const char *const signs[] = { "||", "??", "&&", "?",
		"==", "!=", "or ", ",default", "in ", "if ", "{ ", ".present?",
		".blank?", ".nil?" };
	const struct slice text = { source->text, source->size };
	size_t at = skip_space(source, end);

	while (byte_at(source, at) == ')')
		at = skip_space(source, at + 1);
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (slice_has_at(text, at, signs[i]) &&
			!slice_has_at(text, at, "?."))
			return true;
	return false;
}

/* In front of it: a condition, or what asks whether it is there. */
static bool is_asked(const struct source *source, size_t at)
{
	static const char *const words[] = { "!", "if (", "if(", "if ",
		"Boolean(", "in ", "delete ", "isset(", "empty(", "&& ",
		"|| " };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t size = strlen(words[i]);

		if (at >= size &&
			memcmp(source->text + at - size, words[i], size) == 0)
			return true;
	}
	return false;
}

/* What is close behind: a program that ends without it does not do without. */
static bool is_near(const struct source *source, size_t end,
	const char *const *words, size_t count)
{
	const struct slice rest = { source->text + end, source->size - end };
	const struct slice near = slice_first(rest, NEAR);

	for (size_t i = 0; i < count; i++)
		if (slice_contains(near, words[i]))
			return true;
	return false;
}

static bool is_optional(const struct source *source, size_t at, size_t end)
{
	static const char *const ends[] = { "throw ", "exit(", "raise ",
		"Fatal", "panic(" };
	static const char *const empty[] = { "== \"\"" };
	bool asked = is_asked(source, at) ||
		(source->language == LANGUAGE_GO &&
			is_near(source, end, empty, 1));

	return has_default(source, end) ||
		(asked &&
			!is_near(source, end, ends,
				sizeof(ends) / sizeof(*ends)));
}

/* "NAME=" and not "NAME==". */
static bool is_assigned(const struct source *source, size_t end)
{
	size_t at = skip_space(source, end);

	return byte_at(source, at) == '=' &&
		!strchr("=>~",
			byte_at(source, at + 1) ? byte_at(source, at + 1)
						: ' ');
}

static void tell(const struct reader *reader, const struct reading *reading,
	size_t at, size_t end, const char *name)
{
	const struct source *source = reader->source;
	bool asked = is_optional(source, at, end);
	struct read read = { .at = at,
		.asked = asked && !reading->lenient,
		.optional = asked || reading->lenient,
		.given = source->language != LANGUAGE_SHELL &&
			is_assigned(source, end) };

	memcpy(read.name, name, strlen(name) + 1);
	reader->found(reader->context, &read);
}

/* Whether a name goes on to the left: MYENV[, $ENV is none of a shell's. */
static bool goes_on_left(
	const struct source *source, const char *pattern, size_t at)
{
	char before = at > 0 ? source->text[at - 1] : ' ';

	if (*pattern == '$')
		return before == '$' || before == '\\';
	if (before == '>' || before == '$')
		return true;
	return text_is_name_byte(before);
}

static void find_reading(
	const struct reader *reader, const struct reading *reading)
{
	const struct source *source = reader->source;
	size_t first = strcspn(reading->text, " %");
	struct slice key = { reading->text, first };
	enum sign sign = reading->in_string ? SIGN_STRING : SIGN_CODE;
	const char *at = source->text;
	const char *end = source->text + source->size;

	while (at < end &&
		(at = memmem(at, (size_t)(end - at), key.at, key.size))) {
		size_t place = (size_t)(at - source->text);
		size_t behind;
		char name[NAME_MOST];

		if (source->signs[place] == sign &&
			!goes_on_left(source, reading->text, place) &&
			matches(source, reading->text, place, &behind, name))
			tell(reader, reading, place, behind, name);
		at++;
	}
}

/* { A, B: b, C = 1 } in front of "= process.env". */

static void take_member(const struct reader *reader, size_t from, size_t to)
{
	const struct source *source = reader->source;
	struct read read = { .at = 0 };
	size_t at = skip_space(source, from);

	read.at = at;
	if (!take_name(source, &at, read.name))
		return;
	read.optional = memchr(source->text + at, '=', to - at) != NULL;
	read.asked = read.optional;
	reader->found(reader->context, &read);
}

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

static void find_patterns(const struct reader *reader, const char *object)
{
	const struct source *source = reader->source;
	const char *at = source->text;
	const char *end = source->text + source->size;

	for (; at < end &&
		(at = memmem(at, (size_t)(end - at), object, strlen(object)));
		at++) {
		size_t place = (size_t)(at - source->text);
		size_t behind = place + strlen(object);

		if (source->signs[place] != SIGN_CODE ||
			text_is_name_byte(byte_at(source, behind)) ||
			(byte_at(source, behind) &&
				strchr(".[", byte_at(source, behind))))
			continue;
		while (place > 0 && text_is_space(source->text[place - 1]))
			place--;
		if (place == 0 || source->text[--place] != '=')
			continue;
		while (place > 0 && text_is_space(source->text[place - 1]))
			place--;
		if (place > 0 && source->text[place - 1] == '}')
			take_pattern(reader, place - 1);
	}
}

void source_reads(const struct source *source, read_found *found, void *context)
{
	const struct reader reader = { source, found, context };

	for (size_t i = 0; i < reading_count; i++)
		if (readings[i].languages & source->language)
			find_reading(&reader, &readings[i]);
	if (source->language != LANGUAGE_JS)
		return;
	find_patterns(&reader, "process.env");
	find_patterns(&reader, "import.meta.env");
	find_patterns(&reader, "Bun.env");
}
