/* SPDX-License-Identifier: MIT */
#include "transcript/key_place_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

#define VALUE_MOST 4096

/* The word is one by itself: "keys" and "monkey" are not. */
static bool is_apart(struct slice in, size_t start, size_t end)
{
	bool before = start == 0 || !text_is_alphanumeric(in.at[start - 1]);
	bool after = end >= in.size || !text_is_alphanumeric(in.at[end]);

	return before && after && (end >= in.size || in.at[end] != '_');
}

/* "API key", "access-token", "apikey": what is meant is beyond doubt. */
static bool is_strong(struct slice in, size_t start)
{
	size_t end = start;

	while (end > 0 && start - end < 2 && strchr(" -_", in.at[end - 1]))
		end--;
	return slice_fits_any(slice_first(in, end), slice_ends_ignoring_case,
		WORDS("api", "access", "secret", "auth", "bearer", "provider",
			"subscription", "gateway"));
}

static size_t skip_blanks(struct slice in, size_t at)
{
	while (at < in.size && text_is_blank(in.at[at]))
		at++;
	return at;
}

/* "provided", "that was sent", between the name and the value. */
static size_t skip_filler(struct slice in, size_t at)
{
	static const char *const fillers[] = { "provided", "used", "sent",
		"received", "given", "supplied", "value", "starting with",
		"ending in", "ending with" };

	for (size_t i = 0; i < ARRAY_SIZE(fillers); i++) {
		size_t next = skip_blanks(in, at);

		if (slice_has_at_ignoring_case(in, next, fillers[i]))
			return next + strlen(fillers[i]);
	}
	return at;
}

/* ":", "=" and the colon of Chinese texts. */
static size_t skip_separator(struct slice in, size_t at, bool *found)
{
	static const char wide[] = "：";
	size_t next = skip_blanks(in, at);

	*found = next < in.size && (in.at[next] == ':' || in.at[next] == '=');
	if (*found)
		return skip_blanks(in, next + 1);
	*found = slice_has_at_ignoring_case(in, next, wide);
	return *found ? skip_blanks(in, next + strlen(wide)) : next;
}

static size_t value_end(struct slice in, size_t at, char quote)
{
	size_t start = at;

	for (; at < in.size && in.at[at] != '\n' && at - start < VALUE_MOST;
		at++) {
		char byte = in.at[at];

		if (quote ? byte == quote
			  : text_is_space(byte) ||
					strchr("\"'`,;)}]<>|", byte) ||
					text_is_wide(byte))
			break;
		if (byte == '\\' && at + 1 < in.size &&
			strchr("\"'nr", in.at[at + 1]))
			break;
	}
	while (!quote && at > start && strchr(".:!?", in.at[at - 1]))
		at--;
	return at;
}

/* A sentence about the value goes on, or ends. */
static bool is_subject(struct slice in, size_t end)
{
	size_t next = skip_blanks(in, end);

	if (end >= in.size || strchr(".,\n\"", in.at[end]) ||
		(next < in.size && text_is_wide(in.at[next])))
		return true;
	return slice_fits_any(slice_from(in, end), slice_begins_ignoring_case,
		WORDS(" is", " was", " has", " does", " expired", " not ",
			" cannot", " for ", " ("));
}

/* A word of the language: letters alone, or as many as words have. */
static bool is_word(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!text_is_letter(text[i]) && text[i] != '\'')
			return false;
	return true;
}

/* The value behind the name that ends at `at`. */
static bool find_behind(
	struct slice in, size_t at, bool strong, struct key_place *place)
{
	bool separator;
	size_t filled = skip_filler(in, at);
	size_t start = skip_separator(in, filled, &separator);
	char quote = '\0';

	while (start < in.size && in.at[start] == '\\')
		start++;
	/* "令牌[abc]" */
	if (start < in.size && in.at[start] == '[') {
		start++;
		separator = true;
	}
	/* A quote right behind the name ends what the name stands in. */
	if (start > filled && start < in.size && strchr("\"'`", in.at[start]))
		quote = in.at[start++];
	size_t end = value_end(in, start, quote);
	const char *value = in.at + start;
	size_t size = end - start;
	bool like_key =
		size >= 8 && slice_has_digit((struct slice){ value, size });
	bool likely = like_key ||
		(strong && (separator || quote) && !is_word(value, size)) ||
		(strong && size >= 8 && !is_word(value, size) &&
			is_subject(in, end));

	*place = (struct key_place){ start, size,
		likely && (separator || quote || is_subject(in, end)),
		quote && separator && filled > at };
	/* "API key provided: undefined." has a place too, though no key. */
	return (start > at || text_is_wide(in.at[at - 1])) &&
		(place->key || (strong && (separator || quote)));
}

bool key_place_behind(const char *text, size_t size, size_t start, size_t end,
	struct key_place *place)
{
	static const char *const names[] = { "apikey", "令牌", "密钥", "key",
		"token" };
	const struct slice in = { text, size };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		size_t length = strlen(names[i]);
		size_t at = end - length;
		bool wide = text_is_wide(*names[i]);

		if (end - start < length ||
			!slice_has_at_ignoring_case(in, at, names[i]) ||
			!(wide || is_apart(in, at, end)))
			continue;
		return find_behind(
			in, end, wide || i == 0 || is_strong(in, at), place);
	}
	return false;
}

size_t key_place_wide_name(const char *text, size_t size)
{
	return slice_fits_any((struct slice){ text, size }, slice_begins,
		       WORDS("令牌", "密钥"))
		? strlen("令牌")
		: 0;
}

bool key_place_find(
	const char *text, size_t size, size_t from, struct key_place *place)
{
	for (size_t end = from + 3; end <= size; end++) {
		char last = text_lower(text[end - 1]);
		bool name = (last == 'y' || last == 'n') &&
			(end == size || !text_is_alphanumeric(text[end]));

		if ((name || text_is_wide(last)) &&
			key_place_behind(text, size, from, end, place))
			return true;
	}
	return false;
}
