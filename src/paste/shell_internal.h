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

#endif
