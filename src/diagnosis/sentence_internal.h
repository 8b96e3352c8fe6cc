/* SPDX-License-Identifier: MIT */
/* The {words} of a sentence that are steps to be done. */
#ifndef DIAGNOSIS_SENTENCE_INTERNAL_H
#define DIAGNOSIS_SENTENCE_INTERNAL_H

#include "diagnosis/diagnosis.h"

/* Appends the step of that name; false where there is none. */
/* Fills the {words} of a sentence in; one clean line. */
void sentence_expand(const struct inquiry *inquiry, const char *sentence,
	char *out, size_t out_size);

bool step_add(const struct inquiry *inquiry, const char *word, size_t size,
	struct buf *out);

#endif
