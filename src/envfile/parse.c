/* SPDX-License-Identifier: MIT */
#include "envfile/envfile_internal.h"

#include "base/key_block.h"
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

/* blank_size at `at`, which most bytes answer by themselves. */
static size_t blank_at(const struct scanner *scanner, size_t at)
{
	char byte = scanner->text[at];

	return byte > ' ' && byte < 0x7f
		? 0
		: blank_size(scanner->text + at, scanner->size - at);
}

static size_t skip_blanks(const struct scanner *scanner, size_t at)
{
	for (size_t length = 1; length > 0 && at < scanner->size; at += length)
		length = blank_at(scanner, at);
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

/* [A-Za-z0-9_.-], told here without a call: it is asked for each byte of each
 * name. */
static bool is_name_byte(char byte)
{
	char lower = (char)(byte | 0x20);

	return (lower >= 'a' && lower <= 'z') ||
		(byte >= '-' && byte <= '9' && byte != '/') || byte == '_';
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
		size_t length = blank_at(scanner, at);
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

size_t decode_spelling(const char *bytes, size_t size, char *value)
{
	char first = size ? bytes[0] : '\0';
	bool quoted =
		size >= 2 && text_is_quote(first) && bytes[size - 1] == first;
	size_t at = quoted ? 1 : 0;
	size_t end = quoted ? size - 1 : size;
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
	return length;
}

/* Ends the text of `size` bytes at *strings, moves on, and returns it. */
static const char *end_string(char **strings, size_t size)
{
	char *text = *strings;

	text[size] = '\0';
	*strings = text + size + 1;
	return text;
}

/* NAME=VALUE gives at most as many bytes as it has, and one for a line that has
 * no end. */
size_t strings_size(size_t text_size)
{
	return text_size + 1;
}

static void fill_in(struct line *line, const struct scanner *scanner, size_t at,
	const struct assignment *found, bool raw, char **strings)
{
	const char *spelling = scanner->text + found->spelling_at;
	size_t size = found->spelling_end - found->spelling_at;
	size_t name_size = found->name_end - found->name_at;

	line->name_at = found->name_at - at;
	line->name_end = found->name_end - at;
	line->spelling_at = found->spelling_at - at;
	line->spelling_end = found->spelling_end - at;
	line->quoted = found->quoted;
	if (strings) {
		memcpy(*strings, scanner->text + found->name_at, name_size);
		line->name = end_string(strings, name_size);
		line->value_size = size;
		if (raw)
			memcpy(*strings, spelling, size);
		else
			line->value_size =
				decode_spelling(spelling, size, *strings);
		line->value = end_string(strings, line->value_size);
	}
	if (raw)
		return;

	size_t after = skip_blanks(scanner, found->spelling_end);
	bool apart = found->quoted || after > found->spelling_end || size == 0;
	/* A=pa#ss: to half of the readers that is no comment but the value. */
	if (apart && after < scanner->size && scanner->text[after] == '#')
		line->comment_at = after - at;
}

/*
 * Where the last line ends of a key that begins as a value without quotes: to
 * every reader the lines behind the first are none of the value, and their
 * base64 is no name. 0: there is no such key.
 */
static size_t find_block_end(
	const struct scanner *scanner, const struct assignment *found)
{
	const struct slice first = { scanner->text + found->spelling_at,
		found->spelling_end - found->spelling_at };
	size_t end = found->spelling_end;

	if (found->quoted || !slice_begins(first, KEY_BLOCK_BEGIN) ||
		slice_contains(first, KEY_BLOCK_END) ||
		!is_line_end(scanner, skip_blanks(scanner, end)))
		return 0;
	end = find_line_end(scanner, end);
	while (end < scanner->size) {
		size_t start = end + line_end_size(scanner, end);
		end = find_line_end(scanner, start);
		const struct slice line = { scanner->text + start,
			end - start };
		if (slice_begins(slice_trimmed(line), KEY_BLOCK_END))
			return end;
		if (!key_block_has(line))
			return 0;
	}
	return 0;
}

struct line scan_line(
	struct scanner *scanner, size_t at, bool raw, char **strings)
{
	struct assignment found = { .name_at = 0 };
	struct line line = { .raw = scanner->text + at };
	bool assigns = raw ? scan_raw_assignment(scanner, at, &found)
			   : scan_assignment(scanner, at, &found);
	size_t end = find_line_end(scanner, assigns ? found.spelling_end : at);
	size_t block = assigns && !raw ? find_block_end(scanner, &found) : 0;

	if (block)
		end = block;
	line.is_block = block > 0;
	line.end_size = line_end_size(scanner, end);
	line.size = end + line.end_size - at;
	/* Only a value in quotes, or a key, goes on over a line end. */
	line.rows = found.quoted || block ? count_line_ends(line.raw, line.size)
					  : line.end_size > 0;
	if (assigns)
		fill_in(&line, scanner, at, &found, raw, strings);
	return line;
}

static char *append(char *at, const char *bytes, size_t size)
{
	memcpy(at, bytes, size);
	return at + size;
}

/* A line that owns its texts: its raw bytes and `end` behind them. */
struct line end_line(const struct line *line, const char *end)
{
	struct line made = *line;
	size_t end_size = strlen(end);
	size_t name_size = line->name ? strlen(line->name) + 1 : 0;
	size_t value_size = line->name ? line->value_size + 1 : 0;

	made.size += end_size;
	made.end_size += end_size;
	made.rows += end_size ? 1 : 0;
	made.block_size = made.size + name_size + value_size;
	made.block = memory_new(made.block_size + 1);
	made.raw = made.block;
	char *at = append(made.block, line->raw, line->size);
	at = append(at, end, end_size);
	if (line->name) {
		made.name = at;
		made.value = at + name_size;
		at = append(at, line->name, name_size);
		append(at, line->value, value_size);
	}
	return made;
}

struct line make_line(const char *text, size_t size, bool raw)
{
	struct scanner scanner = { .text = text, .size = size };
	char *strings = memory_new(strings_size(size));
	char *at = strings;
	struct line borrowed = scan_line(&scanner, 0, raw, &at);
	struct line made = end_line(&borrowed, "");

	memory_free(strings, strings_size(size));
	return made;
}

struct line compose_line(const char *before, const char *name,
	const char *spelling, const char *end, bool raw)
{
	size_t name_at = strlen(before);
	size_t spelling_at = name_at + strlen(name) + 1;
	struct assignment parts = {
		.name_at = name_at,
		.name_end = spelling_at - 1,
		.spelling_at = spelling_at,
		.spelling_end = spelling_at + strlen(spelling),
	};
	size_t size = parts.spelling_end + strlen(end);
	char *text = memory_new(size + 1);
	char *to = append(text, before, name_at);
	to = append(to, name, parts.name_end - name_at);
	to = append(to, "=", 1);
	to = append(to, spelling, parts.spelling_end - spelling_at);
	(void)append(to, end, size - parts.spelling_end);
	char *strings = memory_new(strings_size(size));
	char *at = strings;
	struct scanner scanner = { .text = text, .size = size };
	struct line borrowed = { .raw = text,
		.size = size,
		.end_size = strlen(end),
		.rows = count_line_ends(text, size) };

	fill_in(&borrowed, &scanner, 0, &parts, raw, &at);
	struct line made = end_line(&borrowed, "");
	memory_free(text, size);
	memory_free(strings, strings_size(size));
	return made;
}

void line_release(struct line *line)
{
	if (line->block)
		memory_free(line->block, line->block_size);
	*line = (struct line){ .raw = NULL };
}
