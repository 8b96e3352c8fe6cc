/* SPDX-License-Identifier: MIT */
/* JSON as text: for people, and canonical. */
#include "base/json.h"

#include "base/eight.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static int append_dumped(const char *bytes, size_t size, void *out)
{
	buf_append(out, bytes, size);
	return 0;
}

void json_format_as(const json_t *value, size_t flags, struct buf *out)
{
	if (json_dump_callback(
		    value, append_dumped, out, flags | JSON_ENCODE_ANY) != 0)
		out->failed = true;
}

void json_format(const json_t *value, struct buf *out)
{
	json_format_as(value, JSON_INDENT(2), out);
	buf_byte(out, '\n');
}

static void format_value(json_t *value, struct buf *out);

/* What has nothing to be escaped stands as it is. */
static void format_text(const char *text, size_t size, struct buf *out)
{
	uint64_t escaped = 0;

	for (size_t at = 0; at < size; at += 8) {
		uint64_t bytes = eight_of(text + at, size - at);
		escaped |= eight_below(bytes, ' ') | eight_is(bytes, '"') |
			eight_is(bytes, '\\');
	}
	if (escaped) {
		JSON_SCOPED json_t *odd = json_new_bytes(text, size);
		json_format_as(odd, JSON_COMPACT | JSON_SORT_KEYS, out);
		return;
	}
	buf_byte(out, '"');
	buf_append(out, text, size);
	buf_byte(out, '"');
}

/* So many members of an object take no memory of their own. */
#define FEW 8

struct named_value {
	const char *name;
	json_t *value;
};

static int compare_named(const void *a, const void *b)
{
	const struct named_value *one = a;
	const struct named_value *other = b;

	return strcmp(one->name, other->name);
}

/* The members by name; sorted they mostly are. */
static size_t take_members(json_t *object, struct named_value *all)
{
	size_t count = 0;
	bool sorted = true;

	JSON_EACH_MEMBER(member, object) {
		sorted = sorted &&
			(!count ||
				strcmp(all[count - 1].name, member.name) < 0);
		all[count++] =
			(struct named_value){ member.name, member.value };
	}
	if (!sorted)
		qsort(all, count, sizeof(*all), compare_named);
	return count;
}

static void format_object(json_t *object, struct buf *out)
{
	struct named_value few[FEW];
	bool is_small = json_object_size(object) <= FEW;
	struct named_value *all = is_small
		? few
		: memory_array(json_object_size(object), sizeof(*all));
	size_t count = take_members(object, all);

	buf_byte(out, '{');
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_byte(out, ',');
		format_text(all[i].name, strlen(all[i].name), out);
		buf_byte(out, ':');
		format_value(all[i].value, out);
	}
	buf_byte(out, '}');
	if (!is_small)
		free(all);
}

static void format_list(const json_t *list, struct buf *out)
{
	buf_byte(out, '[');
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (i)
			buf_byte(out, ',');
		format_value(json_array_get(list, i), out);
	}
	buf_byte(out, ']');
}

static void format_value(json_t *value, struct buf *out)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		format_object(value, out);
		break;
	case JSON_ARRAY:
		format_list(value, out);
		break;
	case JSON_STRING:
		format_text(json_string_value(value), json_string_length(value),
			out);
		break;
	case JSON_INTEGER:
		buf_number(out, json_integer_value(value));
		break;
	default:
		json_format_as(value, JSON_COMPACT | JSON_SORT_KEYS, out);
	}
}

/* Every vault is formatted so when it is opened, which takes jansson three
 * times as long. */
void json_format_canonical(json_t *value, struct buf *out)
{
	format_value(value, out);
}
