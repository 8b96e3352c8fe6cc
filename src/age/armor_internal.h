/* SPDX-License-Identifier: MIT */
/*
 * ASCII armor: strict PEM (RFC 7468 figure 3) with one label, no headers, 64
 * columns, canonical Base64; LF or CR LF. Lines of white space before and
 * after are let pass, nothing else is (age.md, "ASCII armor").
 */
#ifndef AGE_ARMOR_INTERNAL_H
#define AGE_ARMOR_INTERNAL_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether the bytes mean to be armor, of whatever label. */
bool armor_is_used(const char *bytes, size_t size);

/* Whether they begin with the right first line. */
bool armor_is_age(const char *bytes, size_t size);

/* Appends what the armor holds. STATUS_INVALID naming the line. */
bool armor_decode(const char *bytes, size_t size, struct buf *out,
	struct error *err) MUST_CHECK;

/* Appends the armored bytes, with LF. */
void armor_encode(const char *bytes, size_t size, struct buf *out);

#endif
