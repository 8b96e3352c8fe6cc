/* SPDX-License-Identifier: MIT */
/*
 * Masking secrets that nobody named: in what people paste, by where a value
 * stands (Authorization:, "api_key":, ?key=, user:password@, Cookie:,
 * NAME_TOKEN=), by its form (known prefixes of keys and tokens, JWTs, long
 * random words), and, once it was found by either, wherever else it stands.
 *
 * What is harmless stays: ids that support asks for (log ids, cf-ray, request
 * ids, UUIDs, account ids), names of models, placeholders, and keys that a
 * provider has masked by itself.
 */
#ifndef TRANSCRIPT_MASK_H
#define TRANSCRIPT_MASK_H

#include "base/buf.h"
#include "redact/redact.h"

#include <stddef.h>

struct mask;

struct mask *mask_new(void);
void mask_free(struct mask *mask);

/* Remembers the secrets that are found in the text. */
void mask_learn(struct mask *mask, const char *text, size_t size);

/* Appends the text with every remembered and every found secret masked. */
void mask_text(
	struct mask *mask, const char *text, size_t size, struct buf *out);

/* What hides the remembered secrets in any spelling. Owned by the caller. */
struct redactor *mask_redactor(const struct mask *mask);

#endif
