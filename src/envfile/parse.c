/* SPDX-License-Identifier: MIT */
#include "envfile/envfile_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

/* Where the assignment's parts are, as offsets into the scanner's text. */
struct assignment {
	size_t name_at;
	size_t name_end;
	size_t spelling_at;
	size_t spelling_end;
	bool quoted;
};

static size_t skip_blanks(const struct scanner *scanner, size_t at)
{
	while (at < scanner->size) {
		size_t length =
			blank_size(scanner->text + at, scanner->size - at);
		if (length == 0)
			break;
		at += length;
	}
	return at;
}

static bool is_line_end(const struct scanner *scanner, size_t at)
{
	return at == scanner->size || scanner->text[at] == '\n' ||
		scanner->text[at] == '\r';
}

static size_t find_line_end(const struct scanner *scanner, size_t at)
{
	while (!is_line_end(scanner, at))
		at++;
	return at;
}

/* The size of the line end at `at`: LF, CR LF or CR; 0 at the end of all. */
static size_t line_end_size(const struct scanner *scanner, size_t at)
{
	if (at == scanner->size)
		return 0;
	return scanner->text[at] == '\r' && at + 1 < scanner->size &&
			scanner->text[at + 1] == '\n'
		? 2
		: 1;
}

size_t count_line_ends(const char *bytes, size_t size)
{
	struct scanner scanner = { .text = bytes, .size = size };
	size_t count = 0;

	for (size_t at = find_line_end(&scanner, 0); at < size;
		at = find_line_end(&scanner, at + line_end_size(&scanner, at)))
		count++;
	return count;
}

static bool is_name_byte(char byte)
{
	return text_is_alphanumeric(byte) || byte == '_' || byte == '.' ||
		byte == '-';
}

/* A quote closes a value only where nothing but a comment follows. */
static bool can_close(const struct scanner *scanner, size_t quote)
{
	size_t after = skip_blanks(scanner, quote + 1);

	return is_line_end(scanner, after) || scanner->text[after] == '#';
}

static void look_ahead(struct scanner *scanner, size_t open, size_t kind)
{
	size_t at = open + 1;
	char quote = scanner->text[open];

	scanner->quotes[kind].known = true;
	scanner->quotes[kind].escaped = 0;
	for (; at < scanner->size; at++) {
		if (scanner->text[at] != quote)
			continue;
		if (at == open + 1 || scanner->text[at - 1] != '\\')
			break;
		if (can_close(scanner, at))
			scanner->quotes[kind].escaped = at;
	}
	scanner->quotes[kind].plain = at;
}

/*
 * dotenv's expression takes \" for an escaped quote, and only when the value
 * does not end well so, for a backslash and the end. Returns 0 for no end.
 */
static size_t find_closing_quote(struct scanner *scanner, size_t open)
{
	static const char kinds[] = "'\"`";
	size_t kind = (size_t)(strchr(kinds, scanner->text[open]) - kinds);

	if (!scanner->quotes[kind].known ||
		(scanner->quotes[kind].plain <= open &&
			scanner->quotes[kind].plain < scanner->size))
		look_ahead(scanner, open, kind);
	size_t plain = scanner->quotes[kind].plain;
	size_t escaped = scanner->quotes[kind].escaped;
	if (plain < scanner->size && can_close(scanner, plain))
		return plain;
	return escaped > open ? escaped : 0;
}

static bool scan_name(
	const struct scanner *scanner, size_t at, struct assignment *found)
{
	size_t end = at;

	while (end < scanner->size && is_name_byte(scanner->text[end]))
		end++;
	if (end == at)
		return false;
	size_t after = skip_blanks(scanner, end);
	if (after < scanner->size && scanner->text[after] == '=')
		found->spelling_at = after + 1;
	else if (end + 1 < scanner->size && scanner->text[end] == ':' &&
		blank_size(scanner->text + end + 1, scanner->size - end - 1))
		found->spelling_at = end + 1;
	else
		return false;
	found->name_at = at;
	found->name_end = end;
	return true;
}

static void scan_bare(struct scanner *scanner, struct assignment *found)
{
	size_t at = found->spelling_at;

	found->spelling_end = at;
	while (!is_line_end(scanner, at) && scanner->text[at] != '#') {
		size_t length =
			blank_size(scanner->text + at, scanner->size - at);
		at += length ? length : 1;
		if (length == 0)
			found->spelling_end = at;
	}
}

static void scan_spelling(struct scanner *scanner, struct assignment *found)
{
	size_t at = skip_blanks(scanner, found->spelling_at);

	found->spelling_at = at;
	if (at < scanner->size && scanner->text[at] != '\0' &&
		strchr("'\"`", scanner->text[at])) {
		size_t close = find_closing_quote(scanner, at);
		if (close) {
			found->spelling_end = close + 1;
			found->quoted = true;
			return;
		}
	}
	scan_bare(scanner, found);
}

