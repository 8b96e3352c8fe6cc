/* SPDX-License-Identifier: MIT */
/*
 * Text: ASCII classes that know no locale, UTF-8, likeness, widths.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/attributes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Readers ask these of every byte, so they are inline. */

static inline bool text_is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static inline bool text_is_lower(char byte)
{
	return byte >= 'a' && byte <= 'z';
}

static inline bool text_is_upper(char byte)
{
	return byte >= 'A' && byte <= 'Z';
}

static inline bool text_is_letter(char byte)
{
	return text_is_lower(byte) || text_is_upper(byte);
}

static inline bool text_is_alphanumeric(char byte)
{
	return text_is_letter(byte) || text_is_digit(byte);
}

/* Of a character beyond ASCII, in UTF-8. */
static inline bool text_is_wide(char byte)
{
	return (byte & 0x80) != 0;
}

static inline bool text_is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

static inline bool text_is_quote(char byte)
{
	return byte == '"' || byte == '\'' || byte == '`';
}

/* Blank, tab, LF, CR, VT, FF. */
static inline bool text_is_space(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static inline char text_lower(char byte)
{
	return text_is_upper(byte) ? (char)(byte - 'A' + 'a') : byte;
}

static inline char text_upper(char byte)
{
	return text_is_lower(byte) ? (char)(byte - 'a' + 'A') : byte;
}

/* What a hex digit of either case stands for; -1 for any other byte. */
static inline int text_hex_value(char byte)
{
	byte = text_lower(byte);
	if (text_is_digit(byte))
		return byte - '0';
	return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* For text_only, slice_only and their kind. */
#define TEXT_LOWER_HEX "0123456789abcdef"
#define TEXT_HEX TEXT_LOWER_HEX "ABCDEF"

/* [A-Za-z0-9_] */
static inline bool text_is_name_byte(char byte)
{
	return text_is_alphanumeric(byte) || byte == '_';
}

bool text_equal(const char *a, const char *b);
/* Both may be NULL. */
bool text_equal_or_null(const char *a, const char *b);
bool text_equal_ignoring_case(const char *a, const char *b);
bool text_starts_with(const char *text, const char *prefix);
bool text_starts_with_ignoring_case(const char *text, const char *prefix);
bool text_ends_with(const char *text, const char *suffix);
bool text_contains(const char *text, const char *part);
/* Whether it `fits` one of the words: text_equal, text_starts_with, ... */
bool text_fits_any(const char *text,
	bool (*fits)(const char *text, const char *word),
	const char *const *words, size_t count);
/* Every byte of text is one of `allowed`; "" is. */
bool text_only(const char *text, const char *allowed);
/* Whether a part of the path, between "/", is that one, in whatever case. */
bool text_has_path_part(const char *path, const char *lower);
/* `size` bytes equal to the C string. */
bool text_is(const char *bytes, size_t size, const char *text);

/* Orders two `const char *` by their bytes, for qsort and bsearch. */
int text_compare(const void *a, const void *b);

/* UTF-8's byte order mark, which editors put in front of a text. */
#define TEXT_MARK "\xef\xbb\xbf"
/* Its size where the bytes begin with it, else 0. */
size_t text_mark_size(const char *bytes, size_t size);

/*
 * Decodes one UTF-8 character at bytes (size > 0). Returns its length in bytes,
 * or 0 where it is malformed (overlong, surrogate, above U+10FFFF, cut off).
 */
size_t text_decode(const char *bytes, size_t size, uint32_t *character);
/* How many bytes are UTF-8 before the first that is not. */
size_t text_utf8_size(const char *bytes, size_t size);
bool text_is_utf8(const char *bytes, size_t size);
/* Whether a byte is a character: what is counted in bytes is told as that. */
bool text_is_ascii(const char *bytes, size_t size);

/* Controls and what else leaves no mark of its own or turns writing around:
 * Unicode's categories Cc, Cf, Zl, Zp, and the fillers. */
bool text_is_invisible(uint32_t character);
/* UTF-8 without such characters: no line break and no tab either. */
bool text_is_visible(const char *text);

/* Characters of UTF-8, as editors count them for a column. */
size_t text_count(const char *text, size_t size);

/* The largest end <= size that does not split a UTF-8 character. */
size_t text_cut(const char *text, size_t size);

/* Where the line begins that has `at`. */
size_t text_line_start(const char *text, size_t at);

/* Columns that the text takes on a terminal: wide characters are two. */
size_t text_width(const char *text, size_t size);

/*
 * How many bytes have to be put in, left out, replaced or swapped with the next
 * to make one of the other (optimal string alignment), ignoring case; the most
 * where one is longer than that.
 */
#define TEXT_DISTANCE_MOST 63
size_t text_distance(const char *a, const char *b);

/*
 * The candidate that `word` was most likely meant to be, or NULL. candidates
 * ends with NULL. Likeness: few edits (transposition counts one) for its
 * length, or an unambiguous prefix. Ignores case.
 */
const char *text_nearest(const char *word, const char *const *candidates);

#endif
