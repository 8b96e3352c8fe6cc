/* SPDX-License-Identifier: MIT */
/* python-dotenv, with which Compose 1 reads too. */
#include "readers/readers_internal.h"

#include <string.h>

static bool at_line_end(const struct reading *reading, size_t at)
{
	return at >= reading->size || reading->text[at] == '\n' ||
		reading->text[at] == '\r';
}

/* White space but for LF and CR. */
static size_t skip_blank(const struct reading *reading, size_t at)
{
	while (!at_line_end(reading, at)) {
		size_t length = space_at(reading, at, SPACE_UNICODE);
		if (length == 0)
			break;
		at += length;
	}
	return at;
}

static size_t find_end(const struct reading *reading, size_t at)
{
	return find_any(reading, at, "\n\r");
}

/* The name, which may stand in quotes; false: none. */
static bool take_name(
	const struct reading *reading, size_t *at, struct slice *name)
{
	size_t start = *at;

	if (begins_at(reading, start, "export")) {
		size_t after = start + strlen("export");
		size_t behind = skip_blank(reading, after);
		start = behind > after ? behind : start;
	}
	bool quoted = byte_at(reading, start) == '\'';
	start += quoted;
	size_t end = start;
	while (end < reading->size && reading->text[end] != '\'' && quoted)
		end++;
	while (!quoted && end < reading->size && reading->text[end] != '=' &&
		reading->text[end] != '#' &&
		!space_at(reading, end, SPACE_UNICODE))
		end++;
	*name = cut(reading, start, end);
	if (end == start || (quoted && end >= reading->size))
		return false;
	*at = end + quoted;
	return true;
}

/* ${NAME} and ${NAME:-default} */
static bool expands(struct slice value)
{
	size_t end = 0;   /* the next } behind what is looked at */
	size_t colon = 0; /* and the next : */

	for (size_t at = 0; at + 2 < value.size; at++) {
		if (value.at[at] != '$' || value.at[at + 1] != '{')
			continue;
		if (end < at + 2)
			end = at + 2 +
				slice_find(slice_from(value, at + 2), '}');
		if (colon < at + 2)
			colon = at + 2 +
				slice_find(slice_from(value, at + 2), ':');
		if (end < value.size &&
			(colon > end || slice_has_at(value, colon, ":-")))
			return true;
	}
	return false;
}

/* Behind the quote that closes the one at `at`; 0: none. */
static size_t take_quoted(struct reading *reading, size_t at)
{
	bool single = reading->text[at] == '\'';
	size_t escaped = 0;
	size_t close = find_closing(reading, at, &escaped);

	if (close >= reading->size && escaped == 0)
		return 0;
	close = close < reading->size ? close : escaped;
	put_value(reading, cut(reading, at + 1, close));
	unify_line_ends(reading);
	unescape(reading, single ? "\\'" : "\\'\"abfnrtv",
		single ? "\\'" : "\\'\"\a\b\f\n\r\t\v");
	return close + 1;
}

/* The comment begins at the first # behind white space. */
static size_t take_bare(struct reading *reading, size_t at)
{
	size_t end = find_end(reading, at);
	size_t stop = end;

	for (size_t i = at; i < end; i++) {
		size_t behind = skip_blank(reading, i);
		if (behind > i && byte_at(reading, behind) == '#') {
			stop = i;
			break;
		}
		i = behind > i ? behind - 1 : i;
	}
	put_value(reading, trim_end(cut(reading, at, stop), SPACE_UNICODE));
	return end;
}

/* Behind the line's end, where nothing but a comment stands before it. */
static size_t take_end(const struct reading *reading, size_t at)
{
	at = skip_blank(reading, at);
	if (byte_at(reading, at) == '#')
		at = find_end(reading, at);
	return at_line_end(reading, at) ? skip_line_end(reading, at) : 0;
}

/* A line in which something is wrong is dropped, from where it is on. */
static void drop_line(struct reading *reading, size_t at)
{
	reading->at = skip_line_end(reading, find_end(reading, at));
}

static void take_assignment(struct reading *reading, struct seen *seen,
	struct slice name, size_t at)
{
	char first = byte_at(reading, at);
	size_t end = at;

	put_value(reading, (struct slice){ .size = 0 });
	if (at_line_end(reading, at))
		;
	else if (first == '\'' || first == '"')
		end = take_quoted(reading, at);
	else
		end = take_bare(reading, at);
	size_t next = end ? take_end(reading, end) : 0;
	if (next == 0) {
		drop_line(reading, end ? end : at);
		return;
	}
	reading->at = next;
	if (expands((struct slice){
		    buf_cstring(&reading->value), reading->value.size }))
		see_expanded(reading, seen, name);
	else
		see_value(reading, seen, name);
}

void read_python(struct reading *reading, struct seen *seen)
{
	size_t at = skip_space(reading, reading->at, SPACE_UNICODE);
	struct slice name = { .size = 0 };

	if (at >= reading->size || reading->text[at] == '#' ||
		!take_name(reading, &at, &name)) {
		drop_line(reading, at);
		return;
	}
	at = skip_blank(reading, at);
	if (byte_at(reading, at) == '=') {
		at = skip_blank(reading, at + 1);
		take_assignment(reading, seen, name, at);
		return;
	}
	size_t next = take_end(reading, at);
	if (next == 0) {
		drop_line(reading, at);
		return;
	}
	reading->at = next;
	put_value(reading, (struct slice){ .size = 0 });
	if (reading->model->variant == PYTHON_COMPOSE)
		see_value(reading, seen, name);
}
