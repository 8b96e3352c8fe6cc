/* SPDX-License-Identifier: MIT */
#include "base/json_build.h"

#include "base/clean.h"
#include "base/memory.h"
#include "base/text.h"

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

json_t *json_new_bytes(const char *bytes, size_t size)
{
	if (text_is_utf8(bytes, size))
		return made(json_stringn(bytes, size));
	char *clean = clean_copy(bytes, size);
	json_t *text = made(json_string(clean));

	memory_free(clean, strlen(clean));
	return text;
}

json_t *json_new_text(const char *text)
{
	return text ? json_new_bytes(text, strlen(text)) : json_null();
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

void json_push(json_t *list, json_t *value)
{
	if (json_array_append_new(list, made(value)) != 0)
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
	const char *name = NULL;
	json_t *value = NULL;

	json_object_foreach(from, name, value)
		json_put_shared(object, name, value);
}

void json_put_text(json_t *object, const char *name, const char *text)
{
	json_put(object, name, json_new_text(text));
}

void json_push_text(json_t *list, const char *text)
{
	json_push(list, json_new_text(text));
}

static json_t *value_of(const struct json_field *field)
{
	switch (field->kind) {
	case JSON_FIELD_TEXT:
		return json_new_text(field->as.text);
	case JSON_FIELD_FLAG:
		return json_boolean(field->as.flag);
	case JSON_FIELD_NUMBER:
		return json_new_number(field->as.number);
	default:
		return field->as.value;
	}
}

json_t *json_new_record(const struct json_field *fields)
{
	json_t *record = json_new_object();

	for (; fields->kind != JSON_FIELD_END; fields++) {
		json_t *value = value_of(fields);
		if (value)
			json_put(record, fields->name, value);
	}
	return record;
}
