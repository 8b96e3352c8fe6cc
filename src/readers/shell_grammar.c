/* SPDX-License-Identifier: MIT */
#include "readers/shell.h"

#include "readers/readers_internal.h"

#include "base/text.h"

#include <string.h>

#define FINE SHELL_FINE

static char here(const struct shell *shell)
{
	return shell->at < shell->size ? shell->text[shell->at] : '\0';
}

static bool begins(const struct shell *shell, const char *text)
{
	return shell->at < shell->size &&
		slice_begins((struct slice){ shell->text + shell->at,
				     shell->size - shell->at },
			text);
}

/* Behind the quote that closes the one here. */
static enum shell_end skip_single(struct shell *shell, bool escapes)
{
	for (shell->at++; shell->at < shell->size; shell->at++) {
		if (escapes && here(shell) == '\\')
			shell->at++;
		else if (here(shell) == '\'')
			return shell->at++, FINE;
	}
	return SHELL_QUOTE;
}

static bool opens_expansion(const struct shell *shell)
{
	return here(shell) == '`' || begins(shell, "$(") || begins(shell, "${");
}

/* Behind the closing backtick, or the bracket that closes the one here. */
static enum shell_end skip_bracket(struct shell *shell)
{
	char opening = here(shell);
	char closing = opening == '(' ? ')' : opening == '{' ? '}' : '`';
	size_t depth = 1;
	char quote = '\0';

	for (shell->at++; shell->at < shell->size; shell->at++) {
		char byte = here(shell);
		if (byte == '\\' && quote != '\'')
			shell->at++;
		else if (quote)
			quote = byte == quote ? '\0' : quote;
		else if ((byte == '"' || byte == '\'') && closing == ')')
			quote = byte;
		else if (byte == closing && --depth == 0)
			return shell->at++, FINE;
		else if (byte == opening && closing != '`')
			depth++;
	}
	return SHELL_BRACKET;
}

/* $(...), ${...}, `...` */
static enum shell_end skip_expansion(struct shell *shell)
{
	if (here(shell) == '$')
		shell->at++;
	return skip_bracket(shell);
}

static enum shell_end skip_double(struct shell *shell)
{
	enum shell_end kind = FINE;

	shell->at++;
	while (kind == FINE && shell->at < shell->size) {
		if (here(shell) == '"')
			return shell->at++, FINE;
		if (opens_expansion(shell))
			kind = skip_expansion(shell);
		else
			shell->at += here(shell) == '\\' ? 2 : 1;
	}
	return kind == FINE ? SHELL_QUOTE : kind;
}

static bool is_word_end(char byte)
{
	return byte && strchr(" \t\n;&|<>", byte);
}

/* A bracket is an array's behind NAME=, a subshell's or function's at the
 * beginning of a command, and an error anywhere else. */
static enum shell_end take_bracket(struct shell *shell, size_t word)
{
	bool array = shell->assigns && shell->text[shell->at - 1] == '=';
	bool first = shell->first && (word == shell->at || begins(shell, "()"));

	bool opens = here(shell) == '(' &&
		(array ? shell->kind != READER_DASH : first);
	bool subshell = word == shell->at;
	enum shell_end end = opens ? skip_bracket(shell) : SHELL_SYNTAX;
	/* No word can go on behind a subshell. */
	if (end == FINE && subshell && shell->at < shell->size &&
		!is_word_end(here(shell)))
		return SHELL_SYNTAX;
	return end;
}

static bool is_one_of(const char *word, size_t size, const char *const *list)
{
	for (; *list; list++)
		if (text_is(word, size, *list))
			return true;
	return false;
}

/* A command's first word may open a block, close one, be out of place, or end
 * the reading. */
static enum shell_end take_first_word(
	struct shell *shell, const char *word, size_t size)
{
	static const char *const openers[] = { "if", "for", "while", "until",
		"case", "select", "{", NULL };
	static const char *const closers[] = { "fi", "done", "esac", "}",
		NULL };
	static const char *const inner[] = { "then", "else", "elif", "do",
		NULL };
	static const char *const ends[] = { "exit", "return", "exec", NULL };

	bool inside = is_one_of(word, size, inner);
	bool closes = is_one_of(word, size, closers);
	if ((inside || closes) && shell->blocks == 0)
		return SHELL_SYNTAX;
	if (is_one_of(word, size, ends) && shell->blocks == 0)
		return SHELL_SYNTAX;
	shell->blocks += is_one_of(word, size, openers);
	shell->blocks -= closes;
	shell->first = shell->prefix = inside || text_is(word, size, "{");
	shell->exports = text_is(word, size, "export") && shell->words == 0;
	shell->prefix |= shell->exports;
	shell->words += !shell->exports;
	return FINE;
}

/* NAME, or where the shell knows them NAME+ and NAME[...]. */
static bool is_target(const struct shell *shell, size_t word)
{
	struct slice name = { shell->text + word, shell->at - word };

	if (shell->kind != READER_DASH && slice_ends(name, "+"))
		name.size--;
	if (shell->kind != READER_DASH && slice_ends(name, "]"))
		name = slice_first(name, slice_find(name, '['));
	return is_shell_name(name);
}

static enum shell_end take_part(struct shell *shell, size_t word)
{
	char byte = here(shell);

