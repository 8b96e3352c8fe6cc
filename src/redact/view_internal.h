/* SPDX-License-Identifier: MIT */
/*
 * A text, seen in one way: bytes, and for each of them which bytes of the
 * original text it came from. Views are made of views.
 */
#ifndef REDACT_VIEW_INTERNAL_H
#define REDACT_VIEW_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct origin {
	uint32_t start, end; /* bytes [start, end) of the original text */
};

struct view {
	unsigned char *bytes;   /* owned, wiped */
	struct origin *origins; /* owned; one for each byte */
	size_t size;
	size_t room;
};

/* Room for `room` bytes; the view is empty. */
void view_init(struct view *view, size_t room);
void view_release(struct view *view);

/* The text as it is. */
void view_of_text(struct view *view, const char *text, size_t size);

/* Appends a byte that bytes [from, to) of `source` stand for; nothing where
 * there is no more room. */
void view_add(struct view *view, unsigned char byte, const struct view *source,
	size_t from, size_t to);

/* The same for a character, in UTF-8. */
void view_add_character(struct view *view, uint32_t character,
	const struct view *source, size_t from, size_t to);

void view_copy(const struct view *source, struct view *out);

/* Without blanks, line ends and what is not seen at all, but for the byte that
 * begins a terminal's escapes. */
void view_squeeze(const struct view *source, struct view *out);

/* The same without that, and in lower case. */
void view_tight(const struct view *source, struct view *out);

/* Letters and digits alone, in lower case. */
void view_skeleton(const struct view *source, struct view *out);

/* undo.c: one level of escapes taken away; false where there was none. */
bool view_undo(const struct view *source, struct view *out);

/* decode.c: the bytes that the text is the Base64 of (either alphabet), or the
 * hex, read from its digit number `skipped` on; what is no digit stands between
 * them without a meaning. */
void view_base64(const struct view *source, size_t skipped, struct view *out);
void view_hex(const struct view *source, size_t skipped, struct view *out);

#endif
