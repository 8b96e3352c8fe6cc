/* SPDX-License-Identifier: MIT */
/* Rust's dotenv: line by line; the first error ends it. */
#include "readers/readers_internal.h"

#include "base/text.h"

#include <string.h>

/* A value's quotes, as they are open. */
struct quotes {
	bool single;
	bool twice;
	bool expands;
};

/* The escaped byte; NUL where that is an error. */
static char unescaped(char byte)
{
	static const char letters[] = "\\'\"$ n";
	static const char bytes[] = "\\'\"$ \n";
	const char *known = byte ? strchr(letters, byte) : NULL;

	return known ? bytes[known - letters] : '\0';
}

/* Moves over a $, its name and the byte that ends it, which stands for itself
 * whatever it is; false: a bracket is open. */
static bool take_variable(
	struct reading *reading, struct slice value, size_t *at)
{
	struct reading piece = { .text = value.at, .size = value.size };

	if (slice_has_at(value, *at, "${")) {
		*at = find_any(&piece, *at, "}");
		return *at < value.size;
	}
	do
		++*at;
	while (text_is_alphanumeric(byte_at(&piece, *at)));
	if (byte_at(&piece, *at) == '$')
		--*at;
	else if (*at < value.size)
		buf_byte(&reading->value, value.at[*at]);
	return true;
}

/* Behind a blank that is in no quotes: nothing but a comment. */
static bool may_end(struct slice value, size_t at)
{
	while (at < value.size && text_is_blank(value.at[at]))
		at++;
	return at >= value.size || value.at[at] == '#';
}

/* A backslash, and the byte behind it if there is one. */
static bool take_escape(struct reading *reading, struct slice value, size_t *at)
{
	if (++*at >= value.size)
		return true;
	char plain = unescaped(value.at[*at]);
	buf_byte(&reading->value, plain);
	return plain != '\0';
}

/* False where it is an error. */
static bool take_value(
	struct reading *reading, struct slice value, struct quotes *quotes)
{
	for (size_t at = 0; at < value.size; at++) {
		char byte = value.at[at];
		bool bare = !quotes->single && !quotes->twice;
		if (quotes->single) {
			quotes->single = byte != '\'';
			if (quotes->single)
				buf_byte(&reading->value, byte);
		} else if (byte == '$') {
			quotes->expands = true;
			if (!take_variable(reading, value, &at))
				return false;
		} else if (byte == '"') {
			quotes->twice = !quotes->twice;
		} else if (byte == '\\') {
			if (!take_escape(reading, value, &at))
				return false;
		} else if (bare && byte == '\'') {
			quotes->single = true;
		} else if (bare && text_is_blank(byte)) {
			return may_end(value, at);
		} else {
			buf_byte(&reading->value, byte);
		}
	}
	return !quotes->single && !quotes->twice;
}

/* Behind the =; 0: an error. */
static size_t take_name(
	const struct reading *line, size_t at, struct slice *name)
{
	size_t start = behind_export(line, at, SPACE_UNICODE);
	size_t end = skip_word(line, start, ".");
	*name = cut(line, start, end);
	size_t equals = skip_space(line, end, SPACE_UNICODE);
	if (end == start || text_is_digit(line->text[start]) ||
		line->text[start] == '.' || byte_at(line, equals) != '=')
		return 0;
	size_t value = skip_space(line, equals + 1, SPACE_UNICODE);
	return byte_at(line, value) == '#' ? line->size : value;
}

void read_rust(struct reading *reading, struct seen *seen)
{
	struct reading line = { .text = reading->text,
		.size = find_line_end(reading, reading->at) };
	size_t at = skip_space(&line, reading->at, SPACE_UNICODE);
	struct slice name = { .size = 0 };
	struct quotes quotes = { .single = false };

	reading->at = next_line(reading, reading->at);
	if (at >= line.size || line.text[at] == '#')
		return;
	size_t value = take_name(&line, at, &name);
	if (value == 0 ||
		!take_value(reading,
			trim_end(cut(&line, value, line.size), SPACE_UNICODE),
			&quotes))
		see_refused(reading, seen);
	else if (quotes.expands)
		see_expanded(reading, seen, name);
	else
		see_value(reading, seen, name);
}
