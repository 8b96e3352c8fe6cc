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

	for (size_t i = 0; i < ARRAY_SIZE(ranges); i++) {
		if (character >= ranges[i].first && character <= ranges[i].last)
			return true;
	}
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

/* `rest` is what follows the "$". */
static feature_set dollar_features(const char *rest)
{
	char next = rest[0];

	if (text_is_alphanumeric(next) || next == '_')
		return HAS_DOLLAR | HAS_DOLLAR_NAME;
	if (next == '{')
		return HAS_DOLLAR | HAS_DOLLAR_BRACE;
	if (next == '(')
		return HAS_DOLLAR | HAS_DOLLAR_PAREN |
			(strchr(rest, ')') ? 0 : HAS_PAREN_OPEN);
	if (next == '}')
		return HAS_DOLLAR | HAS_DOLLAR_CLOSE;
	if (next == '.')
		return HAS_DOLLAR | HAS_DOLLAR_DOT;
	if (next && strchr("*@#?$!-[=~^+", next))
		return HAS_DOLLAR | HAS_DOLLAR_SIGN;
	return HAS_DOLLAR;
}

static feature_set backslash_features(char next)
{
	switch (next) {
	case '\0':
		return HAS_BACKSLASH | HAS_BACKSLASH_LAST;
	case '\\':
		return HAS_BACKSLASH | HAS_TWO_BACKSLASHES;
	case 'n':
	case 'r':
		return HAS_BACKSLASH | HAS_ESCAPE_N;
	case 't':
		return HAS_BACKSLASH | HAS_ESCAPE_T;
	case '$':
		return HAS_BACKSLASH | HAS_BACKSLASH_DOLLAR;
	case '"':
		return HAS_BACKSLASH | HAS_BACKSLASH_DOUBLE;
	default:
		return HAS_BACKSLASH;
	}
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

/* zsh expands =ls where shells expand ~. */
static feature_set equals_features(char before, char next)
{
	return (before && before != ':' ? 0 : HAS_EQUALS_FIRST) |
		(next == '"' ? HAS_EQUALS_DOUBLE : 0);
}

/* before is NUL at the start; rest begins with the byte. */
static feature_set ascii_features(char before, const char *rest)
{
	char byte = rest[0];
	char next = rest[1];

	switch (byte) {
	case ' ':
		return before && next ? HAS_BLANK : HAS_EDGE;
	case '#':
		return before && before != ' ' && before != '\t'
			? HAS_HASH
			: HAS_HASH | HAS_COMMENT;
	case '~':
		return before && before != ':' ? 0 : HAS_TILDE;
	case '=':
		return equals_features(before, next);
	case '\'':
	case '"':
	case '`':
		return quote_features(before, byte, next);
	case '\\':
		return backslash_features(next);
	case '$':
		return dollar_features(rest + 1);
	case '\n':
		return HAS_LINE_BREAK;
	default:
		break;
	}
	if (strchr("&;()<>|", byte))
		return HAS_SHELL_SIGN;
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
			features |= ascii_features(
				at ? value[at - 1] : '\0', value + at);
		} else if (character == 0x2028 || character == 0x2029) {
			features |= HAS_LINE_SEPARATOR | HAS_EDGE;
		} else if (is_odd_blank(character) || is_invisible(character)) {
			features |= HAS_EDGE;
		}
	}
	if (features & HAS_LINE_BREAK && value[size - 1] == '=')
		features |= HAS_EQUALS_LAST;
	return features;
}
