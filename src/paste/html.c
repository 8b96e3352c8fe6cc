/* SPDX-License-Identifier: MIT */
/* A page's source, as it is copied from a feed, a mail or a log: entities and
 * the tags around code. */
#include "paste/plain_internal.h"

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

/* Around code on a page; each that ends a line there ends it here. */
static const struct {
	const char *name;
	const char *text;
} tags[] = {
	{ "pre", "\n" },
	{ "p", "\n" },
	{ "br", "\n" },
	{ "div", "\n" },
	{ "li", "\n" },
	{ "tr", "\n" },
	{ "td", "\t" },
	{ "code", "" },
	{ "span", "" },
	{ "a", "" },
	{ "b", "" },
	{ "strong", "" },
	{ "em", "" },
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
	*byte = (char)value;
	return value > 0 && value < 0x80 && size < 5 ? size + 1 : 0;
}

/* The bytes of an entity at the front; 0 for none. */
static size_t take_entity(struct slice text, struct buf *out)
{
	struct slice name = slice_from(text, 1);
	char byte = 0;

	if (*text.at != '&')
		return 0;
	size_t number = slice_begins(name, "#")
		? read_number(slice_from(name, 1), &byte)
		: 0;
	if (number > 0) {
		buf_byte(out, byte);
		return number + 2;
	}
	for (size_t i = 0; i < ARRAY_SIZE(entities); i++) {
		if (!slice_begins(name, entities[i].name))
			continue;
		buf_byte(out, entities[i].byte);
		return 1 + strlen(entities[i].name);
	}
	return 0;
}

/* Longer ones are none that is looked for. */
#define TAG_LIMIT 512

/* The same for a tag, and for the one that ends it. */
static size_t take_tag(struct slice text, struct buf *out)
{
	size_t end = slice_find(slice_first(text, TAG_LIMIT), '>');
	struct slice name = slice_from(text, 1 + slice_has_at(text, 1, "/"));
	size_t size = 0;

	while (size < name.size && text_is_alphanumeric(name.at[size]))
		size++;
	name = slice_first(name, size);
	if (*text.at != '<' || !slice_has_at(text, end, ">"))
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(tags); i++) {
		if (!slice_is_ignoring_case(name, tags[i].name))
			continue;
		buf_text(out, tags[i].text);
		return end + 1;
	}
	return 0;
}

/* JSX has tags, too; a page's source has code between them. */
static bool has_tags(struct slice text)
{
	static const char *const ends[] = { "</code>", "</pre>", "</span>",
		"</p>" };

	return slice_fits_any(text, slice_contains, ends, ARRAY_SIZE(ends));
}

/* NAME=“value”, as word processors make it of quotes: the bytes of one, and a
 * plain quote; 0 for what stands elsewhere, as in a sentence. */
static size_t take_curly(struct slice text, struct buf *out, bool *open)
{
	static const char *const begins[] = { "\u201c", "\u2018" };
	static const char *const ends[] = { "\u201d", "\u2019" };
	const bool begin = !*open && out->size > 0 &&
		out->data[out->size - 1] == '=' &&
		slice_fits_any(text, slice_begins, begins, ARRAY_SIZE(begins));

	if (*text.at == '\n')
		*open = false;
	if (!begin &&
		!(*open &&
			slice_fits_any(
				text, slice_begins, ends, ARRAY_SIZE(ends))))
		return 0;
	*open = begin;
	buf_byte(out, '"');
	return strlen(begins[0]);
}

void html_read(struct slice text, struct buf *out)
{
	const bool tagged = has_tags(text);
	bool quoted = false;

	while (text.size > 0) {
		size_t size = take_entity(text, out);
		if (size == 0 && tagged)
			size = take_tag(text, out);
		if (size == 0)
			size = take_curly(text, out, &quoted);
		if (size == 0) {
			buf_byte(out, *text.at);
			size = 1;
		}
		text = slice_from(text, size);
	}
}
