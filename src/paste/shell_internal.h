/* SPDX-License-Identifier: MIT */
/*
 * The words of a command out of any shell: POSIX quoting and $'...', line
 * continuations of sh (\), cmd (^) and PowerShell (`), and the quotes that word
 * processors make.
 */
#ifndef PASTE_SHELL_INTERNAL_H
#define PASTE_SHELL_INTERNAL_H

#include "paste/findings.h"

struct shell {
	struct findings *findings; /* what $NAME stands for */
	const char *at;            /* where reading goes on */
	const char *end;
};

/* The next word of the command, in place of what `word` held; false at the
 * command's end. */
bool shell_read_word(struct shell *shell, struct buf *word);

/* The lines below the present one, to the one that is `mark`, which may be in
 * quotes where it is named. */
bool shell_read_heredoc(
	struct shell *shell, struct slice mark, struct buf *body);

/* An address whose end stands at the front of the next lines, since it was
 * broken there: it is an endpoint's with it, and none without. */
void shell_unfold_address(struct shell *shell, struct buf *url);

/* An address or header that was in quotes: neither has a line's end in it. */
void shell_unfold_quoted(struct buf *value);

#endif
