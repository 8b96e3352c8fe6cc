/* SPDX-License-Identifier: MIT */
#ifndef DIAGNOSIS_SENTENCE_INTERNAL_H
#define DIAGNOSIS_SENTENCE_INTERNAL_H

#include "diagnosis/diagnosis.h"

/* Fills the {words} of a text in, after its translation; one clean line. False,
 * and `out` is "", where one of them is not known. */
bool sentence_fill(const struct inquiry *inquiry, const char *text, char *out,
	size_t out_size);

#endif
