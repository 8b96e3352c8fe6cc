/* SPDX-License-Identifier: MIT */
/* Symfony's Dotenv: a value is pieces, in quotes or not, one after another. */
#include "readers/readers_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

static bool is_line_end(char byte)
{
	return byte == '\n' || byte == '\r';
}

static size_t skip_empty(const struct reading *reading, size_t at)
{
	for (;;) {
		at = skip_space(reading, at, SPACE_ASCII);
		if (byte_at(reading, at) != '#')
			return at;
		at = find_any(reading, at, "\n\r");
	}
}

/* Behind the =; 0: an error. */
static size_t take_name(
	const struct reading *reading, size_t at, struct slice *name)
{
	size_t start = behind_export(reading, at, SPACE_TAB);
	size_t first = start + (byte_at(reading, start) == '_');
	size_t end = skip_word(reading, first, "");
	*name = cut(reading, start, end);
	if (!text_is_letter(byte_at(reading, first)) ||
		byte_at(reading, end) != '=')
		return 0;
	return end + 1;
}

enum outcome {
	FINE,
	EXPANDS,
	WRONG
};

/* $(...) is run, where Symfony's Process component is there. */
static bool runs(struct slice text)
{
	OWNED size_t *closes = find_brackets(text);
	bool runs = false;

	for (size_t at = 0; closes && !runs && at + 1 < text.size; at++)
		runs = text.at[at] == '$' && closes[at + 1] > at + 2 &&
			!is_escaped(text, at);
	return runs;
}

/* How many backslashes stand in front. */
static size_t count_backslashes(struct slice text, size_t at)
{
	size_t count = 0;

	while (at > count && text.at[at - count - 1] == '\\')
		count++;
	return count;
}

/* A $ that stands for something, and whether what stands there can be; `last`
 * is where the last } is. */
static enum outcome look_at_dollar(struct slice text, size_t at, size_t last)
{
	struct reading piece = { .text = text.at, .size = text.size };
	bool brace = byte_at(&piece, at + 1) == '{';
	size_t name = at + 1 + brace;
	size_t first = name + (byte_at(&piece, name) == '_');

	if (byte_at(&piece, at + 1) == '(')
		return FINE;
	if (!text_is_letter(byte_at(&piece, first)))
		/* "$}" and "${" lose what a name would have had around it */
		return byte_at(&piece, at + 1) == '}' ? EXPANDS : FINE;
	if (brace && last <= at)
		return WRONG;
	return EXPANDS;
}

/* Whether the backslash at `at` goes, which stands before a $ and behind so
 * many others: before a command always, before a bracket that none closes
 * never. */
static bool escapes(
	struct slice text, const size_t *closes, size_t at, size_t before)
{
	if (slice_has_at(text, at + 1, "$("))
		return closes[at + 2] > at + 3;
	return before % 2 == 0;
}

static size_t find_last(struct slice text, char byte)
{
	size_t at = text.size;

	while (at > 0 && text.at[at - 1] != byte)
		at--;
	return at > 0 ? at - 1 : 0;
}

/* Resolves what is behind `from` in the value. */
static enum outcome resolve(struct reading *reading, size_t from)
{
	if (reading->value.size == from)
		return FINE;
	struct slice text = { reading->value.data + from,
		reading->value.size - from };
	char *bytes = reading->value.data + from;
	enum outcome outcome = FINE;
	size_t last = find_last(text, '}');
	size_t length = 0;

	for (size_t at = 0; at < text.size; at++) {
		if (text.at[at] != '$' || count_backslashes(text, at) % 2)
			continue;
		enum outcome found = look_at_dollar(text, at, last);
		outcome = found > outcome ? found : outcome;
	}
	if (outcome != FINE)
		return outcome;
	/* Bytes move while they are looked at, so what is before is kept. */
	size_t before = 0;
	OWNED size_t *closes = find_brackets(text);
	for (size_t at = 0; at < text.size; at++) {
		bool escape = text.at[at] == '\\' && at + 1 < text.size &&
			text.at[at + 1] == '$' &&
			escapes(text, closes, at, before);
		before = text.at[at] == '\\' ? before + 1 : 0;
		if (!escape)
			bytes[length++] = text.at[at];
	}
	buf_truncate(&reading->value, from + length);
	/* Two backslashes are one. */
	text.size = length;
	length = 0;
	for (size_t at = 0; at < text.size; at++) {
		at += text.at[at] == '\\' && at + 1 < text.size &&
			text.at[at + 1] == '\\';
		bytes[length++] = text.at[at];
	}
	buf_truncate(&reading->value, from + length);
	return FINE;
}

static enum outcome judge(
	struct reading *reading, struct seen *seen, size_t from)
{
	struct slice text = { buf_cstring(&reading->value) + from,
		reading->value.size - from };

	if (runs(text)) {
		seen->runs = true;
		return EXPANDS;
	}
	return resolve(reading, from);
}

/* What is in double quotes at *at. */
static enum outcome take_double(
	struct reading *reading, struct seen *seen, size_t *at)
{
	size_t from = reading->value.size;
	size_t i = *at + 1;

