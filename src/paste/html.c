/* SPDX-License-Identifier: MIT */
/* A page's source, as it is copied from a feed, a mail or a log: entities and
 * the tags around code. */
#include "paste/plain_internal.h"

#include "base/attributes.h"
#include "base/entity.h"
#include "base/text.h"

#include <string.h>

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

/* What a tag of that name puts in its place; NULL for another. */
static const char *text_of_tag(struct slice name)
{
	for (size_t i = 0; i < ARRAY_SIZE(tags); i++) {
		if (slice_is_ignoring_case(name, tags[i].name))
			return tags[i].text;
	}
	return NULL;
}

bool html_is_tag(struct slice name)
{
	return text_of_tag(name) != NULL;
}

/* Longer ones are none that is looked for. */
#define TAG_LIMIT 512

/* The bytes of a tag at the front, or of the one that ends it; 0 for none. */
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
	const char *own = text_of_tag(name);
	if (!own)
		return 0;
	buf_text(out, own);
	return end + 1;
}

/* <https://...>, as Markdown and mail write an address: without the brackets.
 */
static size_t take_link(struct slice text, struct buf *out)
{
	struct slice inside = slice_from(text, 1);

	inside = slice_first(inside, slice_find(inside, '>'));
	if (*text.at != '<' || !is_address(inside) ||
		inside.size + 1 == text.size || slice_contains(inside, " ") ||
		slice_contains(inside, "<") || slice_contains(inside, "\n"))
		return 0;
	buf_append(out, inside.at, inside.size);
	buf_byte(out, ' ');
	return inside.size + 2;
}

/* JSX has tags, too; a page's source has code between them. */
static bool has_tags(struct slice text)
{
	return slice_fits_any(text, slice_contains,
		WORDS("</code>", "</pre>", "</span>", "</p>"));
}

/* NAME=“value”, as word processors make it of quotes: the bytes of one, and a
 * plain quote; 0 for what stands elsewhere, as in a sentence. */
static size_t take_curly(struct slice text, struct buf *out, bool *open)
{
	static const char *const begins[] = { "“", "‘" };
	const bool begin = !*open && out->size > 0 &&
		out->data[out->size - 1] == '=' &&
		slice_fits_any(text, slice_begins, begins, ARRAY_SIZE(begins));

	if (*text.at == '\n')
		*open = false;
	if (!begin &&
		!(*open && slice_fits_any(text, slice_begins, WORDS("”", "’"))))
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
		char byte = *text.at;
		size_t size = entity_take(text, &byte);
		if (size > 0)
			buf_byte(out, byte);
		else if (tagged)
			size = take_tag(text, out);
		if (size == 0)
			size = take_link(text, out);
		if (size == 0)
			size = take_curly(text, out, &quoted);
		if (size == 0) {
			buf_byte(out, byte);
			size = 1;
		}
		text = slice_from(text, size);
	}
}
