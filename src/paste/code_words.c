/* SPDX-License-Identifier: MIT */
/* Words without quotes: of a shell, of an .ini, of YAML and of the wire. */
#include "paste/code_internal.h"

#include "base/text.h"

#include <string.h>

/* What stands in front of a token on its line. */
static struct slice line_before(const struct code *code, size_t index)
{
	const char *end = code->tokens[index].start;
	const char *at = end;

	while (at > code->begin && at[-1] != '\n')
		at--;
	return (struct slice){ at, (size_t)(end - at) };
}

/* "proxy_set_header Authorization " of nginx, "header_up X " of Caddy. */
static bool is_behind_header(struct slice line)
{
	static const char *const words[] = { "proxy_set_header ",
		"header_up " };

	if (!slice_take_any(&line, words, ARRAY_SIZE(words)))
		return false;
	line = slice_from(line, slice_find(line, ' '));
	return line.size > 0 && slice_only(line, " \"'");
}

/* "export NAME=" and "--name ": what follows is a shell's word, whatever it
 * looks like. */
bool is_shell_word(const struct code *code, size_t index)
{
	struct slice line = line_before(code, index);

	if (is_behind_header(slice_skip_blanks(line)))
		return true;
	bool quoted = code->tokens[index].kind == LEXEME_TEXT && line.size > 0;
	line.size -= quoted && strchr("\"'", line.at[line.size - 1]);
	size_t end = line.size;
	if (slice_ends(line, "=") &&
		slice_begins(slice_skip_blanks(line), "export "))
		return slice_find(line, '=') + 1 == line.size;
	while (end > 0 && (line.at[end - 1] == ' ' || line.at[end - 1] == '='))
		end--;
	size_t start = end;
	while (start > 0 &&
		(is_code_name_byte(line.at[start - 1]) ||
			line.at[start - 1] == '-'))
		start--;
	return end < line.size && slice_has_at(line, start, "--") &&
		end - start > 2 &&
		(start == 0 || text_is_space(line.at[start - 1]));
}

static const char *shell_word_end(const char *at, const char *end)
{
	while (at < end && !text_is_space(*at) && !strchr("\\;|&\"'`$(", *at))
		at++;
	return at;
}

/* A word of an .ini, which has no quotes: alone to the line's end. */
static bool is_whole_line(const char *at, const char *end)
{
	const char *stop = shell_word_end(at, end);

	while (stop < end && (*stop == ' ' || *stop == '\t' || *stop == '\r'))
		stop++;
	return stop > at && (stop == end || *stop == '\n');
}

/* Authorization: Bearer sk-..., as it goes over the wire. */
static bool is_bearer(const struct code *code, size_t index)
{
	struct slice word = token_slice(code, index);
	const char *end = word.at + word.size;

	return code->tokens[index].kind == LEXEME_NAME &&
		slice_is_ignoring_case(word, "bearer") && end + 1 < code->end &&
		*end == ' ' && !text_is_space(end[1]);
}

/* Behind the scheme and its word. */
static const char *scheme_end(const char *at, const char *end)
{
	while (*at != ' ')
		at++;
	for (at++; at < end && !text_is_space(*at) && !strchr("\"'`,;", *at);)
		at++;
	return at;
}

/* Longer is no word; it is looked for at every name. */
#define WORD_LIMIT 512

const char *code_bare_word_end(
	const struct code *code, size_t index, enum role role)
{
	const char *start = code->tokens[index].start;
	const char *at = start;
	bool digit = false;
	bool lower = false;
	bool joined = false;

	if (code->tokens[index].kind == LEXEME_TEXT)
		return NULL;
	if (is_bearer(code, index))
		return scheme_end(at, code->end);
	if (is_shell_word(code, index) && *at != '<' && *at != '$' &&
		shell_word_end(at, code->end) > at)
		return shell_word_end(at, code->end);
	if (code->in_section && role != ROLE_NONE &&
		is_whole_line(at, code->end))
		return shell_word_end(at, code->end);
	if (*at == '<') {
		while (at < code->end && *at != '>' && *at != '\n')
			at++;
		return at < code->end && *at == '>' ? at + 1 : NULL;
	}
	while (at < code->end && at - start < WORD_LIMIT &&
		(is_code_name_byte(*at) || strchr("-/@:.", *at))) {
		digit = digit || text_is_digit(*at);
		lower = lower || text_is_lower(*at);
		joined = joined || *at == '-' || *at == '/' || *at == '@';
		at++;
	}
	size_t size = (size_t)(at - start);
	bool long_word = size >= 16 && digit && lower && role != ROLE_URL &&
		!memchr(start, '.', size);
	bool expression = at < code->end && strchr("([", *at);
	return (joined || long_word) && !expression && size > 0 ? at : NULL;
}
