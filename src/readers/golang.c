/* SPDX-License-Identifier: MIT */
/* Go's godotenv, and Compose 2, whose reader began as a copy of it. */
#include "readers/readers_internal.h"

#include "base/text.h"

#include <string.h>

static bool is_compose(const struct reading *reading)
{
	return reading->model->reader == READER_COMPOSE;
}

/* White space but LF; Compose knows it by character, godotenv by byte. */
static size_t skip_inline(const struct reading *reading, size_t at)
{
	for (;;) {
		char byte = byte_at(reading, at);
		if (byte != '\n' && text_is_space(byte))
			at++;
		else if (begins_at(reading, at, "\xc2\xa0") ||
			begins_at(reading, at, "\xc2\x85"))
			at += 2;
		else
			return at;
	}
}

static size_t skip_export(const struct reading *reading, size_t at)
{
	size_t after = at + strlen("export");

	if (!begins_at(reading, at, "export"))
		return at;
	size_t behind = is_compose(reading)
		? skip_space(reading, after, SPACE_GO)
		: skip_inline(reading, after);
	return behind > after ? behind : at;
}

/* Letters and digits of all scripts, which nobody has in names: here none but
 * ASCII's count, and others have the file refused. */
static bool is_name_byte(const struct reading *reading, char byte)
{
	return text_is_name_byte(byte) ||
		strchr(is_compose(reading) ? ".-[]" : ".", byte);
}

/* Where the = or colon is (to Compose a line feed, too); 0: an error. */
static size_t find_separator(const struct reading *reading, size_t at)
{
	for (; at < reading->size; at++) {
		char byte = reading->text[at];
		if (byte == '=' || byte == ':' ||
			(byte == '\n' && is_compose(reading)))
			return at;
		size_t blank = skip_inline(reading, at);
		if (blank > at)
			at = blank - 1;
		else if (!is_name_byte(reading, byte))
			return 0;
	}
	return at;
}

static bool expands_godotenv(struct reading *reading)
{
	struct slice value = { reading->value.data, reading->value.size };
	bool expands = false;

	for (size_t at = 0; at + 1 < value.size; at++) {
		size_t name = at + 1;
		if (value.at[at] != '$' || is_escaped(value, at))
			continue;
		name += value.at[name] == '(';
		name += name < value.size && value.at[name] == '{';
		expands |= name < value.size &&
			(text_is_upper(value.at[name]) ||
				text_is_digit(value.at[name]) ||
				value.at[name] == '_');
	}
	unescape_dollars(reading);
	return expands;
}

/* $NAME, ${...}; $$ is $. */
static bool expands_compose(struct reading *reading)
{
	struct slice value = { reading->value.data, reading->value.size };
	char *bytes = reading->value.data;
	bool expands = false;
	size_t length = 0;

	for (size_t at = 0; at < value.size; at++) {
		char next = at + 1 < value.size ? value.at[at + 1] : '\0';
		bytes[length++] = value.at[at];
		if (value.at[at] != '$')
			continue;
		if (next == '$')
			at++;
		expands |= text_is_letter(next) || next == '_' || next == '{';
	}
	if (bytes)
		buf_truncate(&reading->value, length);
	return expands;
}

static void see_go(struct reading *reading, struct seen *seen,
	struct slice name, bool literal)
{
	bool expands = !literal &&
		(is_compose(reading) ? expands_compose(reading)
				     : expands_godotenv(reading));

	if (expands)
		see_expanded(reading, seen, name);
	else
		see_value(reading, seen, name);
}

/* godotenv: up to the last # behind a blank. */
static struct slice cut_comment(struct slice line)
{
	for (size_t at = line.size; at-- > 1;) {
		char before = line.at[at - 1];
		if (line.at[at] == '#' &&
			(text_is_space(before) ||
				(at > 1 && line.at[at - 2] == '\xc2' &&
					(before == '\xa0' ||
						before == '\x85'))))
			return slice_first(line, at);
	}
	return line;
}

static void take_bare(struct reading *reading, struct seen *seen,
	struct slice name, size_t at)
{
	bool compose = is_compose(reading);
	size_t end = compose ? find_line_end(reading, at)
			     : find_any(reading, at, "\n\r");
	struct slice line = cut(reading, at, end);

	if (compose) {
		for (size_t i = 0; i + 1 < line.size; i++)
			if (slice_has_at(line, i, " #"))
				line = slice_first(line, i);
		line = trim_end(line, SPACE_UNICODE);
	} else {
		line = trim(cut_comment(line), SPACE_ASCII);
	}
	put_value(reading, line);
	reading->at = skip_line_end(reading, end);
	see_go(reading, seen, name, false);
}

