/* SPDX-License-Identifier: MIT */
#include "vault/plain_json_internal.h"

#include "base/slice.h"

#include <stdbool.h>
#include <string.h>

/* Of members that are not sorted: a record of aigenv's has at most 16. */
#define NAMES_LIMIT 24
/* No number of so many digits overflows jansson's. */
#define DIGITS_LIMIT 15

static size_t skip_space(const char *text, size_t at)
{
	return at + strspn(text + at, " \t\r\n");
}

static size_t skip_string(const char *text, size_t at)
{
	if (text[at] != '"')
		return 0;
	for (at++; text[at] != '"'; at++) {
		unsigned char byte = (unsigned char)text[at];
		if (byte < 0x20 || byte >= 0x7f || byte == '\\')
			return 0;
	}
	return at + 1;
}

static size_t skip_number(const char *text, size_t at)
{
	size_t digits = strspn(text + at, "0123456789");

	return digits > DIGITS_LIMIT || (digits > 1 && text[at] == '0')
		? 0
		: at + digits;
}

static size_t skip_word(const char *text, size_t at, const char *word)
{
	size_t size = strlen(word);

	return strncmp(text + at, word, size) == 0 ? at + size : 0;
}

static size_t skip_list(const char *text, size_t at, size_t depth)
{
	at = skip_space(text, at + 1);
	if (text[at] == ']')
		return at + 1;
	for (;;) {
		at = plain_json_skip(text, at, depth);
		if (!at)
			return 0;
		at = skip_space(text, at);
		if (text[at] == ']')
			return at + 1;
		if (text[at] != ',')
			return 0;
		at = skip_space(text, at + 1);
	}
}

/* The names of an object so far. */
struct names {
	struct slice first[NAMES_LIMIT];
	struct slice last;
	size_t count;
	bool sorted;
};

static bool is_after(struct slice name, struct slice before)
{
	size_t size = name.size < before.size ? name.size : before.size;
	int order = memcmp(name.at, before.at, size);

	return order > 0 || (order == 0 && name.size > before.size);
}

/* False where there may be one of that name already. */
static bool take_name(struct names *names, struct slice name)
{
	names->sorted = names->count == 0 ||
		(names->sorted && is_after(name, names->last));
	names->last = name;
	if (!names->sorted && names->count >= NAMES_LIMIT)
		return false;
	for (size_t i = 0; !names->sorted && i < names->count; i++) {
		if (names->first[i].size == name.size &&
			memcmp(names->first[i].at, name.at, name.size) == 0)
			return false;
	}
	if (names->count < NAMES_LIMIT)
		names->first[names->count] = name;
	names->count++;
	return true;
}

/* A name and its value. */
static size_t skip_member(
	const char *text, size_t at, size_t depth, struct names *names)
{
	size_t end = skip_string(text, at);

	if (!end || !take_name(names, (struct slice){ text + at, end - at }))
		return 0;
	end = skip_space(text, end);
	return text[end] == ':'
		? plain_json_skip(text, skip_space(text, end + 1), depth)
		: 0;
}

static size_t skip_object(const char *text, size_t at, size_t depth)
{
	struct names names;

	names.count = 0;
	at = skip_space(text, at + 1);
	if (text[at] == '}')
		return at + 1;
	for (;;) {
		at = skip_member(text, at, depth, &names);
		if (!at)
			return 0;
		at = skip_space(text, at);
		if (text[at] == '}')
			return at + 1;
		if (text[at] != ',')
			return 0;
		at = skip_space(text, at + 1);
	}
}

size_t plain_json_skip(const char *text, size_t at, size_t depth)
{
	switch (text[at]) {
	case '{':
		return depth ? skip_object(text, at, depth - 1) : 0;
	case '[':
		return depth ? skip_list(text, at, depth - 1) : 0;
	case '"':
		return skip_string(text, at);
	case 't':
		return skip_word(text, at, "true");
	case 'f':
		return skip_word(text, at, "false");
	default:
		return text[at] >= '0' && text[at] <= '9'
			? skip_number(text, at)
			: 0;
	}
}
