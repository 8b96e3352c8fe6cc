/* SPDX-License-Identifier: MIT */
/* What has the look of a key or token, whatever it stands under. */
#include "paste/paste.h"

#include "base/slice.h"
#include "base/text.h"
#include "catalogue/key_prefix.h"
#include "paste/findings.h"

#include <string.h>

/* So many bytes behind an issuer's prefix are a key, and no word. */
#define KEY_LEAST 8
/* An id of an account is as long, and has no capitals. */
#define RANDOM_LEAST 32

static bool is_key_byte(char byte)
{
	return text_is_name_byte(byte) || byte == '-';
}

static bool is_secret_word(struct slice word)
{
	const struct key_prefix *prefix = key_prefix_find(word.at, word.size);
	size_t digits = 0;
	size_t upper = 0;
	size_t lower = 0;

	if (prefix && word.size >= strlen(prefix->text) + KEY_LEAST)
		return true;
	for (size_t i = 0; i < word.size; i++) {
		digits += text_is_digit(word.at[i]);
		upper += text_is_upper(word.at[i]);
		lower += text_is_lower(word.at[i]);
	}
	return word.size >= RANDOM_LEAST && digits > 0 && upper > 0 &&
		lower > 0;
}

/* Behind a prefix: no words have as many bytes and digits. */
#define TAIL_LEAST 16
#define TAIL_DIGITS 3

bool paste_is_key(const char *whole, size_t whole_size)
{
	struct slice key = without_scheme((struct slice){ whole, whole_size });
	const char *text = key.at;
	size_t size = key.size;
	const struct key_prefix *prefix = key_prefix_find(text, size);
	size_t start = prefix ? strlen(prefix->text) : 0;
	size_t digits = 0;

	for (size_t i = 0; i < size; i++) {
		if (!is_key_byte(text[i]))
			return false;
		digits += i >= start && text_is_digit(text[i]);
	}
	if (prefix)
		return size - start >= TAIL_LEAST && digits >= TAIL_DIGITS;
	return is_secret_word((struct slice){ text, size });
}

bool paste_is_named_key(const char *text, size_t size)
{
	return paste_is_key(text, size) || key_name_in_front(text, size) > 0;
}

bool paste_has_secret(const char *text, size_t size)
{
	struct slice rest = { text, size };

	if (slice_fits_any(rest, slice_contains_ignoring_case,
		    WORDS("authorization", "api-key", "apikey", "api_key",
			    "bearer ", "token=", "key=", "secret=", "password=",
			    "passwd=")))
		return true;
	while (rest.size > 0) {
		size_t end = 0;
		while (end < rest.size && is_key_byte(rest.at[end]))
			end++;
		if (is_secret_word(slice_first(rest, end)))
			return true;
		rest = slice_from(rest, end + 1);
	}
	return false;
}