	for (;; i++) {
		char byte = byte_at(reading, i);
		bool escaped = i > 1 && reading->text[i - 1] == '\\' &&
			reading->text[i - 2] != '\\';
		if (i >= reading->size)
			return WRONG;
		if (byte == '"' && !escaped)
			break;
	}
	for (size_t from_at = *at + 1; from_at < i; from_at++) {
		char byte = reading->text[from_at];
		char next = from_at + 1 < i ? reading->text[from_at + 1] : '\0';
		if (byte == '\\' &&
			(next == '"' || next == 'n' || next == 'r')) {
			byte = next == 'n' ? '\n' : next == 'r' ? '\r' : next;
			from_at++;
		} else if (byte == '\r') {
			from_at += next == '\n';
			byte = '\n';
		}
		buf_byte(&reading->value, byte);
	}
	*at = i + 1;
	return judge(reading, seen, from);
}

/* Behind the `)` of what opens at `at`, on one line; 0: there is none. */
static size_t skip_nested(const struct reading *reading, size_t at)
{
	size_t depth = 0;

	for (; at < reading->size && !is_line_end(reading->text[at]); at++) {
		if (reading->text[at] == '(')
			depth++;
		else if (reading->text[at] == ')' && --depth == 0)
			return at + 1;
	}
	return 0;
}

static bool ends_bare(const struct reading *reading, size_t at, char before)
{
	char byte = byte_at(reading, at);

	return at >= reading->size || is_line_end(byte) || byte == '"' ||
		byte == '\'' || (text_is_blank(before) && byte == '#');
}

static enum outcome take_bare(
	struct reading *reading, struct seen *seen, size_t *at)
{
	size_t from = reading->value.size;
	char before = reading->text[*at - 1];

	while (!ends_bare(reading, *at, before)) {
		char next = byte_at(reading, *at + 1);
		if (reading->text[*at] == '\\' && (next == '"' || next == '\''))
			++*at;
		before = reading->text[*at];
		size_t end = *at + 1;
		if (before == '$' && next == '(')
			end = skip_nested(reading, end);
		if (end == 0)
			return WRONG;
		buf_append(&reading->value, reading->text + *at, end - *at);
		*at = end;
	}
	while (reading->value.size > from &&
		text_is_space(reading->value.data[reading->value.size - 1]))
		buf_truncate(&reading->value, reading->value.size - 1);
	size_t size = reading->value.size;
	SCOPED(buf) struct buf value = BUF(size + 1);
	buf_append(&value, buf_cstring(&reading->value) + from, size - from);
	enum outcome outcome = judge(reading, seen, from);
	if (outcome != FINE)
		return outcome;
	/* Where nothing was resolved a blank is an error. */
	if (reading->value.size == size) {
		for (size_t i = 0; i < value.size; i++)
			if (text_is_space(value.data[i]))
				return WRONG;
	}
	return FINE;
}

static enum outcome take_single(struct reading *reading, size_t *at)
{
	size_t from = *at + 1;
	const char *close =
		memchr(reading->text + from, '\'', reading->size - from);

	if (!close)
		return WRONG;
	for (; reading->text + from < close; from++) {
		char byte = reading->text[from];
		if (byte == '\r') {
			from += reading->text[from + 1] == '\n';
			byte = '\n';
		}
		buf_byte(&reading->value, byte);
	}
	*at = from + 1;
	return FINE;
}

static enum outcome take_value(
	struct reading *reading, struct seen *seen, size_t *at)
{
	size_t blank = skip_space(reading, *at, SPACE_TAB);
	enum outcome worst = FINE;

	if (blank >= reading->size || is_line_end(reading->text[blank]) ||
		reading->text[blank] == '#') {
		*at = find_any(reading, blank, "\n\r");
		return FINE;
	}
	if (blank > *at)
		return WRONG;
	do {
		char byte = reading->text[*at];
		enum outcome found = byte == '\'' ? take_single(reading, at)
			: byte == '"' ? take_double(reading, seen, at)
				      : take_bare(reading, seen, at);
		worst = found > worst ? found : worst;
		if (worst == WRONG)
			return worst;
		if (byte != '\'' && byte != '"' &&
			byte_at(reading, *at) == '#') {
			*at = find_any(reading, *at, "\n\r");
			break;
		}
	} while (*at < reading->size && !is_line_end(reading->text[*at]));
	return worst;
}

void read_symfony(struct reading *reading, struct seen *seen)
{
	size_t at = skip_empty(reading, reading->at);
	struct slice name = { .size = 0 };

	/* Comments are an item of their own: what is refused is behind them. */
	if (at >= reading->size || at > reading->at) {
		reading->at = at;
		return;
	}
	size_t value = take_name(reading, at, &name);
	enum outcome outcome =
		value ? take_value(reading, seen, &value) : WRONG;
	reading->at = value > at ? value : at + 1;
	if (outcome == WRONG)
		see_refused(reading, seen);
	else if (outcome == EXPANDS)
		see_expanded(reading, seen, name);
	else
		see_value(reading, seen, name);
}
