/* SPDX-License-Identifier: MIT */
#include "base/entity.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

/* What else is named stands as it is. */
static const struct {
	const char *name;
	char byte;
} entities[] = {
	{ "quot;", '"' },
	{ "apos;", '\'' },
	{ "lt;", '<' },
	{ "gt;", '>' },
	{ "nbsp;", ' ' },
	{ "amp;", '&' },
};

/* "39;" and "x27;" behind "&#": the bytes to the ";", and the character; 0
 * where it is none of ASCII's. */
static size_t read_number(struct slice digits, char *byte)
{
	const bool hex = slice_begins_ignoring_case(digits, "x");
	const size_t size = slice_find(slice_first(digits, 5), ';');
	unsigned value = 0;

	for (size_t i = hex; i < size; i++) {
		int digit = text_hex_value(digits.at[i]);
		if (digit < 0 || (!hex && digit > 9))
			return 0;
		value = value * (hex ? 16 : 10) + (unsigned)digit;
	}
	if (value == 0 || value >= 0x80 || !slice_has_at(digits, size, ";"))
		return 0;
	*byte = (char)value;
	return size + 1;
}

size_t entity_take(struct slice text, char *byte)
{
	struct slice name = slice_from(text, 1);

	if (!slice_begins(text, "&"))
		return 0;
	size_t number = slice_begins(name, "#")
		? read_number(slice_from(name, 1), byte)
		: 0;
	if (number > 0)
		return number + 2;
	for (size_t i = 0; i < ARRAY_SIZE(entities); i++) {
		if (!slice_begins(name, entities[i].name))
			continue;
		*byte = entities[i].byte;
		return 1 + strlen(entities[i].name);
	}
	return 0;
}
