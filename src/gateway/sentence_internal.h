/* SPDX-License-Identifier: MIT */
/* The {words} of a sentence that are steps to be done. */
#ifndef GATEWAY_SENTENCE_INTERNAL_H
#define GATEWAY_SENTENCE_INTERNAL_H

#include "gateway/attempt_internal.h"

/* Appends the step of that name; false where there is none. */
bool step_add(const struct attempt *attempt, const char *word, size_t size,
	struct buf *out);

#endif
