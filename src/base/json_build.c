/* SPDX-License-Identifier: MIT */
#include "base/json_build.h"

#include "base/clean.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static json_t *made(json_t *value)
{
	if (!value)
		memory_exhausted();
	return value;
}

json_t *json_new_object(void)
{
	return made(json_object());
}

json_t *json_new_list(void)
{
	return made(json_array());
}

json_t *json_new_number(json_int_t number)
{
	return made(json_integer(number));
}

json_t *json_number_if(bool known, json_int_t number)
{
	return known ? json_new_number(number) : json_null();
}

json_t *json_new_bytes(const char *bytes, size_t size)
{
	if (text_is_utf8(bytes, size))
		return made(json_stringn(bytes, size));
	char *clean = clean_copy(bytes, size);
	json_t *text = made(json_string(clean));

	memory_free(clean, strlen(clean));
	return text;
}

json_t *json_new_utf8(const char *bytes, size_t size)
{
	return made(json_stringn_nocheck(bytes, size));
}

json_t *json_new_text(const char *text)
{
	return text ? json_new_bytes(text, strlen(text)) : json_null();
}

json_t *json_new_lines(const char *text)
{
	json_t *lines = json_new_list();

	while (*text) {
		size_t size = strcspn(text, "\n");
		json_push(lines, json_new_bytes(text, size));
		text += size + (text[size] == '\n');
	}
	return lines;
}

json_t *json_new_printf(const char *format, ...)
{
	char *text = NULL;

	WITH_VALUES(text = memory_vprintf(format, values));
	json_t *made_text = json_new_text(text);
	memory_free(text, strlen(text));
	return made_text;
}

json_t *json_new_shallow(json_t *object)
{
	return object ? made(json_copy(object)) : NULL;
}

json_t *json_new_copy(const json_t *value)
{
	return value ? made(json_deep_copy(value)) : NULL;
}

void json_put(json_t *object, const char *name, json_t *value)
{
	if (text_is_utf8(name, strlen(name))) {
		if (json_object_set_new(object, name, made(value)) != 0)
			memory_exhausted();
		return;
	}
	char *clean = clean_copy(name, strlen(name));
	json_put(object, clean, value);
	memory_free(clean, strlen(clean));
}

void json_put_utf8(json_t *object, const char *name, size_t size, json_t *value)
{
	if (json_object_setn_new_nocheck(object, name, size, made(value)) != 0)
		memory_exhausted();
}

void json_push(json_t *list, json_t *value)
{
	if (json_array_append_new(list, made(value)) != 0)
		memory_exhausted();
}

void json_replace(json_t *list, size_t index, json_t *value)
{
	if (json_array_set_new(list, index, made(value)) != 0)
		memory_exhausted();
}

void json_put_shared(json_t *object, const char *name, json_t *value)
{
	json_put(object, name, json_incref(value));
}

void json_push_shared(json_t *list, json_t *value)
{
	json_push(list, json_incref(value));
}

void json_put_all(json_t *object, json_t *from)
{
	JSON_EACH_MEMBER(member, from)
		json_put_shared(object, member.name, member.value);
}

void json_put_missing(json_t *object, json_t *from)
{
	JSON_EACH_MEMBER(member, from)
		if (!json_object_get(object, member.name))
			json_put_shared(object, member.name, member.value);
}

void json_push_all(json_t *list, const json_t *more)
{
	JSON_EACH(item, more)
		json_push_shared(list, item.value);
}

void json_put_text(json_t *object, const char *name, const char *text)
{
	json_put(object, name, json_new_text(text));
}

void json_push_text(json_t *list, const char *text)
{
	json_push(list, json_new_text(text));
}

void json_push_once(json_t *list, const char *text)
{
	if (!json_lists(list, text))
		json_push_text(list, text);
}

void json_drop(json_t *list, const char *text)
{
	for (size_t i = json_array_size(list); i > 0; i--)
		if (text_equal_or_null(
			    json_string_value(json_array_get(list, i - 1)),
			    text))
			(void)json_array_remove(list, i - 1);
}

/* json_build on its way through the format. */
struct building {
	const char *at;
	va_list values;
};

static json_t *build_value(struct building *building);

static char next_sign(struct building *building)
{
	building->at += strspn(building->at, " ,");
	return *building->at;
}

/* What stands up to the sign, and past it. */
static struct slice take_until(struct building *building, char sign)
{
	const char *end = strchr(building->at, sign);
	assert(end);
	struct slice taken = { building->at, (size_t)(end - building->at) };

	building->at = end + 1;
	return taken;
}

/* NULL: it is left out. */
static json_t *build_optional(struct building *building, char letter)
{
	const bool may_be_left_out = *building->at == '*';
	const char *text =
		letter == 's' ? va_arg(building->values, const char *) : NULL;
	json_t *value = letter == 's' ? text ? json_new_text(text) : NULL
				      : va_arg(building->values, json_t *);

	building->at += may_be_left_out;
	if (!value && !may_be_left_out)
		return json_null();
	return letter == 'O' ? json_incref(value) : value;
}

/* A value's, behind "%". */
static json_t *build_given(struct building *building)
{
	char letter = *building->at++;

	if (letter == 'b')
		return json_boolean(va_arg(building->values, int));
	if (letter == 'i')
		return json_new_number(va_arg(building->values, int));
	if (letter == 'I')
		return json_new_number(va_arg(building->values, json_int_t));
	if (letter == 't') {
		const char *text = va_arg(building->values, const char *);
		return json_new_bytes(text, va_arg(building->values, size_t));
	}
	assert(strchr("soO", letter));
	return build_optional(building, letter);
}

static struct slice take_name(struct building *building)
{
	struct slice name = take_until(building, ':');

	if (slice_is(name, "%s"))
		return slice_of(va_arg(building->values, const char *));
	return name;
}

/* An object or a list, from its bracket to the other one. */
static json_t *build_all(struct building *building, bool named)
{
	json_t *all = named ? json_new_object() : json_new_list();
	struct slice name;

	for (building->at++; next_sign(building) != (named ? '}' : ']');) {
		if (named)
			name = take_name(building);
		json_t *value = build_value(building);
		if (value && named)
			json_put_utf8(all, name.at, name.size, value);
		else if (value)
			json_push(all, value);
	}
	building->at++;
	return all;
}

static json_t *build_word(struct building *building)
{
	const size_t size = strcspn(building->at, " ,}]");
	const struct slice word = { building->at, size };

	building->at += size;
	if (slice_is(word, "null"))
		return json_null();
	if (slice_is(word, "true") || slice_is(word, "false"))
		return json_boolean(slice_is(word, "true"));
	return json_new_number(strtoll(word.at, NULL, 10));
}

/* NULL: it is left out. */
static json_t *build_value(struct building *building)
{
	struct slice text;

	switch (next_sign(building)) {
	case '{':
	case '[':
		return build_all(building, *building->at == '{');
	case '\'':
		building->at++;
		text = take_until(building, '\'');
		return json_new_bytes(text.at, text.size);
	case '%':
		building->at++;
		return build_given(building);
	default:
		return build_word(building);
	}
}

json_t *json_build(const char *format, ...)
{
	struct building building = { .at = format };

	va_start(building.values, format);
	json_t *value = build_value(&building);
	va_end(building.values);
	return value;
}

void json_put_shape(json_t *object, const char *format, ...)
{
	struct building building = { .at = format };

	va_start(building.values, format);
	JSON_SCOPED json_t *shape = build_value(&building);
	va_end(building.values);
	json_put_all(object, shape);
}
