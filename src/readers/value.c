/* SPDX-License-Identifier: MIT */
/* What is done to a value between the file and the variable. */
#include "readers/readers_internal.h"

#include <string.h>

static void see(struct reading *reading, struct seen *seen, struct slice name,
	enum seen_kind kind)
{
	seen->kind = kind;
	seen->name = name;
	seen->value = (struct slice){ buf_cstring(&reading->value),
		reading->value.size };
}

void see_value(struct reading *reading, struct seen *seen, struct slice name)
{
	see(reading, seen, name, SEEN_VALUE);
}

void see_expanded(struct reading *reading, struct seen *seen, struct slice name)
{
	see(reading, seen, name, SEEN_EXPANDED);
}

void see_refused(struct reading *reading, struct seen *seen)
{
	see(reading, seen, (struct slice){ .size = 0 }, SEEN_REFUSED);
}

void see_ended(struct reading *reading, struct seen *seen)
{
	see(reading, seen, (struct slice){ .size = 0 }, SEEN_ENDED);
}

void put_value(struct reading *reading, struct slice text)
{
	text = slice_first(text, reading->value.limit);
	buf_clear(&reading->value);
	buf_append(&reading->value, text.at, text.size);
}

/* Takes away bytes of the value from `from` on, all but the first `size`. */
static void keep(struct reading *reading, size_t size)
{
	buf_truncate(&reading->value, size);
}

void unescape(struct reading *reading, const char *from, const char *to)
{
	char *value = reading->value.data;
	size_t size = reading->value.size;
	size_t length = 0;

	if (size == 0 || !memchr(value, '\\', size))
		return;
	for (size_t at = 0; at < size; at++) {
		const char *known =
			value[at] == '\\' && at + 1 < size && value[at + 1]
			? strchr(from, value[at + 1])
			: NULL;
		value[length++] = known ? to[known - from] : value[at];
		at += known != NULL;
	}
	keep(reading, length);
}

void drop_backslashes(struct reading *reading, const char *kept)
{
	char *value = reading->value.data;
	size_t size = reading->value.size;
	size_t length = 0;

	for (size_t at = 0; at < size; at++) {
		if (value[at] == '\\' && at + 1 < size &&
			!strchr(kept, value[at + 1]))
			at++;
		value[length++] = value[at];
	}
	keep(reading, length);
}

void unescape_dollars(struct reading *reading)
{
	unescape(reading, "$", "$");
}

void unify_line_ends(struct reading *reading)
{
	char *value = reading->value.data;
	size_t size = reading->value.size;
	size_t length = 0;

	if (size == 0 || !memchr(value, '\r', size))
		return;
	for (size_t at = 0; at < size; at++) {
		bool pair = value[at] == '\r' && at + 1 < size &&
			value[at + 1] == '\n';
		at += pair;
		value[length++] = value[at] == '\r' ? '\n' : value[at];
	}
	keep(reading, length);
}