/* \n and \r stand for something; of others but \$ the backslash goes. */
static void unescape_pairs(struct reading *reading)
{
	char *bytes = reading->value.data;
	size_t length = 0;

	for (size_t at = 0; at < reading->value.size; at++) {
		char next = at + 1 < reading->value.size ? bytes[at + 1] : '\0';
		bool pair = bytes[at] == '\\' && next && next != '$';
		char plain = next == 'n' ? '\n' : next == 'r' ? '\r' : next;
		bytes[length++] = pair ? plain : bytes[at];
		at += pair;
	}
	if (bytes)
		buf_truncate(&reading->value, length);
}

/* godotenv: \n and \r, and no backslash before anything else but $. Quotes at
 * the ends go, however many. */
static void take_quoted(struct reading *reading, struct seen *seen,
	struct slice name, size_t at)
{
	char quote = reading->text[at];
	size_t escaped = 0;
	size_t close = find_closing(reading, at, &escaped);

	if (close >= reading->size) {
		see_refused(reading, seen);
		return;
	}
	struct slice value = cut(reading, at, close);
	while (value.size && value.at[value.size - 1] == quote)
		value.size--;
	while (value.size && *value.at == quote)
		value = slice_from(value, 1);
	buf_clear(&reading->value);
	for (size_t i = 0; i < value.size; i++)
		if (!slice_has_at(value, i, "\r\n"))
			buf_byte(&reading->value, value.at[i]);
	if (quote == '"')
		unescape_pairs(reading);
	reading->at = close + 1;
	see_go(reading, seen, name, quote == '\'');
}

/* Compose: a backslash before the quote goes, and the escapes of a shell. */
static void take_compose_quoted(struct reading *reading, struct seen *seen,
	struct slice name, size_t at)
{
	static const char letters[] = "abcfnrtv\"\\$";
	static const char bytes[] = "\a\b\0\f\n\r\t\v\"\\$";
	char quote = reading->text[at];

	buf_clear(&reading->value);
	for (at++; at < reading->size && reading->text[at] != quote; at++) {
		char next = byte_at(reading, at + 1);
		const char *known = NULL;
		if (reading->text[at] != '\\' || !next) {
			buf_byte(&reading->value, reading->text[at]);
			continue;
		}
		at++;
		known = quote == '"' ? strchr(letters, next) : NULL;
		if (next == '$' && quote == '"')
			buf_text(&reading->value, "$$");
		else if (known && bytes[known - letters])
			buf_byte(&reading->value, bytes[known - letters]);
		else if (next == quote)
			buf_byte(&reading->value, next);
		else
			buf_printf(&reading->value, "\\%c", next);
	}
	if (at >= reading->size) {
		see_refused(reading, seen);
		return;
	}
	reading->at = at + 1;
	see_go(reading, seen, name, quote == '\'');
}

/* The statement's name and what is behind its separator; 0: an error. */
static size_t take_name(
	const struct reading *reading, size_t at, struct slice *name)
{
	size_t start = skip_export(reading, at);
	size_t separator = find_separator(reading, start);

	if (separator == 0)
		return 0;
	*name = trim_end(cut(reading, start, separator), SPACE_UNICODE);
	return separator < reading->size ? separator + 1 : separator;
}

static void read_statement(
	struct reading *reading, struct seen *seen, size_t at)
{
	struct slice name = { .size = 0 };
	size_t value = take_name(reading, at, &name);
	bool compose = is_compose(reading);

	if (value == 0 || (compose && slice_contains(name, " "))) {
		reading->at++;
		see_refused(reading, seen);
		return;
	}
	reading->at = value;
	if (compose && value > at && reading->text[value - 1] == '\n') {
		put_value(reading, (struct slice){ .size = 0 });
		see_expanded(reading, seen, name);
		return;
	}
	value = skip_inline(reading, value);
	char first = byte_at(reading, value);
	if (first != '\'' && first != '"')
		take_bare(reading, seen, name, value);
	else if (compose)
		take_compose_quoted(reading, seen, name, value);
	else
		take_quoted(reading, seen, name, value);
}

void read_go(struct reading *reading, struct seen *seen)
{
	size_t at = skip_space(reading, reading->at, SPACE_UNICODE);

	if (at >= reading->size || reading->text[at] == '#')
		reading->at = next_line(reading, at);
	else
		read_statement(reading, seen, at);
}
