/* SPDX-License-Identifier: MIT */
#include "wording/unwrap.h"

#include "wording/notation.h"

#include <string.h>

json_t *unwrap_text(
	const char *text, size_t size, size_t *budget, size_t *start)
{
	const char *at = text;
	const char *end = text + size;

	while (at < end && (at = memchr(at, '{', (size_t)(end - at)))) {
		size_t used = 0;
		json_t *value =
			notation_read(at, (size_t)(end - at), budget, &used);

		*start = (size_t)(at - text);
		if (json_is_object(value))
			return value;
		json_decref(value);
		at++;
	}
	return NULL;
}
