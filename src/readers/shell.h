/* SPDX-License-Identifier: MIT */
/*
 * A text as a shell divides it into commands: what it opens, and what is an
 * error. Commands are neither run nor known.
 */
#ifndef READERS_SHELL_H
#define READERS_SHELL_H

#include "readers/readers.h"

enum shell_end {
	SHELL_FINE,
	SHELL_QUOTE,   /* a quote is open */
	SHELL_BRACKET, /* a bracket, backtick or block is open */
	SHELL_SYNTAX,  /* an error, or the end of the reading */
	SHELL_NEXT,    /* what follows is part of the last command */
};

struct shell {
	const char *text;
	size_t size;
	size_t at;
	enum reader kind; /* READER_BASH, READER_DASH or READER_ZSH */
	bool first;       /* a command begins here */
	bool prefix;      /* no word of it but NAME=... stands before this */
	bool assigns;     /* the word here is NAME=... */
	size_t blocks;    /* if, while, { ... that are open */
	char pending; /* an operator that wants something behind it, or NUL */
	bool done;    /* behind a whole command */
	bool exports; /* its first word is `export` */
	bool apart;   /* it is no part of this shell: a pipe, a background */
	size_t words; /* of it, but for assignments and `export` */
	/* The first && or || behind nothing but assignments, which come to be
	 * whatever stands there; 0: none. */
	size_t settled;
	/* Behind the last | of a pipe, whose last command is zsh's own process;
	 * 0: there is none. */
	size_t own;
};

/* Moves behind the command that begins at shell->at. */
enum shell_end shell_take_command(struct shell *shell);

/* Moves behind what stands at shell->at: '...', "...", $(...), ${...}, `...`
 * or a bracket. */
enum shell_end shell_take_quoted(struct shell *shell);

/* How a text that begins a command leaves the shell. */
enum shell_end shell_judge(const char *text, size_t size, enum reader kind);

#endif
