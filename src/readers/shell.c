/* SPDX-License-Identifier: MIT */
/*
 * `set -a; . ./file` in bash, dash and zsh: assignments have a value, other
 * commands are run and give none, and an error ends it.
 */
#include "readers/shell.h"

#include "readers/readers_internal.h"

#include "base/text.h"

#include <string.h>

/* An assignment's word as it is read. */
struct word {
	struct reading *reading;
	struct seen *seen;
	struct shell shell; /* stands where the word is read */
	bool expands;
};

static char peek(const struct word *word, size_t ahead)
{
	return byte_at(word->reading, word->shell.at + ahead);
}

static void put(struct word *word, char byte)
{
	buf_byte(&word->reading->value, byte);
}

/* What stands from `from` up to here, as it is. */
static void put_from(struct word *word, size_t from)
{
	buf_append(&word->reading->value, word->shell.text + from,
		word->shell.at - from);
}

/* Whether the $ or backtick here stands for something else. */
static bool is_expansion(const struct word *word)
{
	char next = peek(word, 1);

	if (peek(word, 0) == '`')
		return true;
	if (peek(word, 0) != '$' || !next)
		return false;
	if (text_is_name_byte(next) || strchr("{(*@#?$!-", next))
		return true;
	if (next == '[')
		return word->shell.kind != READER_DASH;
	return word->shell.kind == READER_ZSH && strchr("=~^+:", next);
}

/* Behind what is quoted, or at the end where it is never closed. */
static void skip_quoted(struct word *word)
{
	(void)shell_take_quoted(&word->shell);
	if (word->shell.at > word->shell.size)
		word->shell.at = word->shell.size;
}

static void take_expansion(struct word *word)
{
	size_t from = word->shell.at;
	bool arithmetic = peek(word, 1) == '(' && peek(word, 2) == '(';
	bool bracket = peek(word, 0) == '`' || peek(word, 1) == '(' ||
		peek(word, 1) == '{';

	word->expands = true;
	bool brace = peek(word, 1) == '{';
	word->seen->runs |= bracket && !brace && !arithmetic;
	if (bracket)
		skip_quoted(word);
	else
		word->shell.at += 2;
	/* A default may be what a command says. */
	struct slice text = { word->shell.text + from, word->shell.at - from };
	word->seen->runs |= brace &&
		(slice_contains(text, "$(") || slice_contains(text, "`"));
	put_from(word, from);
}

static void take_double(struct word *word)
{
	for (word->shell.at++; peek(word, 0) && peek(word, 0) != '"';) {
		char next = peek(word, 1);
		if (is_expansion(word)) {
			take_expansion(word);
			continue;
		}
		if (peek(word, 0) == '\\' && next && strchr("\\\"$`\n", next)) {
			word->shell.at++;
			if (next != '\n')
				put(word, next);
		} else {
			put(word, peek(word, 0));
		}
		word->shell.at++;
	}
	word->shell.at++;
}

static void take_single(struct word *word)
{
	size_t from = word->shell.at + 1;

	skip_quoted(word);
	if (word->shell.at > from)
		buf_append(&word->reading->value, word->shell.text + from,
			word->shell.at - 1 - from);
}

/* $'...', of whose escapes those that are not a letter are left alone. */
static void take_escapes(struct word *word)
{
	static const char letters[] = "abefnrtv\\'\"?";
	static const char bytes[] = "\a\b\x1b\f\n\r\t\v\\'\"?";

	for (word->shell.at += 2; peek(word, 0) && peek(word, 0) != '\'';
		word->shell.at++) {
		const char *known = NULL;
		if (peek(word, 0) == '\\') {
			word->shell.at++;
			known = peek(word, 0) ? strchr(letters, peek(word, 0))
					      : NULL;
			word->expands |= !known;
		}
		put(word, known ? bytes[known - letters] : peek(word, 0));
	}
	word->shell.at++;
}

/* Where ~ is a home: at the beginning and behind a colon. */
static bool begins_path(const struct word *word, bool first)
{
	return first || word->shell.text[word->shell.at - 1] == ':';
}

/* To zsh =ls is the command's path there, and an error where there is none. */
static bool names_command(const struct word *word)
{
	char next = peek(word, 1);

	return word->shell.kind == READER_ZSH && peek(word, 0) == '=' && next &&
		!strchr(" \t\n;&|<>=", next);
}

