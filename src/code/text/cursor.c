/* SPDX-License-Identifier: MIT */
#include "code/source_internal.h"

#include "base/slice.h"
#include "base/text.h"

#include <string.h>

char source_byte(const struct source *source, size_t at)
{
	return at < source->size ? source->text[at] : '\0';
}

char source_before(const struct source *source, size_t at)
{
	return at > 0 ? source->text[at - 1] : '\0';
}

struct slice source_from(const struct source *source, size_t at)
{
	return slice_from((struct slice){ source->text, source->size }, at);
}

bool source_is_code(const struct source *source, size_t at)
{
	return at < source->size && source->signs[at] == SIGN_CODE;
}

/* White space, comments, and the "\\" at the end of a line that goes on. */
static bool is_gap(const struct source *source, size_t at)
{
	return text_is_space(source->text[at]) ||
		source->signs[at] == SIGN_COMMENT ||
		(source->text[at] == '\\' && source_is_code(source, at) &&
			at + 1 < source->size &&
			text_is_space(source->text[at + 1]));
}

size_t source_skip_space(const struct source *source, size_t at)
{
	while (at < source->size && is_gap(source, at))
		at++;
	return at;
}

size_t source_skip_space_back(const struct source *source, size_t at)
{
	while (at > 0 && is_gap(source, at - 1))
		at--;
	return at;
}

size_t source_skip_opening(const struct source *source, size_t at)
{
	at = source_skip_space_back(source, at);
	while (source_before(source, at) == '(')
		at = source_skip_space_back(source, at - 1);
	return at;
}

size_t source_word_start(const struct source *source, size_t at)
{
	while (at > 0 && text_is_name_byte(source->text[at - 1]))
		at--;
	return at;
}

struct slice source_word_at(const struct source *source, size_t at)
{
	size_t end = at;

	while (text_is_name_byte(source_byte(source, end)))
		end++;
	return slice_first(source_from(source, at), end - at);
}

bool source_has_word(const struct source *source, size_t at, const char *word)
{
	return slice_begins(source_from(source, at), word) &&
		(at == 0 || !text_is_name_byte(word[0]) ||
			!text_is_name_byte(source->text[at - 1])) &&
		(!text_is_name_byte(word[strlen(word) - 1]) ||
			!text_is_name_byte(
				source_byte(source, at + strlen(word))));
}

bool source_ends_with_any(const struct source *source, size_t at,
	const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t size = strlen(words[i]);

		if (at >= size && source_has_word(source, at - size, words[i]))
			return true;
	}
	return false;
}

size_t source_line_start(const struct source *source, size_t at)
{
	return text_line_start(source->text, at);
}

size_t source_line_end(const struct source *source, size_t at)
{
	return at < source->size
		? at + slice_find(source_from(source, at), '\n')
		: source->size;
}

size_t source_indent(const struct source *source, size_t at)
{
	size_t count = 0;

	while (text_is_blank(source_byte(source, at + count)))
		count++;
	return count;
}

bool source_has(const struct source *source, const char *text)
{
	return slice_contains(source_from(source, 0), text);
}

bool source_find(const struct source *source, struct slice text, enum sign sign,
	size_t *at)
{
	for (; *at < source->size; (*at)++) {
		*at += slice_find_part(source_from(source, *at), text);
		if (*at < source->size && source->signs[*at] == sign)
			return true;
	}
	return false;
}

bool source_take_name(
	const struct source *source, size_t *at, char name[NAME_MOST])
{
	size_t size = 0;

	while (size < NAME_MOST - 1 &&
		text_is_name_byte(source_byte(source, *at + size))) {
		char byte = source_byte(source, *at + size);

		if (text_is_lower(byte) || (size == 0 && text_is_digit(byte)))
			return false;
		name[size++] = byte;
	}
	name[size] = '\0';
	*at += size;
	return size >= 2 && text_is_upper(name[name[0] == '_']);
}

bool source_take_quoted(
	const struct source *source, size_t *at, char name[NAME_MOST])
{
	char quote = source_byte(source, *at);

	if (!quote || !strchr("\"'`", quote))
		return false;
	(*at)++;
	/* With "_" at its end it is what names begin with. */
	if (!source_take_name(source, at, name) ||
		source_byte(source, *at) != quote ||
		name[strlen(name) - 1] == '_')
		return false;
	(*at)++;
	return true;
}

/* How far an argument is looked at, and how many are. */
#define ARGUMENT_MOST 512
#define ARGUMENTS_MOST 8

/* cast=int */
static bool is_other_keyword(const struct source *source, size_t at)
{
	const size_t end =
		source_skip_space(source, at + source_word_at(source, at).size);

	return source_byte(source, end) == '=' &&
		source_byte(source, end + 1) != '=' &&
		!slice_begins(source_from(source, at), "default");
}

/* { infer: true } of Nest: how the type is told. */
static bool is_options(const struct source *source, size_t at)
{
	return source_byte(source, at) == '{' &&
		source_has_word(
			source, source_skip_space(source, at + 1), "infer");
}

/* An argument that is no default. */
static bool is_other(const struct source *source, size_t at)
{
	return source->language == LANGUAGE_PYTHON
		? is_other_keyword(source, at)
		: is_options(source, at);
}

bool source_take_rest(const struct source *source, size_t *at, bool *is_default)
{
	size_t end = source_skip_space(source, *at);
	bool has_more = source_byte(source, end) == ',';

	if (has_more)
		end = source_skip_space(source, end + 1);
	for (int i = 0; i < ARGUMENTS_MOST && has_more && is_other(source, end);
		i++) {
		end = source_expression_end(source, end, ARGUMENT_MOST);
		has_more = source_byte(source, end) == ',';
		end = source_skip_space(source, end + has_more);
	}
	*is_default = has_more && source_byte(source, end) != ')';
	*at = end + !*is_default;
	return *is_default || source_byte(source, end) == ')';
}

size_t source_expression_end(
	const struct source *source, size_t at, size_t most)
{
	size_t end = source->size - at > most ? at + most : source->size;
	int open = 0;

	for (; at < end; at++) {
		char byte = source->text[at];

		if (source->signs[at] != SIGN_CODE || byte == '\0')
			continue;
		open += strchr("([{", byte) != NULL;
		if ((open == 0 && strchr(",;)]}", byte)))
			return at;
		open -= strchr(")]}", byte) != NULL;
	}
	return end;
}