static bool scan_assignment(
	struct scanner *scanner, size_t at, struct assignment *found)
{
	size_t start = skip_blanks(scanner, at);
	size_t name = start;

	if (scanner->size - start > strlen("export") &&
		memcmp(scanner->text + start, "export", strlen("export")) == 0)
		name = skip_blanks(scanner, start + strlen("export"));
	if (name == start + strlen("export"))
		name = start; /* "exported=1" */
	if (!scan_name(scanner, name, found) &&
		(name == start || !scan_name(scanner, start, found)))
		return false;
	scan_spelling(scanner, found);
	return true;
}

/* NAME=VALUE: blanks before the name go, all after the = is the value. */
static bool scan_raw_assignment(
	const struct scanner *scanner, size_t at, struct assignment *found)
{
	size_t name = skip_blanks(scanner, at);
	size_t end = name;

	while (end < scanner->size && is_name_byte(scanner->text[end]))
		end++;
	if (end == name || end == scanner->size || scanner->text[end] != '=')
		return false;
	*found = (struct assignment){
		.name_at = name,
		.name_end = end,
		.spelling_at = end + 1,
		.spelling_end = find_line_end(scanner, end + 1),
	};
	return true;
}

/* What stands for a line break or return in double quotes; 0 for neither. */
static char unescape(const char *bytes, size_t size)
{
	if (size < 2 || bytes[0] != '\\')
		return '\0';
	if (bytes[1] == 'n')
		return '\n';
	return bytes[1] == 'r' ? '\r' : '\0';
}

/* The value that dotenv reads from a spelling. Owned; *value_size has no NUL.
 */
static char *decode(const char *bytes, size_t size, size_t *value_size)
{
	char first = size ? bytes[0] : '\0';
	bool quoted = size >= 2 &&
		(first == '\'' || first == '"' || first == '`') &&
		bytes[size - 1] == first;
	size_t at = quoted ? 1 : 0;
	size_t end = quoted ? size - 1 : size;
	char *value = memory_new(size + 1);
	size_t length = 0;

	for (; at < end; at++) {
		char escaped =
			first == '"' ? unescape(bytes + at, end - at) : '\0';
		if (escaped) {
			value[length++] = escaped;
			at++;
		} else if (bytes[at] == '\r') {
			/* dotenv reads every line end as LF. */
			value[length++] = '\n';
			if (at + 1 < end && bytes[at + 1] == '\n')
				at++;
		} else {
			value[length++] = bytes[at];
		}
	}
	*value_size = length;
	return value;
}

static void fill_in(struct line *line, const struct scanner *scanner, size_t at,
	const struct assignment *found, bool raw)
{
	const char *spelling = scanner->text + found->spelling_at;
	size_t size = found->spelling_end - found->spelling_at;

	line->name = memory_copy(scanner->text + found->name_at,
		found->name_end - found->name_at);
	line->name_at = found->name_at - at;
	line->spelling_at = found->spelling_at - at;
	line->spelling_end = found->spelling_end - at;
	if (raw) {
		line->value = memory_copy(spelling, size);
		line->value_size = size;
		return;
	}
	line->value = decode(spelling, size, &line->value_size);

	size_t after = skip_blanks(scanner, found->spelling_end);
	bool apart = found->quoted || after > found->spelling_end || size == 0;
	/* A=pa#ss: to half of the readers that is no comment but the value. */
	if (apart && after < scanner->size && scanner->text[after] == '#')
		line->comment_at = after - at;
}

struct line scan_line(struct scanner *scanner, size_t at, bool raw)
{
	struct assignment found = { .name_at = 0 };
	struct line line = { .raw = NULL };
	bool assigns = raw ? scan_raw_assignment(scanner, at, &found)
			   : scan_assignment(scanner, at, &found);
	size_t end = find_line_end(scanner, assigns ? found.spelling_end : at);

	line.end_size = line_end_size(scanner, end);
	line.size = end + line.end_size - at;
	line.raw = memory_copy(scanner->text + at, line.size);
	if (assigns)
		fill_in(&line, scanner, at, &found, raw);
	return line;
}

struct line compose_line(const char *before, const char *name,
	const char *spelling, const char *end, bool raw)
{
	struct line line = { .end_size = strlen(end) };
	size_t name_at = strlen(before);
	size_t spelling_at = name_at + strlen(name) + 1;
	struct assignment parts = {
		.name_at = name_at,
		.name_end = spelling_at - 1,
		.spelling_at = spelling_at,
		.spelling_end = spelling_at + strlen(spelling),
	};

	line.size = parts.spelling_end + line.end_size;
	line.raw = memory_printf("%s%s=%s%s", before, name, spelling, end);
	struct scanner scanner = { .text = line.raw, .size = line.size };
	fill_in(&line, &scanner, 0, &parts, raw);
	return line;
}

void line_release(struct line *line)
{
	memory_free(line->raw, line->size);
	memory_free(line->name, line->name ? strlen(line->name) : 0);
	memory_free(line->value, line->value_size);
	*line = (struct line){ .raw = NULL };
}