	if (byte == '(' || byte == ')')
		return take_bracket(shell, word);
	if (begins(shell, "$'") && shell->kind != READER_DASH)
		return shell->at++, skip_single(shell, true);
	if (byte == '\'')
		return skip_single(shell, false);
	if (byte == '"')
		return skip_double(shell);
	if (opens_expansion(shell))
		return skip_expansion(shell);
	/* A word that matches no file is an error to zsh. */
	if (shell->kind == READER_ZSH && !shell->assigns &&
		strchr("*?[", byte) && byte)
		return SHELL_SYNTAX;
	if (byte == '=' && shell->prefix && !shell->assigns)
		shell->assigns = is_target(shell, word);
	shell->at += byte == '\\' ? 2 : 1;
	return FINE;
}

/* To zsh =ls is the command's path and ~ls a home, and errors where there are
 * none. */
static bool is_no_path(const struct shell *shell)
{
	char next =
		shell->at + 1 < shell->size ? shell->text[shell->at + 1] : '\n';

	return shell->kind == READER_ZSH && !is_word_end(next) &&
		(here(shell) == '=' || (here(shell) == '~' && next != '/'));
}

static enum shell_end take_word(struct shell *shell)
{
	size_t word = shell->at;
	enum shell_end kind = FINE;

	shell->assigns = false;
	shell->pending = '\0';
	if (is_no_path(shell))
		return SHELL_SYNTAX;
	while (kind == FINE && shell->at < shell->size &&
		!is_word_end(here(shell)))
		kind = take_part(shell, word);
	if (kind != FINE)
		return kind;
	if (shell->at > shell->size)
		return SHELL_NEXT; /* a backslash before the line's end */
	if (shell->first && !shell->assigns)
		return take_first_word(
			shell, shell->text + word, shell->at - word);
	shell->first = false;
	shell->words += !shell->assigns;
	shell->prefix = shell->assigns || shell->exports;
	return FINE;
}

static enum shell_end take_redirection(struct shell *shell)
{
	/* What stands behind it is a file's name, whatever it looks like. */
	shell->words++;
	if (begins(shell, "<<") && !begins(shell, "<<<"))
		return SHELL_BRACKET; /* a here-document */
	if (begins(shell, "<(") || begins(shell, ">("))
		return shell->at++, skip_bracket(shell);
	while (here(shell) == '<' || here(shell) == '>' || here(shell) == '&' ||
		here(shell) == '|')
		shell->at++;
	shell->pending = '<';
	return FINE;
}

/* The last command of a pipe, unless it goes to the background. */
static void note_own(struct shell *shell, char operator)
{
	if (shell->kind != READER_ZSH || shell->blocks > 0)
		return;
	if (operator== '|')
		shell->own = shell->at;
	else if (operator== '&')
		shell->own = 0;
}

/* What separates commands. */
static enum shell_end take_operator(struct shell *shell)
{
	char byte = here(shell);

	if (shell->pending == '<' || begins(shell, ";;") ||
		(byte != '\n' && shell->first && shell->words == 0 &&
			!shell->pending && shell->blocks == 0 &&
			(shell->kind != READER_ZSH || byte != ';')))
		return SHELL_SYNTAX;
	/* What only assigns, zsh cannot put in the background. */
	if (shell->kind == READER_ZSH && byte == '&' && shell->prefix &&
		!shell->first && !begins(shell, "&&"))
		return SHELL_SYNTAX;
	bool twice = begins(shell, "||") || begins(shell, "&&");
	if (shell->pending && byte != '\n')
		return SHELL_SYNTAX;
	if (twice && !shell->settled && shell->words == 0 && !shell->exports &&
		!shell->apart && shell->blocks == 0)
		shell->settled = shell->at;
	shell->apart |= byte == '|' || (byte == '&' && !twice);
	shell->at +=
		twice || (begins(shell, "|&") && shell->kind != READER_DASH)
		? 2
		: 1;
	if (byte == '|' || twice)
		shell->pending = byte;
	if (!twice)
		note_own(shell, byte);
	shell->done = !shell->pending && shell->blocks == 0;
	shell->first = shell->prefix = true;
	return FINE;
}

static enum shell_end step(struct shell *shell)
{
	char byte = here(shell);

	if (byte == '<' || byte == '>')
		return take_redirection(shell);
	if (byte == '#')
		shell->at += slice_find((struct slice){ shell->text + shell->at,
						shell->size - shell->at },
			'\n');
	else if (text_is_blank(byte))
		shell->at++;
	else if (begins(shell, "\\\n"))
		shell->at += 2;
	else
		return is_word_end(byte) ? take_operator(shell)
					 : take_word(shell);
	return FINE;
}

enum shell_end shell_take_quoted(struct shell *shell)
{
	switch (here(shell)) {
	case '\'':
		return skip_single(shell, false);
	case '"':
		return skip_double(shell);
	default:
		return skip_expansion(shell);
	}
}

enum shell_end shell_take_command(struct shell *shell)
{
	enum shell_end end = FINE;

	shell->first = shell->prefix = true;
	while (end == FINE && shell->at < shell->size && !shell->done)
		end = step(shell);
	if (end != FINE || shell->done)
		return end;
	if (shell->blocks)
		return SHELL_BRACKET;
	/* The last command of a pipe is zsh's own process. */
	if (shell->pending == '|' && shell->kind == READER_ZSH)
		return FINE;
	return shell->pending == '<' ? SHELL_SYNTAX
		: shell->pending     ? SHELL_NEXT
				     : FINE;
}

enum shell_end shell_judge(const char *text, size_t size, enum reader kind)
{
	struct shell shell = { .text = text, .size = size, .kind = kind };
	enum shell_end end = FINE;

	while (end == FINE && shell.at < size) {
		size_t at = shell.at;
		shell = (struct shell){
			.text = text, .size = size, .kind = kind, .at = at
		};
		end = shell_take_command(&shell);
	}
	return end;
}
