/* SPDX-License-Identifier: MIT */
/*
 * Secrets kept out of what is shown. Whatever comes from outside (an answer, a
 * header, an error's words) goes through a redactor that knows the secrets
 * before it is printed, and before it is cut to a line.
 *
 * The rule: ten characters of a secret in a row, or the whole of a shorter one,
 * are masked, however they are spelled: in upper or lower case, spaced, wrapped
 * into lines or otherwise taken apart by signs, with the escapes of JSON, C, a
 * URL, HTML and a terminal, as Base64 (also as part of a longer text, such as
 * user:key) or hex, and each of these inside another (Base64 and hex two levels
 * deep). Secrets under REDACT_LEAST characters are not looked for: every other
 * word would be one.
 *
 * How: a text is looked at in several views, each of which undoes one spelling
 * and remembers which bytes of the text its own bytes came from. Every stretch
 * of ten characters of a secret was hashed beforehand, and so is every stretch
 * of a view; what is found is masked in the text. Work and memory are linear in
 * the text, and do not grow with the number of secrets.
 *
 * A redactor holds hashes with a key of its own, no values, in guarded memory
 * that is wiped; views are wiped, too.
 */
#ifndef REDACT_REDACT_H
#define REDACT_REDACT_H

#include "base/buf.h"
#include "os/secret.h"

#include <stddef.h>

#define REDACT_LEAST 4

struct redactor;

/* Knows nothing yet. Never NULL. */
struct redactor *redactor_new(void);
/* NULL is fine. */
void redactor_free(struct redactor *redactor);

/* A secret to be masked from now on. Nothing is kept of the bytes but what
 * secret_mask shows of them. */
void redactor_add(struct redactor *redactor, const struct secret *secret);

/* The same of a secret that stands in a text from elsewhere. */
void redactor_add_text(
	struct redactor *redactor, const char *value, size_t size);

/*
 * Appends the text with every secret in it masked: as secret_mask has it where
 * the whole value stood there, else by bullets. NULL: nothing is known. Limit
 * of out: twice the size of the text and a mask always suffice.
 */
void redact(const struct redactor *redactor, const char *text, size_t size,
	struct buf *out);

/* The same as one line that may be printed (base/clean.h): cut to out_size
 * after it was masked. */
void redact_line(const struct redactor *redactor, const char *text, size_t size,
	char *out, size_t out_size);

#endif
