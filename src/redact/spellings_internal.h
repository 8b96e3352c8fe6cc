/* SPDX-License-Identifier: MIT */
/*
 * How a value stands in what programs print, each spelling as its bytes.
 */
#ifndef REDACT_SPELLINGS_INTERNAL_H
#define REDACT_SPELLINGS_INTERNAL_H

#include "base/buf.h"

#include <stddef.h>

/* Borrowed during the call; it may be the same as one before. */
typedef void spellings_use(void *context, const char *bytes, size_t size);

/* Calls `use` with each spelling of the value but the value itself. */
void spellings_each(
	const char *value, size_t size, spellings_use *use, void *context);

#endif
