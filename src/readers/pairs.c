/* SPDX-License-Identifier: MIT */
/*
 * npm's dotenv from 16 on, and who reads with its expression: dotenv-expand,
 * Next.js, dotenvx. An assignment is looked for at the beginning of each line,
 * may go on over line breaks wherever white space may stand, and ends where
 * nothing but a comment follows.
 */
#include "readers/readers_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

/* Where nothing but white space, and a comment, stands up to a line's end. */
static bool can_end(const struct reading *reading, size_t at)
{
	const struct reading blanks = { .text = reading->text,
		.size = skip_space(reading, at, SPACE_JS) };

	return blanks.size >= reading->size ||
		reading->text[blanks.size] == '#' ||
		find_any(&blanks, at, "\n\r") < blanks.size;
}

/* Behind the quote that closes the one at `at`; 0: none that could. */
static size_t take_quoted(struct reading *reading, size_t at)
{
	char quote = byte_at(reading, at);
	size_t escaped = 0;

	if (quote != '\'' && quote != '"' && quote != '`')
		return 0;
	size_t plain = find_closing(reading, at, &escaped);
	if (plain < reading->size && can_end(reading, plain + 1))
		return plain + 1;
	/* The expression then tries the escaped ones, from the last. */
	for (; escaped > at; escaped--)
		if (reading->text[escaped] == quote &&
			can_end(reading, escaped + 1))
			return escaped + 1;
	return 0;
}

/* Behind the = or the colon of `NAME =`, `NAME: `; 0: there is none. */
static size_t take_separator(
	const struct reading *reading, size_t name, size_t end)
{
	size_t after = skip_space(reading, end, SPACE_JS);

	if (end == name)
		return 0;
	if (byte_at(reading, after) == '=')
		return after + 1;
	if (byte_at(reading, end) != ':')
		return 0;
	/* One is taken; CR LF was made one before. */
	size_t blank = byte_at(reading, end + 1) == '\r' &&
			byte_at(reading, end + 2) == '\n'
		? 2
		: space_at(reading, end + 1, SPACE_JS);
	return blank ? end + 1 + blank : 0;
}

/* The name at `at`, past `export`; what is behind the separator, or 0. */
static size_t take_name(
	const struct reading *reading, size_t at, struct slice *name)
{
	size_t start = behind_export(reading, at, SPACE_JS);
	size_t end = skip_word(reading, start, ".-");
	size_t value = take_separator(reading, start, end);
	if (value == 0 && start > at) {
		start = at;
		end = skip_word(reading, start, ".-");
		value = take_separator(reading, start, end);
	}
	*name = cut(reading, start, end);
	return value;
}

/* $NAME and ${NAME} as dotenv-expand 11 has them; \$ is resolved. */
static bool expands_11(struct reading *reading)
{
	struct slice value = { reading->value.data, reading->value.size };
	bool expands = false;

	for (size_t at = 0; at + 1 < value.size; at++) {
		size_t name = at + 1;
		if (value.at[at] != '$')
			continue;
		name += value.at[name] == '{';
		if (name < value.size &&
			(text_is_name_byte(value.at[name]) ||
				value.at[name] == '.'))
			expands |= !is_escaped(value, at);
	}
	/* First \ before what would be expanded, then before any $. */
	char *bytes = reading->value.data;
	size_t length = 0;
	for (size_t at = 0; at < value.size; at++) {
		size_t name = at + 2;
		bool escape = value.at[at] == '\\' && at + 1 < value.size &&
			value.at[at + 1] == '$';
		name += name < value.size && value.at[name] == '{';
		if (escape && name < value.size &&
			(text_is_name_byte(value.at[name]) ||
				value.at[name] == '.'))
			continue;
		bytes[length++] = value.at[at];
	}
	buf_truncate(&reading->value, length);
	unescape_dollars(reading);
	return expands;
}

/* What of the value is run: $(...) with a bracket that closes it. */
static bool runs_command(struct slice value)
{
	OWNED size_t *closes = find_brackets(value);
	bool runs = false;

	for (size_t at = 0; closes && !runs && at + 1 < value.size; at++)
		runs = value.at[at] == '$' && closes[at + 1] > 0;
	return runs;
}

/* $NAME with a letter or _ first, ${...} with anything but brackets in it. */
static bool expands_1000(struct slice value)
{
	for (size_t at = 0; at + 1 < value.size; at++) {
		char next = value.at[at + 1];
		if (value.at[at] != '$' || is_escaped(value, at))
			continue;
		if (text_is_letter(next) || next == '_')
			return true;
		if (next != '{')
			continue;
		size_t end = at + 2;
		while (end < value.size && !strchr("{}", value.at[end]))
			end++;
		if (end < value.size && end > at + 2 && value.at[end] == '}')
			return true;
	}
	return false;
}

/* Next looks at the last $ alone, and goes on from there. */
static bool expands_next(struct slice value)
{
	for (size_t at = value.size; at-- > 0;) {
		if (value.at[at] != '$' || is_escaped(value, at))
			continue;
		at += at + 1 < value.size && value.at[at + 1] == '{';
		return at + 1 < value.size &&
			text_is_name_byte(value.at[at + 1]);
	}
	return false;
}

static void see_pair(struct reading *reading, struct seen *seen,
	struct slice name, char first)
{
	struct slice value = { buf_cstring(&reading->value),
		reading->value.size };
	bool expands = false;

	switch (reading->model->variant) {
	case PAIRS_EXPAND_11:
		expands = expands_11(reading);
		break;
	case PAIRS_NEXT:
		expands = expands_next(value);
		unescape_dollars(reading);
		break;
	case PAIRS_DOTENVX:
		if (first == '\'')
			break;
		/* fall through */
	case PAIRS_EXPAND_1000:
		seen->runs = runs_command(value);
		expands = seen->runs || expands_1000(value);
		unescape_dollars(reading);
		break;
	default:
		break;
	}
	if (expands)
		see_expanded(reading, seen, name);
	else
		see_value(reading, seen, name);
}

static void decode(struct reading *reading, struct slice spelling)
{
	bool dotenvx = reading->model->variant == PAIRS_DOTENVX;
	char first = spelling.size ? *spelling.at : '\0';

	if (text_is_quote(first) && spelling.size > 1 &&
		spelling.at[spelling.size - 1] == first)
		spelling = cut(&(struct reading){ .text = spelling.at }, 1,
			spelling.size - 1);
	put_value(reading, spelling);
	unify_line_ends(reading);
	if (first == '"')
		unescape(reading, dotenvx ? "nrt" : "nr", "\n\r\t");
	else if (first == '\'' && dotenvx)
		unescape(reading, "'", "'");
}

void read_pairs(struct reading *reading, struct seen *seen)
{
	size_t start = skip_space(reading, reading->at, SPACE_JS);
	struct slice name = { .size = 0 };
	size_t value = take_name(reading, start, &name);

	if (value == 0) {
		size_t end = find_any(reading, start, "\n\r");
		reading->at = skip_line_end(reading, end);
		return;
	}
	size_t spelt = skip_space(reading, value, SPACE_JS);
	size_t end = take_quoted(reading, spelt);
	if (end == 0) {
		end = find_any(reading, value, "#\n\r");
		/* Behind a colon's blank a value may follow in the next line */
		spelt = value;
	}
	struct slice spelling = trim(cut(reading, spelt, end), SPACE_JS);
	char first = spelling.size ? *spelling.at : '\0';
	decode(reading, spelling);
	see_pair(reading, seen, name, first);
	reading->at = skip_line_end(reading, find_any(reading, end, "\n\r"));
}
