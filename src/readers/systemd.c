/* SPDX-License-Identifier: MIT */
/*
 * systemd's EnvironmentFile=. Quotes count at the value's beginning and behind
 * one that was closed; one that is never closed takes all the rest. A comment
 * that ends in a backslash takes the next line, up to version 253.
 */
#include "readers/readers_internal.h"

#include "base/text.h"

#include <string.h>

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static bool is_line_end(char byte)
{
	return byte == '\n' || byte == '\r';
}

static size_t skip_comment(const struct reading *reading, size_t at)
{
	for (; at < reading->size && !is_line_end(reading->text[at]); at++)
		at += reading->text[at] == '\\';
	return at < reading->size ? at + 1 : reading->size;
}

/* What is in double quotes from `at` on; behind the closing one. */
static size_t take_double(struct reading *reading, size_t at)
{
	for (; at < reading->size && reading->text[at] != '"'; at++) {
		char next = byte_at(reading, at + 1);
		if (reading->text[at] != '\\') {
			buf_byte(&reading->value, reading->text[at]);
			continue;
		}
		if (next && strchr("\"\\`$", next))
			buf_byte(&reading->value, next);
		else if (next && next != '\n')
			buf_printf(&reading->value, "\\%c", next);
		at++;
	}
	return at + 1;
}

static size_t take_single(struct reading *reading, size_t at)
{
	size_t end = find_any(reading, at, "'");

	buf_append(&reading->value, reading->text + at, end - at);
	return end + 1;
}

/* The rest of the line, in which quotes are nothing. */
static size_t take_bare(struct reading *reading, size_t at)
{
	size_t kept = reading->value.size;

	for (; at < reading->size && !is_line_end(reading->text[at]); at++) {
		char byte = reading->text[at];
		if (byte == '\\' && ++at >= reading->size)
			break;
		if (byte != '\\' || !is_line_end(reading->text[at]))
			buf_byte(&reading->value, reading->text[at]);
		if (byte == '\\' || !is_space(byte))
			kept = reading->value.size;
	}
	buf_truncate(&reading->value, kept);
	return at;
}

static size_t take_value(struct reading *reading, size_t at)
{
	while (at < reading->size && !is_line_end(reading->text[at])) {
		char byte = reading->text[at];
		if (byte == '"')
			at = take_double(reading, at + 1);
		else if (byte == '\'')
			at = take_single(reading, at + 1);
		else if (is_space(byte))
			at++;
		else
			return take_bare(reading, at);
	}
	return at;
}

void read_systemd(struct reading *reading, struct seen *seen)
{
	size_t at = reading->at;

	while (at < reading->size && is_space(reading->text[at]))
		at++;
	char first = byte_at(reading, at);
	if (at >= reading->size || first == '#' || first == ';') {
		reading->at = skip_comment(reading, at);
		return;
	}
	size_t equals = find_any(reading, at + 1, "=\n\r");
	if (byte_at(reading, equals) != '=') {
		reading->at = skip_line_end(reading, equals);
		return;
	}
	struct slice name = trim_end(cut(reading, at, equals), SPACE_ASCII);
	size_t end = take_value(reading, equals + 1);
	reading->at = end < reading->size ? end + 1 : reading->size;
	if (is_shell_name(name))
		see_value(reading, seen, name);
	else if (!text_is_utf8(reading->text + at, reading->at - at))
		see_refused(reading, seen);
}
