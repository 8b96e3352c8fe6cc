/* SPDX-License-Identifier: MIT */
/*
 * Words of commands that are printed for people to run. Nobody knows which
 * shell they have, so every word is spelt in the way that bash, dash, zsh and
 * fish read alike (tests/interop/shells.py asks all four):
 *
 *     my app       'my app'          in single quotes nothing has a meaning
 *     it's         'it'\''s'         but ' and, to fish, \, which stand outside
 *     a<ESC>b      "$(printf 'a\033b')"   what cannot be seen is spelt out
 *
 * A command is to be run as it stands or not to be printed: a word is never
 * cut.
 */
#ifndef BASE_SHELL_H
#define BASE_SHELL_H

#include "base/buf.h"
#include "base/error.h"

/* Appends the word, quoted where it needs it. */
void shell_word(const char *word, struct buf *out);

/* The same, owned. */
char *shell_quoted(const char *word);

/* The same where an error's next step has room for it, else NULL. Owned. */
char *shell_quoted_short(const char *word);

/*
 * Appends one word: `text`, then the value that an environment variable has
 * when the command runs. `variable` may be NULL, for text alone.
 */
void shell_word_with(const char *text, const char *variable, struct buf *out);

#endif
