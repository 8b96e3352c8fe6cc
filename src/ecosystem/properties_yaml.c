/* SPDX-License-Identifier: MIT */
/* The properties of an ecosystem file in YAML, line by line: maps and lists in
 * blocks, which is how such files are written. Flows, anchors and texts over
 * lines are expressions. */
#include "ecosystem/properties.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

struct level {
	size_t indent;
	struct slice owner;
	size_t object, above;
};

struct reading {
	const char *bytes;
	struct level levels[PROPERTIES_DEPTH];
	size_t depth, objects;
	/* The key whose block comes next, and its indentation. */
	struct slice pending;
	/* Deeper lines belong to a text that a key began. */
	bool in_text;
	size_t text_indent;
	struct properties *found;
};

static size_t offset(const struct reading *reading, const char *at)
{
	return (size_t)(at - reading->bytes);
}

static void find_fault(
	struct reading *reading, enum properties_fault fault, const char *at)
{
	if (reading->found->fault)
		return;
	reading->found->fault = fault;
	reading->found->fault_at = offset(reading, at);
}

static bool open_level(
	struct reading *reading, size_t indent, struct slice owner)
{
	const struct level *around =
		reading->depth ? &reading->levels[reading->depth - 1] : NULL;

	if (reading->depth == PROPERTIES_DEPTH)
		return false;
	const struct level level = { .indent = indent,
		.owner = owner,
		.object = ++reading->objects,
		.above = around ? around->object : 0 };
	reading->levels[reading->depth++] = level;
	return true;
}

/* The map that a line at this indentation belongs to. `item`: one of a list,
 * which begins a new map. */
static bool find_level(struct reading *reading, size_t indent, bool item)
{
	struct slice owner = reading->pending;

	while (reading->depth > 0 &&
		(reading->levels[reading->depth - 1].indent > indent ||
			(item &&
				reading->levels[reading->depth - 1].indent ==
					indent))) {
		owner = reading->levels[--reading->depth].owner;
	}
	if (reading->depth > 0 &&
		reading->levels[reading->depth - 1].indent == indent)
		return true;
	return open_level(reading, indent, owner);
}

/* A comment begins behind a blank. */
static struct slice without_comment(struct slice text)
{
	for (size_t i = 0; i + 1 < text.size; i++) {
		if (text_is_space(text.at[i]) && text.at[i + 1] == '#')
			return slice_trimmed(slice_first(text, i));
	}
	return slice_trimmed(text);
}

static bool is_number(struct slice value)
{
	return value.size > 0 && slice_only(value, "0123456789.-");
}

static void take_value(
	struct reading *reading, struct property *property, struct slice text)
{
	struct slice value = slice_skip_blanks(text);
	bool quoted = value.size > 0 && strchr("'\"", *value.at);
	size_t end =
		quoted ? 1 + slice_find(slice_from(value, 1), *value.at) : 0;

	property->value_at = offset(reading, value.at);
	property->value_end = property->value_at;
	if (quoted && end < value.size) {
		property->kind = PROPERTY_TEXT;
		property->value = slice_from(slice_first(value, end), 1);
		property->value_end += end + 1;
		return;
	}
	value = without_comment(value);
	if (value.size == 0 || *value.at == '#') {
		property->kind = PROPERTY_GROUP;
		return;
	}
	if (strchr("{[|>&*!'\"", *value.at))
		return;
	if (slice_contains(value, ": "))
		find_fault(reading, FAULT_COLON, value.at);
	property->kind = is_number(value) || slice_is(value, "true") ||
			slice_is(value, "false") || slice_is(value, "null")
		? PROPERTY_WORD
		: PROPERTY_TEXT;
	property->value = value;
	property->value_end += value.size;
}

/* The bytes of a key before ":" and a blank or the end; 0: the line has none.
 */
static size_t key_size(struct slice text)
{
	for (size_t i = 0; i < text.size; i++) {
		if (text.at[i] == ':' &&
			(i + 1 == text.size || text_is_space(text.at[i + 1])))
			return i;
		if (strchr("{}[]#&*!|>", text.at[i]))
			return 0;
	}
	return 0;
}

static struct slice key_of(struct slice text)
{
	struct slice key = slice_trimmed(text);

	if (key.size >= 2 && strchr("'\"", *key.at) &&
		key.at[key.size - 1] == *key.at)
		return slice_from(slice_first(key, key.size - 1), 1);
	return key;
}

static void take_pair(struct reading *reading, struct slice text, size_t indent)
{
	struct properties *found = reading->found;
	const struct level *level = &reading->levels[reading->depth - 1];
	size_t size = key_size(text);

	if (size == 0 || found->count == PROPERTIES_LIMIT)
		return;
	MEMORY_PUSH(found->items, found->count,
		(struct property){ .kind = PROPERTY_EXPRESSION,
			.name = key_of(slice_first(text, size)),
			.value = slice_of(""),
			.owner = level->owner,
			.object = level->object,
			.above = level->above });
	struct property *property = &found->items[found->count - 1];
	struct slice rest = slice_from(text, size + 1);
	take_value(reading, property, rest);
	rest = slice_trimmed(rest);
	reading->pending = property->kind == PROPERTY_GROUP ? property->name
							    : slice_of("");
	reading->in_text = rest.size > 0 && strchr("|>", *rest.at);
	reading->text_indent = indent;
}

static void take_line(struct reading *reading, struct slice line)
{
	struct slice text = slice_skip_blanks(line);
	size_t indent = line.size - text.size;
	bool item = false;

	if (text.size == 0 || *text.at == '#')
		return;
	if (reading->in_text && indent > reading->text_indent)
		return;
	reading->in_text = false;
	if (slice_contains(slice_first(line, indent), "\t"))
		find_fault(reading, FAULT_TAB, line.at);
	while (slice_begins(text, "- ")) {
		struct slice inner = slice_skip_blanks(slice_from(text, 1));
		indent += text.size - inner.size;
		text = inner;
		item = true;
	}
	if (key_size(text) > 0 && find_level(reading, indent, item))
		take_pair(reading, text, indent);
}

void properties_read_yaml(
	const char *bytes, size_t size, struct properties *properties)
{
	struct reading reading = {
		.bytes = bytes, .pending = slice_of(""), .found = properties
	};
	struct slice rest = { bytes, size };
	struct slice line;

	while (slice_take_line(&rest, &line))
		take_line(&reading, line);
}
