/* SPDX-License-Identifier: MIT */
/* The JSON of an answer: whose form it has, and its words. */
#ifndef DIAGNOSIS_BODY_INTERNAL_H
#define DIAGNOSIS_BODY_INTERNAL_H

#include "diagnosis/completion_internal.h"
#include "diagnosis/reading.h"

#include <jansson.h>

/* Sets speaker, code, message, words, and what a list tells. */
void body_take(const json_t *root, const char *wanted, struct reading *reading);

/* It says that something went wrong, whatever the status. */
bool body_is_error(const json_t *root);

/* The words of a completion that failed: the provider's. */
void body_take_failure(
	const struct completion *failed, struct reading *reading);

#endif
