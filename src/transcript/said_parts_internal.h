/* SPDX-License-Identifier: MIT */
/* Parts of finding an answer's words in a line. */
#ifndef TRANSCRIPT_SAID_PARTS_INTERNAL_H
#define TRANSCRIPT_SAID_PARTS_INTERNAL_H

#include "base/slice.h"
#include "transcript/collector_internal.h"
#include "wording/sayings.h"

#include <stdbool.h>

/* Signs in front of the words. What stands behind one that parts a list is
 * another thing than the answer's words, unless it is a whole sentence. */
void said_skip_signs(struct slice *words, bool *listed);

/* Without what closes the form that the words stand in. */
struct slice said_without_end(struct slice words);

/* Somebody tells what happened to them. */
bool said_by_person(struct slice words);

/* "no channel for the model %s": what a source has, and nobody got. */
bool said_is_template(struct slice words);

/* The sentence of a saying of that rank; false where the line has none. */
bool said_sentence(
	struct collector *collector, struct slice line, enum saying_rank rank);

#endif
