/* SPDX-License-Identifier: MIT */
/* Lists of models, gateways and providers: what they tell of the one wanted. */
#ifndef DIAGNOSIS_LIST_INTERNAL_H
#define DIAGNOSIS_LIST_INTERNAL_H

#include "diagnosis/reading.h"

#include <jansson.h>
#include <stdbool.h>

/* False where the answer is no list; `wanted` may be NULL. */
bool list_take(const json_t *root, const char *wanted, struct reading *reading);

#endif
