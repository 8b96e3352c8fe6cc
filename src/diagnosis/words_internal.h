/* SPDX-License-Identifier: MIT */
/* The words of an error, in whatever members and texts within texts the
 * providers put them. */
#ifndef DIAGNOSIS_WORDS_INTERNAL_H
#define DIAGNOSIS_WORDS_INTERNAL_H

#include "diagnosis/reading.h"

#include <jansson.h>

/* To reading->words, each between line ends, so that a whole word can be asked
 * for: "\n1113\n". */
void words_add(struct reading *reading, const char *text);

/* The message, where none was said yet. */
void words_say(struct reading *reading, const char *text);

/* All words of an error: what is innermost is its message. */
void words_take(const json_t *root, struct reading *reading);

#endif
