/* SPDX-License-Identifier: MIT */
/*
 * phpdotenv: lines are joined where one looks like the beginning of a value in
 * double quotes; then each is taken byte by byte.
 */
#include "readers/readers_internal.h"

#include "base/text.h"

#include <string.h>

/* How often a double quote stands behind a byte that is no backslash, with
 * pairs of backslashes taken out; from 2 on it does not matter. */
static size_t count_quotes(struct slice line)
{
	size_t count = 0;
	char before = '\0';

	for (size_t at = 0; at < line.size && count < 2; at++) {
		if (slice_has_at(line, at, "\\\\")) {
			at++;
			continue;
		}
		count += line.at[at] == '"' && before && before != '\\';
		before = line.at[at];
	}
	return count;
}

static bool ends_lines(struct slice line, bool started)
{
	return slice_is(line, "\"") || count_quotes(line) > (started ? 1 : 0);
}

static bool starts_lines(struct slice line)
{
	return slice_contains(line, "=\"") && !ends_lines(line, true);
}

/* The end of the line or joined lines that begin at reading->at; lines that
 * never end are dropped. */
static size_t find_entry_end(const struct reading *reading, bool *dropped)
{
	bool joining = false;
	size_t at = reading->at;

	for (;;) {
		size_t end = find_any(reading, at, "\n\r");
		struct slice line = cut(reading, at, end);
		bool started = starts_lines(line);
		joining |= started;
		if (!joining || ends_lines(line, started))
			return end;
		if (end >= reading->size) {
			*dropped = true;
			return end;
		}
		at = skip_line_end(reading, end);
	}
}

/* PHP's trim(): NUL is in no file that is read here. */
static struct slice trimmed(struct slice text)
{
	while (text.size && *text.at != '\f' && text_is_space(*text.at))
		text = slice_from(text, 1);
	while (text.size && text.at[text.size - 1] != '\f' &&
		text_is_space(text.at[text.size - 1]))
		text.size--;
	return text;
}

static bool take_name(struct slice *name)
{
	struct reading piece;
	char first = '\0';

	if (name->size > 8 && slice_begins(*name, "export") &&
		text_is_space(name->at[6]))
		*name = trimmed(slice_from(*name, 6));
	first = name->size > 2 ? *name->at : '\0';
	if ((first == '"' || first == '\'') &&
		name->at[name->size - 1] == first)
		*name = slice_first(slice_from(*name, 1), name->size - 2);
	piece = (struct reading){ .text = name->at, .size = name->size };
	return name->size && skip_word(&piece, 0, ".") == name->size;
}

/* ${NAME}, which stays as it is where there is no such variable. */
static bool expands_at(struct slice value, size_t at)
{
	struct reading piece = { .text = value.at, .size = value.size };
	size_t end = skip_word(&piece, at + 2, ".");

	return slice_has_at(value, at, "${") && end > at + 2 &&
		byte_at(&piece, end) == '}';
}

enum state {
	BARE,
	SINGLE,
	DOUBLE,
	BEHIND,
	WRONG
};

/* A byte in double quotes; *at is moved over what belongs to it. */
static enum state take_double(
	struct reading *reading, struct slice value, size_t *at, bool *expands)
{
	static const char letters[] = "\\\"$fnrtv";
	static const char bytes[] = "\\\"$\f\n\r\t\v";
	char byte = value.at[*at];

	if (byte == '"')
		return BEHIND;
	if (byte == '\\') {
		char next = ++*at < value.size ? value.at[*at] : '\0';
		const char *known = next ? strchr(letters, next) : NULL;
		if (!known)
			return WRONG;
		byte = bytes[known - letters];
	} else if (byte == '$') {
		*expands |= expands_at(value, *at);
	}
	buf_byte(&reading->value, byte);
	return DOUBLE;
}

/* False where it is an error. */
static bool take_value(
	struct reading *reading, struct slice value, bool *expands)
{
	char first = value.size ? *value.at : '\0';
	enum state state = first == '\'' ? SINGLE
		: first == '"'           ? DOUBLE
					 : BARE;

	for (size_t at = state != BARE; at < value.size; at++) {
		char byte = value.at[at];
		if (byte == '#' && (state == BARE || state == BEHIND))
			return true;
		if ((state == BARE && text_is_space(byte)) ||
			(state == SINGLE && byte == '\''))
			state = BEHIND;
		else if (state == DOUBLE)
			state = take_double(reading, value, &at, expands);
		else if (state == BEHIND && !text_is_space(byte))
			return false;
		else if (state != BEHIND)
			buf_byte(&reading->value, byte);
		if (state == WRONG)
			return false;
		if (state == BARE && byte == '$')
			*expands |= expands_at(value, at);
	}
	return state == BARE || state == BEHIND;
}

void read_php(struct reading *reading, struct seen *seen)
{
	bool dropped = false;
	size_t end = find_entry_end(reading, &dropped);
	struct slice entry = cut(reading, reading->at, end);
	size_t equals = slice_find(entry, '=');
	struct slice name = slice_first(entry, equals);
	struct slice shown = trimmed(entry);
	bool expands = false;

	reading->at = skip_line_end(reading, end);
	if (dropped || shown.size == 0 || *shown.at == '#')
		return;
	name = equals < entry.size ? trimmed(name) : name;
	buf_clear(&reading->value);
	if (!take_name(&name) ||
		!take_value(reading, trimmed(slice_from(entry, equals + 1)),
			&expands)) {
		see_refused(reading, seen);
		return;
	}
	unify_line_ends(reading);
	if (expands)
		see_expanded(reading, seen, name);
	else if (equals < entry.size)
		see_value(reading, seen, name);
}
