/* SPDX-License-Identifier: MIT */
/*
 * Node's own reader: --env-file, process.loadEnvFile, util.parseEnv. Carriage
 * returns are deleted before anything else. Node 20 knows lines only behind a
 * value: what is none, even a blank one, is part of the next name; blanks at
 * the beginning of the file alone it takes away.
 */
#include "readers/readers_internal.h"

#include <string.h>

static bool is_20(const struct reading *reading)
{
	return reading->model->variant == NODE_20;
}

/* Blanks; to later versions also tabs and line feeds. */
static bool is_trimmed(const struct reading *reading, char byte)
{
	return byte == ' ' || byte == '\r' ||
		(!is_20(reading) && (byte == '\t' || byte == '\n'));
}

static size_t skip_trimmed(const struct reading *reading, size_t at)
{
	while (at < reading->size && is_trimmed(reading, reading->text[at]))
		at++;
	return at;
}

static struct slice trim_piece(const struct reading *reading, struct slice text)
{
	while (text.size && is_trimmed(reading, *text.at))
		text = slice_from(text, 1);
	while (text.size && is_trimmed(reading, text.at[text.size - 1]))
		text.size--;
	return text;
}

static void delete_returns(struct reading *reading)
{
	char *value = reading->value.data;
	size_t length = 0;

	for (size_t at = 0; at < reading->value.size; at++)
		if (value[at] != '\r')
			value[length++] = value[at];
	buf_truncate(&reading->value, length);
}

/* To Node 20 a second blank behind it belongs to the name. */
static struct slice strip_export(
	const struct reading *reading, struct slice name)
{
	if (!slice_take(&name, "export "))
		return name;
	return is_20(reading) ? name : trim_piece(reading, name);
}

static void see_node(struct reading *reading, struct seen *seen,
	struct slice name, struct slice value, bool escapes)
{
	put_value(reading, value);
	delete_returns(reading);
	if (escapes)
		unescape(reading, "n", "\n");
	see_value(reading, seen, name);
}

/* Behind the quote that closes the one at `at`; 0: none. */
static size_t take_quoted(struct reading *reading, size_t at)
{
	char quote = byte_at(reading, at);

	if (quote != '\'' && quote != '"' && quote != '`')
		return 0;
	const char *close =
		memchr(reading->text + at + 1, quote, reading->size - at - 1);
	return close ? (size_t)(close - reading->text) + 1 : 0;
}

static void take_value(struct reading *reading, struct seen *seen,
	struct slice name, size_t at)
{
	size_t closed = take_quoted(reading, at);

	if (closed) {
		see_node(reading, seen, name, cut(reading, at + 1, closed - 1),
			reading->text[at] == '"');
		reading->at = next_line(reading, closed);
		return;
	}
	size_t end = find_line_end(reading, at);
	struct slice value = cut(reading, at, end);
	char first = value.size ? *value.at : '\0';
	if (!first || !strchr("'\"`", first))
		value = trim_piece(
			reading, slice_first(value, slice_find(value, '#')));
	/* Node 20 takes a quote that is opened in an unfinished last line for
	 * the beginning of another name. */
	if (is_20(reading) && first && strchr("'\"`", first) &&
		end >= reading->size) {
		reading->at = at;
		return;
	}
	see_node(reading, seen, name, value, false);
	reading->at = next_line(reading, at);
}

void read_node(struct reading *reading, struct seen *seen)
{
	size_t at = reading->at;
	bool later = !is_20(reading);

	while (byte_at(reading, at) == '\r')
		at++;
	if (later || reading->at == 0)
		at = skip_trimmed(reading, at);
	if (at >= reading->size || byte_at(reading, at) == '\n' ||
		byte_at(reading, at) == '#') {
		reading->at = next_line(reading, at);
		return;
	}
	size_t end = find_any(reading, at, later ? "=\n" : "=");
	if (byte_at(reading, end) != '=') {
		reading->at = next_line(reading, end);
		return;
	}
	struct slice name = trim_piece(reading, cut(reading, at, end));
	size_t value = end + 1;
	while (byte_at(reading, value) == '\r')
		value++;
	if (later && byte_at(reading, value) == '\n') {
		see_node(
			reading, seen, name, cut(reading, value, value), false);
		reading->at = value + 1;
		return;
	}
	value = skip_trimmed(reading, value);
	if (name.size == 0 && !later) {
		see_ended(reading, seen);
		reading->at = reading->size;
		return;
	}
	if (name.size == 0) {
		reading->at = value;
		return;
	}
	take_value(reading, seen, strip_export(reading, name), value);
}
