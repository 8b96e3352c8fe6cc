/* SPDX-License-Identifier: MIT */
#include "base/plain_json.h"

#include "base/attributes.h"
#include "base/eight.h"
#include "base/json_build.h"
#include "base/slice.h"

#include <stdbool.h>
#include <string.h>

/* Of members that are not sorted: a record of aigenv's has at most 16. */
#define NAMES_LIMIT 24
/* No number of so many digits overflows jansson's. */
#define DIGITS_LIMIT 15

static size_t skip_space(const char *text, size_t at)
{
	while (text[at] == ' ' || text[at] == '\n' || text[at] == '\t' ||
		text[at] == '\r')
		at++;
	return at;
}

static size_t skip_string(const char *text, size_t at)
{
	const char *start = text + at + 1;
	const char *end = text[at] == '"' ? strchr(start, '"') : NULL;
	uint64_t odd = 0;

	if (!end)
		return 0;
	for (const char *from = start; from < end; from += 8) {
		uint64_t bytes = eight_of(from, (size_t)(end - from));
		odd |= eight_below(bytes, ' ') | eight_is(bytes, 0x7f) |
			eight_is(bytes, '\\') | eight_beyond_ascii(bytes);
	}
	return odd ? 0 : (size_t)(end - text) + 1;
}

/* `value` is NULL in this and what follows where the value is only skipped. */
static size_t read_string(const char *text, size_t at, json_t **value)
{
	size_t end = skip_string(text, at);

	if (end && value)
		*value = json_new_utf8(text + at + 1, end - at - 2);
	return end;
}

static size_t read_number(const char *text, size_t at, json_t **value)
{
	json_int_t number = 0;
	size_t end = at;

	for (; text[end] >= '0' && text[end] <= '9'; end++) {
		if (end - at == DIGITS_LIMIT)
			return 0;
		number = number * 10 + (text[end] - '0');
	}
	if (end - at > 1 && text[at] == '0')
		return 0;
	if (value)
		*value = json_new_number(number);
	return end;
}

static size_t read_word(const char *text, size_t at, json_t **value)
{
	static const char *const words[] = { "true", "false", "null" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t size = strlen(words[i]);
		if (strncmp(text + at, words[i], size) != 0)
			continue;
		if (value)
			*value = i == 2 ? json_null() : json_boolean(i == 0);
		return at + size;
	}
	return 0;
}

static size_t read_list(const char *text, size_t at, size_t depth, json_t *list)
{
	at = skip_space(text, at + 1);
	if (text[at] == ']')
		return at + 1;
	for (;;) {
		json_t *item = NULL;
		at = plain_json_read(text, at, depth, list ? &item : NULL);
		if (!at)
			return 0;
		if (list)
			json_push(list, item);
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

/* Whether there may be one of that name already; what is made knows. */
static bool may_have(
	const struct names *names, struct slice name, json_t *object)
{
	if (object)
		return json_object_getn(object, name.at, name.size) != NULL;
	for (size_t i = 0; i < names->count && i < NAMES_LIMIT; i++)
		if (slice_equal(names->first[i], name))
			return true;
	return names->count >= NAMES_LIMIT;
}

/* False where there may be one of that name already. */
static bool take_name(struct names *names, struct slice name, json_t *object)
{
	names->sorted = names->sorted &&
		(names->count == 0 || is_after(name, names->last));
	names->last = name;
	if (!names->sorted && may_have(names, name, object))
		return false;
	if (names->count < NAMES_LIMIT)
		names->first[names->count] = name;
	names->count++;
	return true;
}

/* A name and its value. */
static size_t read_member(const char *text, size_t at, size_t depth,
	struct names *names, json_t *object)
{
	size_t end = skip_string(text, at);
	struct slice name = { text + at + 1, end - at - 2 };
	json_t *value = NULL;

	if (!end || !take_name(names, name, object))
		return 0;
	end = skip_space(text, end);
	if (text[end] != ':')
		return 0;
	end = plain_json_read(
		text, skip_space(text, end + 1), depth, object ? &value : NULL);
	if (value)
		json_put_utf8(object, name.at, name.size, value);
	return end;
}

static size_t read_object(
	const char *text, size_t at, size_t depth, json_t *object)
{
	struct names names;

	names.count = 0;
	names.sorted = true;
	names.last = (struct slice){ "", 0 };
	at = skip_space(text, at + 1);
	if (text[at] == '}')
		return at + 1;
	for (;;) {
		at = read_member(text, at, depth, &names, object);
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

/* An object or a list. */
static size_t read_members(
	const char *text, size_t at, size_t depth, json_t **value)
{
	bool is_object = text[at] == '{';
	json_t *made = NULL;

	if (depth == 0)
		return 0;
	if (value)
		made = is_object ? json_new_object() : json_new_list();
	size_t end = is_object ? read_object(text, at, depth - 1, made)
			       : read_list(text, at, depth - 1, made);
	if (!end)
		json_decref(made);
	else if (value)
		*value = made;
	return end;
}

size_t plain_json_read(
	const char *text, size_t at, size_t depth, json_t **value)
{
	switch (text[at]) {
	case '{':
	case '[':
		return read_members(text, at, depth, value);
	case '"':
		return read_string(text, at, value);
	case 't':
	case 'f':
	case 'n':
		return read_word(text, at, value);
	default:
		return text[at] >= '0' && text[at] <= '9'
			? read_number(text, at, value)
			: 0;
	}
}

json_t *plain_json_whole(const char *text, size_t size, size_t depth)
{
	json_t *value = NULL;
	size_t end = plain_json_read(text, skip_space(text, 0), depth, &value);

	if (end && skip_space(text, end) == size)
		return value;
	json_decref(value);
	return NULL;
}

size_t plain_json_skip(const char *text, size_t at, size_t depth)
{
	return plain_json_read(text, at, depth, NULL);
}
