/* SPDX-License-Identifier: MIT */
/* Readers that take each line for itself: dotenv 8, env-cmd, docker, podman. */
#include "readers/readers_internal.h"

#include <string.h>

static bool is_quote(char byte)
{
	return byte == '\'' || byte == '"';
}

#define SEPARATOR_SIZE 3

/* U+2028 or U+2029, which end a line to JavaScript's "." */
static bool is_separator(const struct reading *reading, size_t at)
{
	return begins_at(reading, at, "\xe2\x80\xa8") ||
		begins_at(reading, at, "\xe2\x80\xa9");
}

static size_t find_separator(const struct reading *line, size_t at)
{
	while (at < line->size && !is_separator(line, at))
		at++;
	return at;
}

static void see_dotenv8(
	struct reading *reading, struct seen *seen, size_t at, size_t end)
{
	struct reading line = { .text = reading->text, .size = end };
	size_t name = skip_space(&line, at, SPACE_JS);
	size_t name_end = skip_word(&line, name, ".-");
	size_t equals = skip_space(&line, name_end, SPACE_JS);

	if (name == name_end || byte_at(&line, equals) != '=')
		return;
	size_t start = skip_space(&line, equals + 1, SPACE_JS);
	struct slice value = cut(&line, start, end);
	struct slice within = cut(&line, start, find_separator(&line, start));
	if (trim_end(value, SPACE_JS).size > within.size)
		return;
	value = within;
	char first = value.size ? *value.at : '\0';
	bool quoted = is_quote(first) && value.at[value.size - 1] == first;
	if (quoted && value.size > 1)
		value = slice_first(slice_from(value, 1), value.size - 2);
	else if (!quoted)
		value = trim(value, SPACE_JS);
	put_value(reading, value);
	if (quoted && first == '"')
		unescape(reading, "n", "\n");
	see_value(reading, seen, cut(&line, name, name_end));
}

static void see_env_cmd(
	struct reading *reading, struct seen *seen, struct slice line)
{
	size_t equals = line.size > 1 ? 1 + slice_find(slice_from(line, 1), '=')
				      : line.size;
	struct slice value = trim(slice_from(line, equals + 1), SPACE_JS);
	struct slice name = trim(slice_first(line, equals), SPACE_JS);

	if (equals >= line.size || (name.size && *name.at == '#'))
		return;
	if (value.size && is_quote(*value.at)) {
		char quote = *value.at;
		value = slice_from(value, 1);
		while (value.size && value.at[value.size - 1] != quote)
			value.size--;
		value.size -= value.size > 0;
	} else {
		value = trim(
			slice_first(value, slice_find(value, '#')), SPACE_JS);
	}
	put_value(reading, value);
	unescape(reading, "n", "\n");
	see_value(reading, seen, name);
}

/* A name alone is taken from the environment. */
static void see_inherited(
	struct reading *reading, struct seen *seen, struct slice name)
{
	put_value(reading, (struct slice){ .size = 0 });
	see_expanded(reading, seen, name);
}

static void see_docker(
	struct reading *reading, struct seen *seen, size_t at, size_t end)
{
	bool podman = reading->model->reader == READER_PODMAN;
	struct reading line = { .text = reading->text, .size = end };
	size_t start =
		skip_space(&line, at, podman ? SPACE_TAB : SPACE_UNICODE);
	struct slice rest = cut(&line, start, end);
	struct slice name = slice_first(rest, slice_find(rest, '='));

	if (rest.size == 0 || *rest.at == '#')
		return;
	if (name.size == 0 ||
		(!podman &&
			(slice_find(name, ' ') < name.size ||
				slice_find(name, '\t') < name.size))) {
		see_refused(reading, seen);
	} else if (name.size == rest.size) {
		see_inherited(reading, seen, name);
	} else {
		put_value(reading, slice_from(rest, name.size + 1));
		see_value(reading, seen, name);
	}
}

void read_dotenv8(struct reading *reading, struct seen *seen)
{
	size_t at = reading->at;
	size_t end = find_any(reading, at, "\n\r");

	reading->at = skip_line_end(reading, end);
	see_dotenv8(reading, seen, at, end);
}

/* A separator ends a line to its expression, too, in which none is skipped. */
void read_env_cmd(struct reading *reading, struct seen *seen)
{
	size_t at = reading->at;
	size_t end = at;

	while (end < reading->size && !strchr("\n\r", reading->text[end]) &&
		!is_separator(reading, end))
		end++;
	reading->at = is_separator(reading, end) ? end + SEPARATOR_SIZE
						 : skip_line_end(reading, end);
	see_env_cmd(reading, seen, cut(reading, at, end));
}

void read_docker(struct reading *reading, struct seen *seen)
{
	size_t at = reading->at;
	size_t end = find_line_end(reading, at);

	reading->at = next_line(reading, at);
	if (end > at && reading->text[end - 1] == '\r')
		end--;
	see_docker(reading, seen, at, end);
}
