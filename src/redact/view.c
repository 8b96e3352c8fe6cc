/* SPDX-License-Identifier: MIT */
#include "redact/view_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

void view_init(struct view *view, size_t room)
{
	*view = (struct view){
		.bytes = (unsigned char *)memory_new(room + 1),
		.origins = (struct origin *)memory_array(
			room + 1, sizeof(struct origin)),
		.room = room,
	};
}

void view_release(struct view *view)
{
	memory_free(view->bytes, view->room);
	memory_free(view->origins, view->room * sizeof(struct origin));
	*view = (struct view){ 0 };
}

void view_of_text(struct view *view, const char *text, size_t size)
{
	view_init(view, size);
	for (size_t i = 0; i < size; i++) {
		view->bytes[i] = (unsigned char)text[i];
		view->origins[i] =
			(struct origin){ (uint32_t)i, (uint32_t)(i + 1) };
	}
	view->size = size;
}

void view_add(struct view *view, unsigned char byte, const struct view *source,
	size_t from, size_t to)
{
	if (view->size == view->room)
		return;
	view->bytes[view->size] = byte;
	view->origins[view->size++] =
		(struct origin){ source->origins[from].start,
			source->origins[to - 1].end };
}

void view_add_character(struct view *view, uint32_t character,
	const struct view *source, size_t from, size_t to)
{
	unsigned lead = character < 0x80 ? 0
		: character < 0x800      ? 1
		: character < 0x10000    ? 2
					 : 3;
	static const unsigned char marks[] = { 0, 0xc0, 0xe0, 0xf0 };

	view_add(view, (unsigned char)(marks[lead] | character >> (6 * lead)),
		source, from, to);
	while (lead-- > 0)
		view_add(view,
			(unsigned char)(0x80 |
				((character >> (6 * lead)) & 0x3f)),
			source, from, to);
}

/* Invisible characters, and blanks of any width. */
static bool is_unseen(uint32_t character)
{
	return text_is_invisible(character) || character == ' ' ||
		character == 0xa0 ||
		(character >= 0x2000 && character <= 0x200f) ||
		character == 0x202f || character == 0x205f ||
		character == 0x3000;
}

void view_copy(const struct view *source, struct view *out)
{
	view_init(out, source->size);
	out->size = source->size;
	memcpy(out->bytes, source->bytes, source->size);
	memcpy(out->origins, source->origins,
		source->size * sizeof(*source->origins));
}

void view_squeeze(const struct view *source, struct view *out)
{
	const char *bytes = (const char *)source->bytes;

	view_init(out, source->size);
	for (size_t at = 0; at < source->size;) {
		uint32_t character = '?';
		size_t length =
			text_decode(bytes + at, source->size - at, &character);
		size_t end = at + (length > 0 ? length : 1);

		for (; at < end; at++)
			if (!is_unseen(character))
				view_add(out, source->bytes[at], source, at,
					at + 1);
	}
}

void view_tight(const struct view *source, struct view *out)
{
	view_squeeze(source, out);
	for (size_t i = 0; i < out->size; i++)
		out->bytes[i] = (unsigned char)text_lower((char)out->bytes[i]);
}

void view_skeleton(const struct view *source, struct view *out)
{
	view_init(out, source->size);
	for (size_t at = 0; at < source->size; at++) {
		char byte = (char)source->bytes[at];

		if (text_is_alphanumeric(byte))
			view_add(out, (unsigned char)text_lower(byte), source,
				at, at + 1);
	}
}
