/* SPDX-License-Identifier: MIT */
/*
 * Answers inside of strings inside of strings: an SDK puts the body into the
 * message of an error, a log puts that into a record, a gateway keeps what came
 * from behind it as text.
 */
#ifndef WORDING_UNWRAP_H
#define WORDING_UNWRAP_H

#include <jansson.h>
#include <stddef.h>

/* As deep as strings are looked into, and objects in them. */
#define UNWRAP_DEPTH 6

/*
 * The first object in a text that has something in it, new reference, or NULL;
 * where it begins in *start. *budget is lowered by the bytes that were looked
 * at (wording/notation.h).
 */
json_t *unwrap_text(
	const char *text, size_t size, size_t *budget, size_t *start);

#endif
