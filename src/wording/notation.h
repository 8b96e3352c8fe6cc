/* SPDX-License-Identifier: MIT */
/*
 * Objects as programs print them, read tolerantly into JSON values:
 *
 *     JSON, also broken into lines by a terminal, also cut off at its end
 *     Node's util.inspect   { status: 401, headers: Headers { 'a-b': 'c' } }
 *     Python's repr         {'error': {'param': None}, 'ok': False}
 *
 * What has no value of its own in JSON (functions, class names, [Object]) is
 * kept as text; what a named thing holds in braces (an Error, Headers) is an
 * object, its words under "message". Pure; the bytes are a stranger's: depth,
 * number of values and bytes looked at are bounded.
 */
#ifndef WORDING_NOTATION_H
#define WORDING_NOTATION_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Reads the object or array that begins at text[0] ('{' or '['). New
 * reference, and *used is how many bytes it takes; NULL where it is none.
 * *budget is lowered by the bytes looked at in either case; nothing is read
 * where it is used up.
 */
json_t *notation_read(
	const char *text, size_t size, size_t *budget, size_t *used);

/* What was read of text[0..used) was cut off before its end. */
bool notation_is_cut(const char *text, size_t used);

/* Stands at the end of a text that was cut off. */
#define NOTATION_CUT "…"

/* So it ends, or with the dots that people write. */
bool notation_text_is_cut(const char *text, size_t size);

#endif
