/* SPDX-License-Identifier: MIT */
#include "settings/value.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/number.h"
#include "base/slice.h"
#include "base/text.h"

#include <string.h>

#define LIST_LIMIT 3 /* nesting: a list of texts */

static json_t *refuse(struct error *err, const char *what, const char *next)
{
	error_tell(err, STATUS_INVALID, what, next);
	return NULL;
}

static json_t *text_value(const char *text, struct error *err)
{
	return text_is_utf8(text, strlen(text))
		? json_new_text(text)
		: refuse(err, _("the value is not UTF-8 text"),
			  _("save or type it as UTF-8"));
}

/* A whole number in decimal; NULL where it is none. */
static json_t *number_value(const char *text)
{
	bool negative = *text == '-';
	const char *digits = text + negative;
	uint64_t number = 0;

	if (!number_parse(digits, strlen(digits), 0, 1000000, &number))
		return NULL;
	return json_new_number(
		negative ? -(json_int_t)number : (json_int_t)number);
}

static json_t *flag_value(const char *text, struct error *err)
{
	if (text_equal(text, "true") || text_equal(text, "false"))
		return json_boolean(text_equal(text, "true"));
	return refuse(err, _("the value must be true or false"),
		_("write true or false"));
}

/* ["a","b,c"] */
static json_t *json_list_value(const char *text, struct error *err)
{
	static const struct json_limits limits = { .depth = LIST_LIMIT,
		.controls = true };
	struct error ignored;
	json_t *list =
		json_parse(text, strlen(text), "list", &limits, &ignored);

	if (json_is_array(list))
		return list;
	json_decref(list);
	return refuse(err, _("the value is not a JSON list of strings"),
		_("write a,b or [\"a\",\"b\"]"));
}

/* False, and err is filled, where the text cannot be one. */
static bool push_text(json_t *list, const char *text, struct error *err)
{
	json_t *value = text_value(text, err);

	if (value)
		json_push(list, value);
	return value != NULL;
}

static json_t *comma_list_value(const char *text, struct error *err)
{
	JSON_SCOPED json_t *list = json_new_list();
	struct slice rest = slice_of(text);
	struct slice item;

	while (slice_take_item(&rest, &item)) {
		OWNED char *trimmed = slice_text(slice_trimmed(item));
		if (!push_text(list, trimmed, err))
			return NULL;
	}
	return json_incref(list);
}

/* What a program that writes JSON means by it is no list; a number is often an
 * argument. */
static bool is_other_json(const char *text)
{
	JSON_SCOPED json_t *value =
		text ? json_parse_foreign(text, strlen(text)) : NULL;

	return value && !json_is_array(value) && !json_is_number(value);
}

static json_t *list_value(const char *text, struct error *err)
{
	if (text[0] == '[')
		return json_list_value(text, err);
	if (is_other_json(text))
		return refuse(err,
			_("the value is JSON, but not a list of strings"),
			_("write a list, [\"a\",\"b\"]; for a text that looks "
			  "like this, too, as in [\"true\"]"));
	return comma_list_value(text, err);
}

bool settings_value_is_list(const struct setting *setting, const char *text)
{
	return setting->type == TYPE_LIST ||
		(setting->type == TYPE_TEXT_OR_LIST && strpbrk(text, "[,"));
}

json_t *settings_value(
	const struct setting *setting, const char *text, struct error *err)
{
	json_t *number =
		setting->type & TYPE_INTEGER ? number_value(text) : NULL;

	if (number)
		return number;
	if (settings_value_is_list(setting, text))
		return list_value(text, err);
	switch (setting->type) {
	case TYPE_INTEGER:
		return refuse(err, _("the value must be a whole number"),
			_("write only digits: 90"));
	case TYPE_FLAG:
		return flag_value(text, err);
	default:
		return text_value(text, err);
	}
}

json_t *settings_values(const struct setting *setting, const char *const *texts,
	size_t count, struct error *err)
{
	if (!(setting->type & TYPE_LIST) ||
		(count == 1 && (setting->type & TYPE_TEXT)))
		return settings_value(setting, texts[0], err);
	JSON_SCOPED json_t *list = json_new_list();

	for (size_t i = 0; i < count; i++)
		if (!push_text(list, texts[i], err))
			return NULL;
	return json_incref(list);
}

/* Whether commas alone would not give the list back. */
static bool needs_json(const json_t *list)
{
	if (json_array_size(list) == 1 &&
		is_other_json(json_string_value(json_array_get(list, 0))))
		return true;
	JSON_EACH(item, list) {
		const char *text = json_string_value(item.value);
		if (!text || !*text || strchr(text, ',') ||
			slice_trimmed(slice_of(text)).size != strlen(text) ||
			(item.index == 0 && *text == '['))
			return true;
	}
	return false;
}

static void format_as_json(const json_t *value, struct buf *out)
{
	JSON_SCOPED json_t *copy = json_new_copy(value);

	json_format_canonical(copy, out);
}

void settings_format_value(const json_t *value, struct buf *out)
{
	if (json_is_string(value)) {
		buf_append(out, json_string_value(value),
			json_string_length(value));
		return;
	}
	if (!json_is_array(value) || needs_json(value)) {
		format_as_json(value, out);
		return;
	}
	JSON_EACH(item, value) {
		if (item.index)
			buf_byte(out, ',');
		settings_format_value(item.value, out);
	}
}

void settings_format_line(const json_t *value, struct buf *out)
{
	size_t start = out->size;

	settings_format_value(value, out);
	if (!strpbrk(buf_cstring(out) + start, "\r\n"))
		return;
	buf_truncate(out, start);
	format_as_json(value, out);
}

char *settings_line(const json_t *value)
{
	struct buf text = BUF(65536);

	if (!value)
		return NULL;
	settings_format_line(value, &text);
	return buf_take(&text, NULL);
}
