/* SPDX-License-Identifier: MIT */
#include "base/slice.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

struct slice slice_of(const char *text)
{
	return (struct slice){ text, strlen(text) };
}

static bool has(struct slice slice, size_t at, const char *word, bool lower)
{
	for (; *word; word++, at++) {
		if (at >= slice.size)
			return false;
		char byte = slice.at[at];
		if ((lower ? text_lower(byte) : byte) != *word)
			return false;
	}
	return true;
}

static bool is(struct slice slice, const char *word, bool lower)
{
	return strlen(word) == slice.size && has(slice, 0, word, lower);
}

bool slice_is(struct slice slice, const char *text)
{
	return is(slice, text, false);
}

bool slice_is_ignoring_case(struct slice slice, const char *lower)
{
	return is(slice, lower, true);
}

bool slice_begins(struct slice slice, const char *text)
{
	return has(slice, 0, text, false);
}

bool slice_begins_ignoring_case(struct slice slice, const char *lower)
{
	return has(slice, 0, lower, true);
}

bool slice_ends(struct slice slice, const char *text)
{
	size_t size = strlen(text);

	return size <= slice.size && has(slice, slice.size - size, text, false);
}

bool slice_ends_ignoring_case(struct slice slice, const char *lower)
{
	size_t size = strlen(lower);

	return size <= slice.size && has(slice, slice.size - size, lower, true);
}

bool slice_has_at(struct slice slice, size_t at, const char *text)
{
	return has(slice, at, text, false);
}

bool slice_has_at_ignoring_case(
	struct slice slice, size_t at, const char *lower)
{
	return has(slice, at, lower, true);
}

bool slice_contains(struct slice slice, const char *part)
{
	const struct slice text = slice_of(part);

	return text.size == 0 || slice_find_part(slice, text) < slice.size;
}

bool slice_contains_ignoring_case(struct slice slice, const char *lower)
{
	size_t size = strlen(lower);

	for (size_t i = 0; i + size <= slice.size; i++)
		if (has(slice, i, lower, true))
			return true;
	return false;
}

bool slice_fits_any(struct slice slice,
	bool (*fits)(struct slice slice, const char *word),
	const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (fits(slice, words[i]))
			return true;
	return false;
}

struct slice slice_in_bent_quotes(struct slice slice)
{
	static const char *const pairs[][2] = { { "“", "”" }, { "‘", "’" },
		{ "”", "”" }, { "’", "’" } };

	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		const size_t open = strlen(pairs[i][0]);
		const size_t both = open + strlen(pairs[i][1]);
		if (slice.size > both && slice_begins(slice, pairs[i][0]) &&
			slice_ends(slice, pairs[i][1]))
			return slice_from(
				slice_first(slice, slice.size - both + open),
				open);
	}
	return slice_first(slice, 0);
}

bool slice_take(struct slice *rest, const char *word)
{
	if (!slice_begins(*rest, word))
		return false;
	*rest = slice_from(*rest, strlen(word));
	return true;
}

bool slice_take_any(struct slice *rest, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_take(rest, words[i]))
			return true;
	return false;
}

bool slice_has_digit(struct slice slice)
{
	size_t at = 0;

	while (at < slice.size && !text_is_digit(slice.at[at]))
		at++;
	return at < slice.size;
}

bool slice_only(struct slice slice, const char *allowed)
{
	for (size_t i = 0; i < slice.size; i++)
		if (!slice.at[i] || !strchr(allowed, slice.at[i]))
			return false;
	return true;
}

bool slice_is_word(struct slice slice, const char *more)
{
	for (size_t i = 0; i < slice.size; i++)
		if (!text_is_alphanumeric(slice.at[i]) &&
			(!slice.at[i] || !strchr(more, slice.at[i])))
			return false;
	return slice.size > 0;
}

size_t slice_find(struct slice slice, char byte)
{
	const char *found =
		slice.size ? memchr(slice.at, byte, slice.size) : NULL;

	return found ? (size_t)(found - slice.at) : slice.size;
}