static void take_part(struct word *word, bool first)
{
	char byte = peek(word, 0);
	bool dash = word->shell.kind == READER_DASH;

	if (byte == '\'') {
		take_single(word);
	} else if (byte == '"') {
		take_double(word);
	} else if (byte == '$' && peek(word, 1) == '\'' && !dash) {
		take_escapes(word);
	} else if (byte == '$' && peek(word, 1) == '"' &&
		word->shell.kind == READER_BASH) {
		word->shell.at++;
		take_double(word);
	} else if (is_expansion(word)) {
		take_expansion(word);
	} else if (byte == '\\') {
		if (peek(word, 1) && peek(word, 1) != '\n')
			put(word, peek(word, 1));
		word->shell.at += 2;
	} else {
		if (begins_path(word, first) && names_command(word))
			see_ended(word->reading, word->seen);
		word->expands |= byte == '~' && begins_path(word, first);
		put(word, byte);
		word->shell.at++;
	}
}

static bool at_word_end(const struct word *word)
{
	return !peek(word, 0) || strchr(" \t\n;&|<>", peek(word, 0));
}

/* Up to the command's next word; its end where there is none. */
static void skip_to_word(struct reading *reading)
{
	for (;;) {
		char byte = byte_at(reading, reading->at);
		if (reading->at >= reading->until)
			break;
		if (byte == '#')
			reading->at = find_line_end(reading, reading->at);
		else if (begins_at(reading, reading->at, "\\\n"))
			reading->at += 2;
		else if (byte && strchr(" \t\n;&", byte))
			reading->at++;
		else
			return;
	}
	reading->at = reading->until;
}

/* The next word of a command that only assigns, or exports. */
static void take_word(struct reading *reading, struct seen *seen)
{
	struct word word = { reading, seen,
		{ .text = reading->text,
			.size = reading->size,
			.kind = reading->model->reader },
		false };
	size_t equals = find_any(reading, reading->at, "= \t\n;&|<>'\"\\");
	struct slice name = cut(reading, reading->at, equals);
	bool assigns = byte_at(reading, equals) == '=';
	bool adds = slice_ends(name, "+");

	name.size -= adds;
	word.shell.at = assigns ? equals + 1 : reading->at;
	bool array = peek(&word, 0) == '(' && assigns;
	struct word bare = word;
	bare.shell.at = equals;
	if (array)
		skip_quoted(&word);
	for (bool first = true; !at_word_end(&word); first = false)
		take_part(&word, first);
	reading->at =
		word.shell.at < reading->until ? word.shell.at : reading->until;
	skip_to_word(reading);
	/* Only `export` can stand before a name that is none. */
	bool whole = assigns || at_word_end(&bare);
	if (word.shell.kind == READER_DASH && !(is_shell_name(name) && whole))
		see_ended(reading, seen);
	if (array || !assigns || !is_shell_name(name) ||
		seen->kind == SEEN_ENDED)
		return;
	if (word.expands || adds)
		see_expanded(reading, seen, name);
	else
		see_value(reading, seen, name);
}

static void take_command(struct reading *reading, struct seen *seen)
{
	struct shell shell = { .text = reading->text,
		.size = reading->size,
		.at = reading->at,
		.kind = reading->model->reader };
	enum shell_end end = shell_take_command(&shell);

	if (end != SHELL_FINE) {
		/* Where something is open, all that follows is within it. */
		reading->at = end != SHELL_SYNTAX ? reading->size
			: shell.at > reading->at  ? shell.at
						  : reading->at + 1;
		see_ended(reading, seen);
		return;
	}
	reading->until = shell.at;
	reading->past = shell.at;
	if (shell.settled) {
		reading->until = shell.settled;
		/* What has assigned has not failed. */
		if (reading->text[shell.settled] == '&')
			reading->past = shell.settled + strlen("&&");
		take_word(reading, seen);
		return;
	}
	if ((shell.words && !shell.exports) || shell.apart) {
		seen->runs = true;
		reading->at = shell.own ? shell.own : shell.at;
		reading->until = reading->past = reading->at;
		return;
	}
	if (shell.exports) {
		reading->at += strlen("export");
		skip_to_word(reading);
	}
	if (reading->at < reading->until)
		take_word(reading, seen);
}

void read_shell(struct reading *reading, struct seen *seen)
{
	size_t at = reading->at;

	if (at < reading->until) {
		take_word(reading, seen);
		return;
	}
	if (at < reading->past) {
		reading->at = reading->past;
		return;
	}
	for (;;) {
		char byte = byte_at(reading, at);
		if (begins_at(reading, at, "\\\n"))
			at += 2;
		else if (byte && strchr(" \t\n", byte))
			at++;
		else
			break;
	}
	if (byte_at(reading, at) == '#')
		at = next_line(reading, at);
	if (at > reading->at)
		reading->at = at;
	else
		take_command(reading, seen);
}
