/* SPDX-License-Identifier: MIT */
#include "base/text.h"

#include "base/eight.h"

#include <string.h>

bool text_equal(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

bool text_equal_or_null(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

bool text_equal_ignoring_case(const char *a, const char *b)
{
	while (*a && text_lower(*a) == text_lower(*b)) {
		a++;
		b++;
	}
	return text_lower(*a) == text_lower(*b);
}

bool text_starts_with(const char *text, const char *prefix)
{
	while (*prefix && *text == *prefix) {
		text++;
		prefix++;
	}
	return *prefix == '\0';
}

bool text_starts_with_ignoring_case(const char *text, const char *prefix)
{
	while (*prefix && text_lower(*text) == text_lower(*prefix)) {
		text++;
		prefix++;
	}
	return *prefix == '\0';
}

bool text_ends_with(const char *text, const char *suffix)
{
	size_t text_size = strlen(text);
	size_t suffix_size = strlen(suffix);

	return suffix_size <= text_size &&
		memcmp(text + text_size - suffix_size, suffix, suffix_size) ==
		0;
}

bool text_contains(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

bool text_fits_any(const char *text,
	bool (*fits)(const char *text, const char *word),
	const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (fits(text, words[i]))
			return true;
	return false;
}

bool text_only(const char *text, const char *allowed)
{
	return text[strspn(text, allowed)] == '\0';
}

bool text_has_path_part(const char *path, const char *lower)
{
	const size_t length = strlen(lower);

	for (size_t size; *path; path += size + (path[size] == '/')) {
		size_t same = 0;

		size = strcspn(path, "/");
		while (same < size && same < length &&
			text_lower(path[same]) == lower[same])
			same++;
		if (same == size && same == length)
			return true;
	}
	return false;
}

bool text_is(const char *bytes, size_t size, const char *text)
{
	return strlen(text) == size && memcmp(bytes, text, size) == 0;
}

int text_compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t text_mark_size(const char *bytes, size_t size)
{
	const size_t mark = strlen(TEXT_MARK);

	return size >= mark && memcmp(bytes, TEXT_MARK, mark) == 0 ? mark : 0;
}

/* The number of bytes that a first byte announces; 0 for none. */
static size_t sequence_size(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first <= 0xdf)
		return 2;
	if (first >= 0xe0 && first <= 0xef)
		return 3;
	if (first >= 0xf0 && first <= 0xf4)
		return 4;
	return 0;
}

size_t text_decode(const char *bytes, size_t size, uint32_t *character)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	static const unsigned char mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	size_t length = sequence_size((unsigned char)bytes[0]);

	if (length == 0 || length > size)
		return 0;
	uint32_t value = (unsigned char)bytes[0] & mask[length];
	for (size_t i = 1; i < length; i++) {
		unsigned char byte = (unsigned char)bytes[i];
		if ((byte & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (byte & 0x3fU);
	}
	if (value < least[length] || value > 0x10ffff ||
		(value >= 0xd800 && value <= 0xdfff))
		return 0;
	*character = value;
	return length;
}

/* How many bytes are ASCII, eight at a time. */
static size_t ascii_size(const char *bytes, size_t size)
{
	size_t at = 0;

	while (size - at >= 8 && !eight_beyond_ascii(eight_at(bytes + at)))
		at += 8;
	while (at < size && !text_is_wide(bytes[at]))
		at++;
	return at;
}

bool text_is_ascii(const char *bytes, size_t size)
{
	return ascii_size(bytes, size) == size;
}

size_t text_utf8_size(const char *bytes, size_t size)
{
	uint32_t character = 0;
	size_t at = ascii_size(bytes, size);

	while (at < size) {
		size_t length = text_decode(bytes + at, size - at, &character);
		if (length == 0)
			break;
		at += length;
		at += ascii_size(bytes + at, size - at);
	}
	return at;
}

bool text_is_utf8(const char *bytes, size_t size)
{
	return text_utf8_size(bytes, size) == size;
}

bool text_is_invisible(uint32_t character)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x0000, 0x001f },
		{ 0x007f, 0x009f },
		{ 0x00ad, 0x00ad },
		{ 0x034f, 0x034f },
		{ 0x061c, 0x061c },
		{ 0x115f, 0x1160 },
		{ 0x17b4, 0x17b5 },
		{ 0x180b, 0x180f },
		{ 0x200b, 0x200f },
		{ 0x2028, 0x202e },
		{ 0x2060, 0x206f },
		{ 0x3164, 0x3164 },
		{ 0xfe00, 0xfe0f },
		{ 0xfeff, 0xfeff },
		{ 0xffa0, 0xffa0 },
		{ 0xfff9, 0xfffb },
		{ 0x1d173, 0x1d17a },
		{ 0xe0000, 0xe0fff },
	};

	/* In order: none begins behind one that begins too late. */
	for (size_t i = 0;
		i < ARRAY_SIZE(ranges) && character >= ranges[i].first; i++)
		if (character <= ranges[i].last)
			return true;
	return false;
}

