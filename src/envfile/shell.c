/* SPDX-License-Identifier: MIT */
/*
 * A line as a shell reads it, as far as it can spoil what stands below: what it
 * opens, and what is an error. Commands are neither run nor known.
 */
#include "envfile/envfile_internal.h"

#include "base/slice.h"
#include "base/text.h"

#include <string.h>

#define FINE STOP_COUNT

struct shell {
	const char *text;
	size_t size;
	size_t at;
	enum reader kind;
	bool first;    /* a command begins here */
	bool prefix;   /* no word of it but NAME=... stands before this one */
	bool assigns;  /* the word here is NAME=... */
	size_t blocks; /* if, while, { ... that are open */
	char pending;  /* an operator that wants something behind it, or NUL */
};

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
static enum envfile_stop_kind skip_single(struct shell *shell, bool escapes)
{
	for (shell->at++; shell->at < shell->size; shell->at++) {
		if (escapes && here(shell) == '\\')
			shell->at++;
		else if (here(shell) == '\'')
			return shell->at++, FINE;
	}
	return STOP_QUOTE;
}

static bool opens_expansion(const struct shell *shell)
{
	return here(shell) == '`' || begins(shell, "$(") || begins(shell, "${");
}

/* Behind the closing backtick, or the bracket that closes the one here. */
static enum envfile_stop_kind skip_bracket(struct shell *shell)
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
	return STOP_BRACKET;
}

/* $(...), ${...}, `...` */
static enum envfile_stop_kind skip_expansion(struct shell *shell)
{
	if (here(shell) == '$')
		shell->at++;
	return skip_bracket(shell);
}

static enum envfile_stop_kind skip_double(struct shell *shell)
{
	enum envfile_stop_kind kind = FINE;

	shell->at++;
	while (kind == FINE && shell->at < shell->size) {
		if (here(shell) == '"')
			return shell->at++, FINE;
		if (opens_expansion(shell))
			kind = skip_expansion(shell);
		else
			shell->at += here(shell) == '\\' ? 2 : 1;
	}
	return kind == FINE ? STOP_QUOTE : kind;
}

/* A bracket is an array's behind NAME=, a subshell's or function's at the
 * beginning of a command, and an error anywhere else. */
static enum envfile_stop_kind take_bracket(struct shell *shell, size_t word)
{
	bool array = shell->assigns && shell->text[shell->at - 1] == '=';
	bool first = shell->first && (word == shell->at || begins(shell, "()"));

	if (here(shell) == '(' && (array ? shell->kind != READER_DASH : first))
		return skip_bracket(shell);
	return STOP_SYNTAX;
}

static bool is_one_of(const char *word, size_t size, const char *const *list)
{
	for (; *list; list++) {
		if (text_is(word, size, *list))
			return true;
	}
	return false;
}

/* A command's first word may open a block, close one, be out of place, or end
 * the reading. */
static enum envfile_stop_kind take_first_word(
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
		return STOP_SYNTAX;
	if (is_one_of(word, size, ends) && shell->blocks == 0)
		return STOP_SYNTAX;
	shell->blocks += is_one_of(word, size, openers);
	shell->blocks -= closes;
	shell->first = shell->prefix = inside || text_is(word, size, "{");
	return FINE;
}

static bool is_word_end(char byte)
{
	return text_is_space(byte) || (byte && strchr(";&|<>", byte));
}

static enum envfile_stop_kind take_part(struct shell *shell, size_t word)
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
		return STOP_SYNTAX;
	if (byte == '=' && shell->at > word && shell->prefix)
		shell->assigns = true;
	shell->at += byte == '\\' ? 2 : 1;
	return FINE;
}

static enum envfile_stop_kind take_word(struct shell *shell)
{
	size_t word = shell->at;
	enum envfile_stop_kind kind = FINE;

	shell->assigns = false;
	shell->pending = '\0';
	while (kind == FINE && shell->at < shell->size &&
		!is_word_end(here(shell)))
		kind = take_part(shell, word);
	if (kind != FINE)
		return kind;
	if (shell->at > shell->size)
		return STOP_NEXT; /* a backslash before the line's end */
	if (shell->first && !shell->assigns)
		return take_first_word(
			shell, shell->text + word, shell->at - word);
	shell->first = false;
	shell->prefix = shell->assigns;
	return FINE;
}

static enum envfile_stop_kind take_redirection(struct shell *shell)
{
	if (begins(shell, "<<") && !begins(shell, "<<<"))
		return STOP_BRACKET; /* a here-document */
	if (begins(shell, "<(") || begins(shell, ">("))
		return shell->at++, skip_bracket(shell);
	while (here(shell) == '<' || here(shell) == '>' || here(shell) == '&' ||
		here(shell) == '|')
		shell->at++;
	shell->pending = '<';
	return FINE;
}

/* What separates commands. */
static enum envfile_stop_kind take_operator(struct shell *shell)
{
	char byte = here(shell);

	if (shell->pending == '<' || begins(shell, ";;") ||
		(byte != '\n' && shell->at == 0 &&
			(shell->kind != READER_ZSH || byte != ';')))
		return STOP_SYNTAX;
	/* What only assigns, zsh cannot put in the background. */
	if (shell->kind == READER_ZSH && byte == '&' && shell->prefix &&
		!shell->first && !begins(shell, "&&"))
		return STOP_SYNTAX;
	shell->at += begins(shell, "||") || begins(shell, "&&") ? 2 : 1;
	shell->pending = byte == '|' ? '|' : shell->pending;
	shell->first = shell->prefix = true;
	return FINE;
}

static enum envfile_stop_kind step(struct shell *shell)
{
	char byte = here(shell);

	if (byte == '<' || byte == '>')
		return take_redirection(shell);
	if (byte == '#')
		shell->at += slice_find((struct slice){ shell->text + shell->at,
						shell->size - shell->at },
			'\n');
	else if (byte == ' ' || byte == '\t' || byte == '\r')
		shell->at++;
	else
		return is_word_end(byte) ? take_operator(shell)
					 : take_word(shell);
	return FINE;
}

enum envfile_stop_kind shell_stop(
	const char *text, size_t size, enum reader shell_kind)
{
	struct shell shell = { .text = text,
		.size = size,
		.kind = shell_kind,
		.first = true,
		.prefix = true };
	enum envfile_stop_kind kind = FINE;

	while (kind == FINE && shell.at < size)
		kind = step(&shell);
	if (kind != FINE)
		return kind;
	if (shell.blocks)
		return STOP_BRACKET;
	/* The last command of a pipe is zsh's own process. */
	if (shell.pending == '|')
		return shell_kind == READER_ZSH ? FINE : STOP_NEXT;
	return shell.pending ? STOP_SYNTAX : FINE;
}
