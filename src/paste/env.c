/* SPDX-License-Identifier: MIT */
/*
 * NAME=VALUE lines as people paste them. Reading is lenient where src/envfile
 * is exact: a paste is looked at by a person before it counts.
 */
#include "paste/paste_internal.h"

#include "base/text.h"

#include <string.h>

struct line {
	const char *name;
	size_t name_size;
	const char *value; /* the rest of the line */
};

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	return at;
}

static const char *skip_word(const char *at, const char *end, const char *word)
{
	size_t size = strlen(word);

	return (size_t)(end - at) > size && memcmp(at, word, size) == 0
		? skip_blanks(at + size, end)
		: at;
}

/* "export NAME=", "set NAME=", "ENV NAME=", "$env:NAME = ", "- NAME=". */
static bool find_name(const char *at, const char *end, struct line *line)
{
	static const char *const leads[] = { "- ", "export ", "set ", "setx ",
		"ENV ", "Environment=", "$env:" };

	at = skip_blanks(at, end);
	for (size_t i = 0; i < ARRAY_SIZE(leads); i++)
		at = skip_word(at, end, leads[i]);
	line->name = at;
	while (at < end && (text_is_alphanumeric(*at) || *at == '_'))
		at++;
	line->name_size = (size_t)(at - line->name);
	if (line->name_size == 0 || text_is_digit(*line->name) ||
		text_is_lower(*line->name))
		return false;
	at = skip_blanks(at, end);
	if (at == end || *at != '=')
		return false;
	line->value = skip_blanks(at + 1, end);
	return true;
}

static const char *line_end(const char *at, const char *end)
{
	const char *newline =
		at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;

	return newline ? newline : end;
}

bool env_is(const char *text, size_t size)
{
	const char *end = text + size;
	size_t lines = 0;
	size_t names = 0;

	for (const char *at = text; at < end; at = line_end(at, end) + 1) {
		const char *stop = line_end(at, end);
		const char *first = skip_blanks(at, stop);
		struct line line;
		if (first == stop || *first == '#' || *first == '\r')
			continue;
		lines++;
		names += find_name(first, stop, &line);
	}
	return names > 0 && names * 2 >= lines;
}

/* $NAME and ${NAME} in a value, by what stood above. */
static const char *take_reference(
	struct facts *facts, const char *at, const char *end, struct buf *value)
{
	bool braces = at + 1 < end && at[1] == '{';
	const char *name = at + 1 + braces;
	const char *stop = name;

	while (stop < end && (text_is_alphanumeric(*stop) || *stop == '_'))
		stop++;
	bool closed = !braces || (stop < end && *stop == '}');
	if (stop == name || text_is_digit(*name) || !closed) {
		buf_byte(value, *at);
		return at + 1;
	}
	facts_resolve(facts, name, (size_t)(stop - name), value);
	return stop + braces;
}

/* Returns where reading goes on: a quoted value may span lines. */
static const char *read_quoted(
	struct facts *facts, const char *at, const char *end, struct buf *value)
{
	char quote = *at++;

	while (at < end && *at != quote) {
		if (quote == '"' && *at == '\\' && at + 1 < end) {
			buf_byte(value, at[1] == 'n' ? '\n' : at[1]);
			at += 2;
		} else if (quote == '"' && *at == '$') {
			at = take_reference(facts, at, end, value);
		} else {
			buf_byte(value, *at++);
		}
	}
	return line_end(at, end);
}

static const char *read_plain(
	struct facts *facts, const char *at, const char *end, struct buf *value)
{
	const char *stop = line_end(at, end);

	while (at < stop) {
		bool comment = *at == '#' && text_is_space(at[-1]);
		if (comment)
			break;
		if (*at == '$')
			at = take_reference(facts, at, stop, value);
		else
			buf_byte(value, *at++);
	}
	while (value->size > 0 && text_is_space(value->data[value->size - 1]))
		buf_truncate(value, value->size - 1);
	return stop;
}

static const char *read_line(
	struct facts *facts, const struct line *line, const char *end)
{
	SCOPED(buf) struct buf value = BUF(VALUE_LIMIT);
	SCOPED(buf) struct buf name = BUF(256);
	bool quoted = line->value < end && strchr("\"'`", *line->value);
	const char *next = quoted ? read_quoted(facts, line->value, end, &value)
				  : read_plain(facts, line->value, end, &value);

	buf_append(&name, line->name, line->name_size);
	if (buf_failed(&name))
		return next;
	enum role role = role_of(facts->catalogue, line->name, line->name_size);
	facts_add(facts, role, &value, buf_cstring(&name));
	facts_bind(facts, buf_cstring(&name), &value);
	/* ANTHROPIC_CUSTOM_HEADERS="cf-aig-authorization: Bearer ..." */
	if (role == ROLE_NONE && value.size > 0)
		(void)facts_header(facts, value.data, value.size);
	return next;
}

void env_read(struct facts *facts, const char *text, size_t size)
{
	const char *end = text + size;
	const char *at = text;

	while (at < end) {
		const char *stop = line_end(at, end);
		struct line line;
		if (find_name(at, stop, &line))
			stop = read_line(facts, &line, end);
		at = stop + 1;
	}
}
