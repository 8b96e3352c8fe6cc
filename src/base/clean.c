/* SPDX-License-Identifier: MIT */
#include "base/clean.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void end_with_dots(char *out, size_t used, size_t out_size)
{
	size_t keep = out_size > 4 ? out_size - 4 : 0;

	if (used > keep)
		used = text_cut(out, keep);
	snprintf(out + used, out_size - used, "...");
}

void clean_line(const char *bytes, size_t size, char *out, size_t out_size)
{
	size_t used = 0;
	size_t at = 0;

	while (at < size) {
		uint32_t character = '?';
		size_t length = text_decode(bytes + at, size - at, &character);
		const char *from = length > 0 ? bytes + at : "?";
		size_t copied = length > 0 ? length : 1;

		if (length > 0 && text_is_invisible(character)) {
			from = " ";
			copied = 1;
		}
		at += length > 0 ? length : 1;
		/* Of a run of blanks one stays, and none in front. */
		if (*from == ' ' && (used == 0 || out[used - 1] == ' '))
			continue;
		if (used + copied + 1 > out_size) {
			end_with_dots(out, used, out_size);
			return;
		}
		memcpy(out + used, from, copied);
		used += copied;
	}
	while (used > 0 && out[used - 1] == ' ')
		used--;
	out[used] = '\0';
}

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/* Bytes of the character that begins here and does not end: a first byte and
 * what follows it rightly. 0 where this is no first byte. */
static size_t cut_size(const char *bytes, size_t size)
{
	unsigned char first = (unsigned char)bytes[0];
	size_t whole = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
	size_t length = 1;

	if (first < 0xc2 || first > 0xf4)
		return 0;
	while (length < whole && length < size &&
		((unsigned char)bytes[length] & 0xc0) == 0x80)
		length++;
	return length < whole ? length : 0;
}

bool clean_cuts(const char *text, char *out, size_t out_size)
{
	size_t size = strlen(text);
	size_t used = 0;
	uint32_t character = 0;

	for (size_t at = 0; at < size;) {
		size_t length = text_decode(text + at, size - at, &character);
		size_t cut = length ? 0 : cut_size(text + at, size - at);
		const char *from = length ? text + at : REPLACEMENT;
		size_t copied = length ? length : strlen(REPLACEMENT);

		at += length ? length : cut ? cut : 1;
		if (cut)
			continue;
		if (used + copied + 1 > out_size) {
			out[used] = '\0';
			return false;
		}
		memcpy(out + used, from, copied);
		used += copied;
	}
	out[used] = '\0';
	return true;
}

char *clean_copy(const char *bytes, size_t size)
{
	static const size_t most = sizeof(REPLACEMENT) - 1;
	char *copy = memory_array(size + 1, most);
	size_t used = 0;
	uint32_t character = 0;

	for (size_t at = 0; at < size;) {
		size_t length = text_decode(bytes + at, size - at, &character);
		size_t copied = length ? length : most;
		memcpy(copy + used, length ? bytes + at : REPLACEMENT, copied);
		used += copied;
		at += length ? length : 1;
	}
	copy[used] = '\0';
	return copy;
}

void clean_end(char *text)
{
	size_t size = strlen(text);
	size_t start = size;
	uint32_t character;

	/* Back to the byte that begins the last character. */
	while (start > 0 && size - start < 4 &&
		((unsigned char)text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start > 0)
		start--;
	if (size > 0 &&
		text_decode(text + start, size - start, &character) == 0)
		text[start] = '\0';
}