/* So many that a byte can count them, and that the compiler knows to take
 * several at once. */
#define COUNTED_AT_ONCE 128

static size_t count_some(const char *bytes, char byte)
{
	unsigned char count = 0;

	for (size_t i = 0; i < COUNTED_AT_ONCE; i++)
		count = (unsigned char)(count + (bytes[i] == byte));
	return count;
}

size_t slice_count(struct slice slice, char byte)
{
	size_t count = 0;

	for (; slice.size >= COUNTED_AT_ONCE;
		slice = slice_from(slice, COUNTED_AT_ONCE))
		count += count_some(slice.at, byte);
	for (size_t i = 0; i < slice.size; i++)
		count += slice.at[i] == byte;
	return count;
}

/* Of the part's bytes the one that texts have least: those that they have most
 * come first here, what is not among them is rare. */
static size_t rarest_byte(struct slice part)
{
	static const char common[] = " etaoinsrlcdpum\nhfgy.,()\"'b=;:/w_-0{}";
	size_t rarest = 0;
	size_t best = 0;

	for (size_t i = 0; i < part.size; i++) {
		const char *at = memchr(common, part.at[i], sizeof(common) - 1);
		size_t rank = at ? (size_t)(at - common) : sizeof(common);

		if (rank > best) {
			best = rank;
			rarest = i;
		}
	}
	return rarest;
}

size_t slice_find_part(struct slice slice, struct slice part)
{
	const size_t rare = rarest_byte(part);
	size_t at = 0;

	while (part.size > 0 && slice.size - at >= part.size) {
		const char *from = slice.at + at + rare;
		const char *found = memchr(
			from, part.at[rare], slice.size - at - part.size + 1);

		if (!found)
			return slice.size;
		at += (size_t)(found - from);
		if (slice.at[at] == *part.at &&
			memcmp(slice.at + at, part.at, part.size) == 0)
			return at;
		at++;
	}
	return slice.size;
}

struct slice slice_from(struct slice slice, size_t count)
{
	if (count > slice.size)
		count = slice.size;
	/* An empty slice may have no address, to which nothing may be added. */
	if (count == 0)
		return slice;
	return (struct slice){ slice.at + count, slice.size - count };
}

struct slice slice_first(struct slice slice, size_t count)
{
	return (struct slice){ slice.at,
		count < slice.size ? count : slice.size };
}

struct slice slice_skip_blanks(struct slice slice)
{
	while (slice.size > 0 && text_is_blank(*slice.at))
		slice = slice_from(slice, 1);
	return slice;
}

struct slice slice_trimmed(struct slice slice)
{
	while (slice.size > 0 && text_is_space(*slice.at))
		slice = slice_from(slice, 1);
	while (slice.size > 0 && text_is_space(slice.at[slice.size - 1]))
		slice.size--;
	return slice;
}

bool slice_is_blank(struct slice slice)
{
	return slice_trimmed(slice).size == 0;
}

bool slice_take_line(struct slice *rest, struct slice *line)
{
	if (rest->size == 0)
		return false;
	size_t end = slice_find(*rest, '\n');

	*line = slice_first(*rest, end);
	*rest = slice_from(*rest, end + 1);
	if (slice_ends(*line, "\r"))
		line->size--;
	return true;
}

bool slice_take_item(struct slice *list, struct slice *item)
{
	if (list->size == 0)
		return false;
	size_t end = slice_find(*list, ',');

	*item = slice_first(*list, end);
	*list = slice_from(*list, end + 1);
	return true;
}

char *slice_text(struct slice slice)
{
	return memory_copy(slice.at, slice.size);
}

size_t slice_lower(struct slice slice, char *out, size_t out_size)
{
	slice = slice_first(slice, out_size - 1);
	for (size_t i = 0; i < slice.size; i++)
		out[i] = slice.at[i] ? text_lower(slice.at[i]) : ' ';
	out[slice.size] = '\0';
	return slice.size;
}