bool text_is_visible(const char *text)
{
	size_t size = strlen(text);
	uint32_t character = 0;

	for (size_t at = 0; at < size;) {
		size_t length = text_decode(text + at, size - at, &character);
		if (length == 0 || text_is_invisible(character))
			return false;
		at += length;
	}
	return true;
}

size_t text_count(const char *text, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i < size; i++)
		count += ((unsigned char)text[i] & 0xc0) != 0x80;
	return count;
}

size_t text_cut(const char *text, size_t size)
{
	while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
		size--;
	return size;
}

size_t text_line_start(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] != '\n')
		at--;
	return at;
}

/*
 * Characters that take other than one column, as Unicode's East Asian Width (W
 * and F) and general category (Mn, Cf) have them, in coarse ranges. Not
 * wcwidth: it depends on the locale, and in the C locale knows ASCII alone.
 */
static size_t character_width(uint32_t character)
{
	static const struct {
		uint32_t first, last;
		size_t width;
	} ranges[] = {
		{ 0x0300, 0x036f, 0 },
		{ 0x1100, 0x115f, 2 },
		{ 0x200b, 0x200f, 0 },
		{ 0x2e80, 0x303e, 2 },
		{ 0x3041, 0xa4cf, 2 },
		{ 0xac00, 0xd7a3, 2 },
		{ 0xf900, 0xfaff, 2 },
		{ 0xfe00, 0xfe0f, 0 },
		{ 0xfe30, 0xfe6f, 2 },
		{ 0xff00, 0xff60, 2 },
		{ 0xffe0, 0xffe6, 2 },
		{ 0x1f300, 0x1faff, 2 },
		{ 0x20000, 0x3fffd, 2 },
	};

	for (size_t i = 0;
		i < ARRAY_SIZE(ranges) && character >= ranges[i].first; i++)
		if (character <= ranges[i].last)
			return ranges[i].width;
	return 1;
}

size_t text_width(const char *text, size_t size)
{
	size_t width = 0;
	uint32_t character = 0;

	for (size_t at = 0; at < size;) {
		size_t length = text_is_wide(text[at])
			? text_decode(text + at, size - at, &character)
			: 0;
		width += length ? character_width(character) : 1;
		at += length ? length : 1;
	}
	return width;
}

size_t text_distance(const char *a, const char *b)
{
	size_t rows[3][TEXT_DISTANCE_MOST + 1];
	size_t a_size = strlen(a);
	size_t b_size = strlen(b);

	if (a_size > TEXT_DISTANCE_MOST || b_size > TEXT_DISTANCE_MOST)
		return TEXT_DISTANCE_MOST;
	for (size_t j = 0; j <= b_size; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_size; i++) {
		size_t *row = rows[i % 3];
		const size_t *above = rows[(i + 2) % 3];
		const size_t *above2 = rows[(i + 1) % 3];
		char x = text_lower(a[i - 1]);

		row[0] = i;
		for (size_t j = 1; j <= b_size; j++) {
			char y = text_lower(b[j - 1]);
			size_t best = above[j - 1] + (x != y);
			if (above[j] + 1 < best)
				best = above[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			if (i > 1 && j > 1 && x == text_lower(b[j - 2]) &&
				text_lower(a[i - 2]) == y &&
				above2[j - 2] + 1 < best)
				best = above2[j - 2] + 1;
			row[j] = best;
		}
	}
	return rows[a_size % 3][b_size];
}

/* The only candidate that starts with word, or NULL. */
static const char *only_completion(
	const char *word, const char *const *candidates)
{
	const char *found = NULL;

	for (; *candidates; candidates++) {
		if (!text_starts_with_ignoring_case(*candidates, word))
			continue;
		if (found)
			return NULL;
		found = *candidates;
	}
	return found;
}

const char *text_nearest(const char *word, const char *const *candidates)
{
	size_t word_size = strlen(word);
	size_t best = word_size / 3 + 1;
	const char *nearest = NULL;

	if (word_size >= 3) {
		nearest = only_completion(word, candidates);
		if (nearest)
			return nearest;
	}
	for (; *candidates; candidates++) {
		size_t distance = text_distance(word, *candidates);
		if (distance < strlen(*candidates) &&
			(distance < best || (distance == best && !nearest))) {
			best = distance;
			nearest = *candidates;
		}
	}
	return nearest;
}
