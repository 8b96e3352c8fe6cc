/* SPDX-License-Identifier: MIT */
/*
 * How a value stands in what programs write, each spelling as its bytes.
 */
#ifndef REDACT_SPELLINGS_H
#define REDACT_SPELLINGS_H

#include <stddef.h>

enum spelling {
	SPELT_PLAIN,
	SPELT_JSON,
	SPELT_URL,
	SPELT_BASE64, /* what is the same in any longer text that is encoded */
	SPELT_PADDED, /* Base64 of the value alone */
	SPELT_HEX,
	SPELT_QUOTED,
	SPELT_UTF16, /* of either byte order; not of spellings_each */
};

/* Borrowed during the call; it may be the same as one before. */
typedef void spellings_use(
	void *context, enum spelling how, const char *bytes, size_t size);

/* Calls `use` with each spelling of the value but the value itself. */
void spellings_each(
	const char *value, size_t size, spellings_use *use, void *context);

#endif
