/* SPDX-License-Identifier: MIT */
/*
 * Double-quoted strings of three languages. What must be escaped differs; the
 * loop does not.
 */
#include "base/text.h"
#include "template/template_internal.h"

#include <string.h>

/* Appends the escape of a character and returns true, or returns false where
 * the character stands for itself. `before` is the character in front of it. */
typedef bool escape_character(
	uint32_t character, uint32_t before, struct buf *out);

static void quote(const char *value, size_t size, escape_character *escape,
	struct buf *out)
{
	uint32_t before = 0;

	buf_byte(out, '"');
	for (size_t at = 0; at < size;) {
		uint32_t character = 0;
		size_t length = text_decode(value + at, size - at, &character);
		if (length == 0)
			break; /* the callers have checked */
		if (!escape(character, before, out))
			buf_append(out, value + at, length);
		before = character;
		at += length;
	}
	buf_byte(out, '"');
}

/* The escapes that all three languages share. */
static bool escape_common(uint32_t character, struct buf *out)
{
	static const char characters[] = "\"\\\n\r\t\b\f";
	static const char letters[] = "\"\\nrtbf";
	const char *found = character != 0 && character < 0x80
		? strchr(characters, (int)character)
		: NULL;

	if (!found)
		return false;
	buf_byte(out, '\\');
	buf_byte(out, letters[found - characters]);
	return true;
}

static bool escape_json(uint32_t character, uint32_t before, struct buf *out)
{
	(void)before;
	if (escape_common(character, out))
		return true;
	if (character >= 0x20 && character != 0x7f)
		return false;
	buf_printf(out, "\\u%04x", (unsigned)character);
	return true;
}

/*
 * Beyond JSON: the line separators that older JavaScript takes for line ends;
 * "<" of </script> and <!--; the other quotes, ${ and the slash of a comment's
 * end, so that even a tag put where none belongs cannot end what is round it.
 */
static bool escape_js(uint32_t character, uint32_t before, struct buf *out)
{
	if (escape_common(character, out))
		return true;
	switch (character) {
	case '<':
	case '\'':
	case '`':
		buf_printf(out, "\\x%02x", (unsigned)character);
		return true;
	case '/':
		if (before != '*')
			return false;
		buf_text(out, "\\/");
		return true;
	case '{':
		if (before != '$')
			return false;
		buf_text(out, "\\x7b");
		return true;
	case 0x2028:
	case 0x2029:
	case 0xfeff:
		buf_printf(out, "\\u%04x", (unsigned)character);
		return true;
	default:
		break;
	}
	if (character >= 0x20 && (character < 0x7f || character > 0x9f))
		return false;
	buf_printf(out, "\\x%02x", (unsigned)character);
	return true;
}

/* YAML 1.1 section 5.1 and 1.2 section 5.1: what is not printable, and the
 * breaks that only 1.1 knows (NEL, LS, PS), are escaped. */
static bool escape_yaml(uint32_t character, uint32_t before, struct buf *out)
{
	(void)before;
	if (escape_common(character, out))
		return true;
	if (character < 0x20 || (character >= 0x7f && character <= 0xa0)) {
		buf_printf(out, "\\x%02x", (unsigned)character);
		return true;
	}
	if (character == 0x2028 || character == 0x2029 || character == 0xfeff ||
		character == 0xfffe || character == 0xffff) {
		buf_printf(out, "\\u%04x", (unsigned)character);
		return true;
	}
	return false;
}

void quote_json(const char *value, size_t size, struct buf *out)
{
	quote(value, size, escape_json, out);
}

void quote_js(const char *value, size_t size, struct buf *out)
{
	quote(value, size, escape_js, out);
}

void quote_yaml(const char *value, size_t size, struct buf *out)
{
	quote(value, size, escape_yaml, out);
}
