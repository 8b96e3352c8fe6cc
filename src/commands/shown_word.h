/* SPDX-License-Identifier: MIT */
/* The words of a JSON document as people see them. */
#ifndef COMMANDS_SHOWN_WORD_H
#define COMMANDS_SHOWN_WORD_H

#include <stddef.h>

struct shown_word {
	const char *word;
	const char *shown; /* N_(...) */
};

/* Translated; a word that the table does not have as it is. Static, or the
 * caller's own. */
const char *shown_word(
	const struct shown_word *words, size_t count, const char *word);

#endif
