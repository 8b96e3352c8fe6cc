/* SPDX-License-Identifier: MIT */
/* Settings in XML: launchd's property lists, in which a <key> names the value
 * behind it, and elements that are called as what they hold. */
#include "paste/plain_internal.h"

#include "base/attributes.h"
#include "base/text.h"

struct xml {
	struct slice rest;
	struct slice key; /* of a property list: whose value is next */
	struct buf *out;
	size_t found; /* values that count */
};

/* <NAME ...>TEXT</NAME>. */
struct element {
	struct slice name, text;
};

/* Takes the next tag off the front: its inside, and what stands behind it up to
 * the tag after it. */
static bool take_tag(struct xml *xml, struct slice *inside, struct slice *text)
{
	xml->rest = slice_from(xml->rest, slice_find(xml->rest, '<') + 1);
	*inside = slice_first(xml->rest, slice_find(xml->rest, '>'));
	xml->rest = slice_from(xml->rest, inside->size + 1);
	*text = slice_first(xml->rest, slice_find(xml->rest, '<'));
	return inside->size > 0;
}

static struct slice name_of(struct slice inside)
{
	size_t size = 0;

	while (size < inside.size &&
		(text_is_name_byte(inside.at[size]) || inside.at[size] == '-' ||
			inside.at[size] == '.'))
		size++;
	return slice_first(inside, size);
}

/* The next element that has no other in it. */
static bool take_element(struct xml *xml, struct element *element)
{
	struct slice inside;
	struct slice text;

	while (take_tag(xml, &inside, &text)) {
		struct slice name = name_of(inside);
		struct slice end = slice_from(xml->rest, text.size);
		bool closed = slice_begins(end, "</") &&
			slice_equal(name, name_of(slice_from(end, 2)));
		if (name.size == 0 || !closed)
			continue;
		*element = (struct element){ name, slice_trimmed(text) };
		return true;
	}
	return false;
}

static void take_value(struct xml *xml, const struct element *element)
{
	struct slice name = element->name;

	if (slice_fits_any(name, slice_is, WORDS("key", "name"))) {
		xml->key = element->text;
		return;
	}
	if (slice_fits_any(name, slice_is, WORDS("string", "value"))) {
		name = xml->key;
		xml->key.size = 0;
	}
	if (name.size == 0 || element->text.size == 0)
		return;
	xml->found += role_of(name) != ROLE_NONE || is_address(element->text);
	plain_put_pair(xml->out, name, element->text);
}

bool xml_read(struct slice text, struct buf *out)
{
	const size_t before = out->size;
	struct xml xml = { .rest = slice_trimmed(text), .out = out };
	struct element element;

	if (!slice_begins(xml.rest, "<") || !slice_ends(xml.rest, ">"))
		return false;
	while (take_element(&xml, &element)) {
		if (html_is_tag(element.name)) {
			xml.found = 0;
			break;
		}
		take_value(&xml, &element);
	}
	if (xml.found == 0)
		buf_truncate(out, before);
	return xml.found > 0;
}
