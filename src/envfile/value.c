/* SPDX-License-Identifier: MIT */
#include "envfile/envfile_internal.h"

#include "base/attributes.h"
#include "base/text.h"

#include <string.h>

/* White space outside ASCII, as JavaScript and Unicode have it. */
static bool is_odd_blank(uint32_t character)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0xa0, 0xa0 },
		{ 0x1680, 0x1680 },
		{ 0x2000, 0x200a },
		{ 0x2028, 0x2029 },
		{ 0x202f, 0x202f },
		{ 0x205f, 0x205f },
		{ 0x3000, 0x3000 },
		{ 0xfeff, 0xfeff },
	};

	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++)
		if (character >= ranges[i].first && character <= ranges[i].last)
			return true;
	return false;
}

/* Cf and Cc outside ASCII: invisible, so never bare. */
static bool is_invisible(uint32_t character)
{
	return (character >= 0x80 && character <= 0x9f) || character == 0xad ||
		(character >= 0x200b && character <= 0x200f) ||
		(character >= 0x202a && character <= 0x202e) ||
		(character >= 0x2060 && character <= 0x206f);
}

size_t blank_size(const char *bytes, size_t size)
{
	uint32_t character = 0;

	if ((unsigned char)bytes[0] < 0x80)
		return text_is_space(bytes[0]) && bytes[0] != '\n' &&
			bytes[0] != '\r';
	size_t length = text_decode(bytes, size, &character);
	return is_odd_blank(character) ? length : 0;
}

/* before and next are NUL at the ends of the value. */
static feature_set quote_features(char before, char quote, char next)
{
	feature_set features = 0;

	if (quote == '\'')
		features = HAS_SINGLE;
	else if (quote == '"')
		features = HAS_DOUBLE;
	else
		features = HAS_BACKTICK;
	return before && next ? features : features | HAS_QUOTE_AT_END;
}

/* before and next are NUL at the ends of the value. */
static feature_set ascii_features(char before, char byte, char next)
{
	switch (byte) {
	case ' ':
		return before && next ? HAS_SIGN : HAS_EDGE;
	case '#':
		return HAS_HASH;
	case '~':
	case '=': /* zsh expands =ls where shells expand ~ */
		return before && before != ':' ? 0 : HAS_SIGN;
	case '\'':
	case '"':
	case '`':
		return quote_features(before, byte, next);
	case '\\':
		return HAS_BACKSLASH;
	case '$':
		return HAS_DOLLAR;
	case '\n':
		return HAS_LINE_BREAK;
	default:
		break;
	}
	if (strchr("&;()<>|", byte))
		return HAS_SIGN;
	return (unsigned char)byte < ' ' || byte == 0x7f ? HAS_EDGE : 0;
}

feature_set value_features(const char *value)
{
	size_t size = strlen(value);
	feature_set features = 0;
	size_t length = 0;

	for (size_t at = 0; at < size; at += length) {
		uint32_t character = 0;

		length = text_decode(value + at, size - at, &character);
		if (length <= 1) {
			length = 1;
			features |= ascii_features(at ? value[at - 1] : '\0',
				value[at], value[at + 1]);
		} else if (is_odd_blank(character) || is_invisible(character)) {
			features |= HAS_EDGE;
		}
	}
	return features;
}
