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
#ifndef TRANSCRIPT_NOTATION_INTERNAL_H
#define TRANSCRIPT_NOTATION_INTERNAL_H

#include <jansson.h>
#include <stddef.h>

/*
 * Reads the object or array that begins at text[0] ('{' or '['). New
 * reference, and *used is how many bytes it takes; NULL where it is none.
 * *work is lowered by the bytes looked at in either case; nothing is read
 * where it is used up.
 */
json_t *notation_read(
	const char *text, size_t size, size_t *work, size_t *used);

#endif
