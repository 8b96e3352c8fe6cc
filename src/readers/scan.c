/* SPDX-License-Identifier: MIT */
#include "readers/readers_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

/* White space outside ASCII, but for the two on which languages differ. */
static bool is_odd_space(uint32_t character)
{
	return character == 0xa0 || character == 0x1680 ||
		(character >= 0x2000 && character <= 0x200a) ||
		character == 0x2028 || character == 0x2029 ||
		character == 0x202f || character == 0x205f ||
		character == 0x3000;
}

static bool is_ascii_space(char byte, enum space space)
{
	switch (space) {
	case SPACE_TAB:
		return text_is_blank(byte);
	case SPACE_GO:
		return text_is_space(byte) && byte != '\v';
	default:
		return text_is_space(byte);
	}
}

size_t space_at(const struct reading *reading, size_t at, enum space space)
{
	uint32_t character = 0;

	if (at >= reading->size)
		return 0;
	if ((unsigned char)reading->text[at] < 0x80)
		return is_ascii_space(reading->text[at], space);
	if (space < SPACE_JS)
		return 0;
	size_t length =
		text_decode(reading->text + at, reading->size - at, &character);
	if (is_odd_space(character) ||
		character == (space == SPACE_JS ? 0xfeff : 0x85))
		return length;
	return 0;
}

size_t skip_space(const struct reading *reading, size_t at, enum space space)
{
	for (size_t length = 0; (length = space_at(reading, at, space)) > 0;)
		at += length;
	return at;
}

size_t find_line_end(const struct reading *reading, size_t at)
{
	const char *end = at < reading->size
		? memchr(reading->text + at, '\n', reading->size - at)
		: NULL;

	return end ? (size_t)(end - reading->text) : reading->size;
}

size_t find_any(const struct reading *reading, size_t at, const char *bytes)
{
	while (at < reading->size && !strchr(bytes, reading->text[at]))
		at++;
	return at;
}

size_t skip_line_end(const struct reading *reading, size_t at)
{
	if (byte_at(reading, at) == '\r' && byte_at(reading, at + 1) == '\n')
		return at + 2;
	return at < reading->size ? at + 1 : at;
}

size_t next_line(const struct reading *reading, size_t at)
{
	size_t end = find_line_end(reading, at);

	return end < reading->size ? end + 1 : end;
}

bool begins_at(const struct reading *reading, size_t at, const char *text)
{
	return slice_has_at(
		(struct slice){ reading->text, reading->size }, at, text);
}

struct slice cut(const struct reading *reading, size_t from, size_t to)
{
	return (struct slice){ reading->text + from,
		to > from ? to - from : 0 };
}

/* A reading of a piece, to look for white space in. */
static struct reading within(struct slice text)
{
	return (struct reading){ .text = text.at, .size = text.size };
}

struct slice trim_end(struct slice text, enum space space)
{
	struct reading piece = within(text);
	size_t end = text.size;

	while (end > 0) {
		size_t at = end - 1;
		while (at > 0 && ((unsigned char)text.at[at] & 0xc0) == 0x80 &&
			end - at < 4)
			at--;
		size_t length = space_at(&piece, at, space);
		if (length == 0 || at + length != end)
			break;
		end = at;
	}
	return slice_first(text, end);
}

struct slice trim(struct slice text, enum space space)
{
	struct reading piece = within(text);

	return trim_end(slice_from(text, skip_space(&piece, 0, space)), space);
}

bool readers_differ_on_ends(struct slice text)
{
	return trim(text, SPACE_UNICODE).size != text.size ||
		trim(text, SPACE_JS).size != text.size;
}

size_t behind_export(const struct reading *reading, size_t at, enum space space)
{
	size_t after = at + strlen("export");

	if (!begins_at(reading, at, "export"))
		return at;
	size_t start = skip_space(reading, after, space);

	return start > after ? start : at; /* "exported=1" */
}

size_t skip_word(const struct reading *reading, size_t at, const char *more)
{
	while (at < reading->size &&
		(text_is_name_byte(reading->text[at]) ||
			(reading->text[at] && strchr(more, reading->text[at]))))
		at++;
	return at;
}

bool is_shell_name(struct slice name)
{
	struct reading piece = within(name);

	return name.size > 0 && !text_is_digit(*name.at) &&
		skip_word(&piece, 0, "") == name.size;
}

size_t find_closing(struct reading *reading, size_t open, size_t *escaped)
{
	static const char kinds[] = "'\"`";
	char quote = reading->text[open];
	struct closing *known =
		&reading->closings[strchr(kinds, quote) - kinds];
	size_t at = open + 1;

	if (known->at <= open || known->from > open) {
		*known = (struct closing){ .from = open };
		for (; at < reading->size; at++) {
			if (reading->text[at] != quote)
				continue;
			if (reading->text[at - 1] != '\\')
				break;
			known->escaped = at;
		}
		known->at = at;
	}
	*escaped = known->escaped > open ? known->escaped : 0;
	return known->at;
}

size_t *find_brackets(struct slice text)
{
	size_t open = 0; /* the innermost, and 1; each has the one around it */

	if (!slice_contains(text, "$("))
		return NULL;
	size_t *closes = memory_array(text.size, sizeof(*closes));
	for (size_t at = 0; at < text.size; at++) {
		if (text.at[at] == '(') {
			closes[at] = open;
			open = at + 1;
		} else if (text.at[at] == ')' && open) {
			size_t around = closes[open - 1];
			closes[open - 1] = at;
			open = around;
		}
	}
	while (open) {
		size_t around = closes[open - 1];
		closes[open - 1] = 0;
		open = around;
	}
	return closes;
}

bool is_escaped(struct slice text, size_t at)
{
	return at > 0 && text.at[at - 1] == '\\';
}
