/* SPDX-License-Identifier: MIT */
/* Any JSON value as the format of the template writes it. */
#include "template/template_internal.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REAL_SIZE 40

/*
 * jansson keeps a double and not its text. The fewest of 15 to 17 digits that
 * read back as the same double are, for what people write, those they wrote.
 */
static void format_real(double number, char text[REAL_SIZE])
{
	for (int digits = 15; digits <= 17; digits++) {
		(void)snprintf(text, REAL_SIZE - 2, "%.*g", digits, number);
		if (!(strtod(text, NULL) < number) &&
			!(strtod(text, NULL) > number))
			break;
	}
	/* A locale's decimal comma, should some library have set one. */
	char *comma = strchr(text, ',');
	if (comma)
		*comma = '.';
	if (strchr(text, '.'))
		return;
	/* YAML 1.1 takes 1e+20 for text: a real needs its point. */
	size_t whole = strcspn(text, "e");
	memmove(text + whole + 2, text + whole, strlen(text + whole) + 1);
	text[whole] = '.';
	text[whole + 1] = '0';
}

static void write_number(const json_t *value, struct buf *out)
{
	char text[REAL_SIZE];

	if (json_is_integer(value)) {
		buf_printf(out, "%" JSON_INTEGER_FORMAT,
			json_integer_value(value));
		return;
	}
	format_real(json_real_value(value), text);
	buf_text(out, text);
}

static bool write_structured(struct style style, const char *name,
	json_t *value, size_t depth, struct buf *out, struct error *err);

static bool write_array(struct style style, const char *name, json_t *value,
	size_t depth, struct buf *out, struct error *err)
{
	buf_byte(out, '[');
	for (size_t i = 0; i < json_array_size(value); i++) {
		if (i)
			buf_text(out, ", ");
		if (!write_structured(style, name, json_array_get(value, i),
			    depth + 1, out, err))
			return false;
	}
	buf_byte(out, ']');
	return true;
}

static bool write_member_name(struct style style, const char *member,
	struct buf *out, struct error *err)
{
	/* {"__proto__": ...} would set the prototype; computed, it is a name
	 * like any other. */
	bool computed =
		style.escaping == ESCAPE_JS && text_equal(member, "__proto__");

	if (computed)
		buf_byte(out, '[');
	if (!style_escape(style, member, member, strlen(member), out, err))
		return false;
	buf_text(out, computed ? "]: " : ": ");
	return true;
}

static bool write_object(struct style style, const char *name, json_t *value,
	size_t depth, struct buf *out, struct error *err)
{
	bool first = true;

	buf_byte(out, '{');
	JSON_EACH_MEMBER(child, value) {
		if (!first)
			buf_text(out, ", ");
		first = false;
		if (!write_member_name(style, child.name, out, err) ||
			!write_structured(
				style, name, child.value, depth + 1, out, err))
			return false;
	}
	buf_byte(out, '}');
	return true;
}

static bool write_structured(struct style style, const char *name,
	json_t *value, size_t depth, struct buf *out, struct error *err)
{
	const struct secret *secret = template_secret_of(style.secrets, value);

	if (depth > TEMPLATE_DEPTH_LIMIT)
		return error_set(err, STATUS_INVALID,
			_("%s is nested more than %d deep"), name,
			TEMPLATE_DEPTH_LIMIT);
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		return write_object(style, name, value, depth, out, err);
	case JSON_ARRAY:
		return write_array(style, name, value, depth, out, err);
	case JSON_STRING:
		return style_escape(style, name, json_string_value(value),
			json_string_length(value), out, err);
	case JSON_INTEGER:
	case JSON_REAL:
		if (secret)
			return style_escape(style, name, secret_reveal(secret),
				secret->size, out, err);
		write_number(value, out);
		return true;
	case JSON_TRUE:
		buf_text(out, "true");
		return true;
	case JSON_FALSE:
		buf_text(out, "false");
		return true;
	default:
		buf_text(out, "null");
		return true;
	}
}

bool template_write_value(struct style style, const char *name, json_t *value,
	struct buf *out, struct error *err)
{
	const struct style json = { ESCAPE_JSON, 0, style.secrets };
	SCOPED(buf) struct buf text = BUF(TEMPLATE_OUTPUT_LIMIT);

	if (json_is_string(value) || escaping_is_structured(style.escaping) ||
		template_secret_of(style.secrets, value))
		return write_structured(style, name, value, 0, out, err);
	if (!json_is_null(value) &&
		!write_structured(json, name, value, 0, &text, err))
		return false;
	if (buf_failed(&text))
		return error_set(err, STATUS_INVALID,
			_("%s is more than %u bytes"), name,
			TEMPLATE_OUTPUT_LIMIT);
	return style_escape(
		style, name, buf_cstring(&text), text.size, out, err);
}

bool template_is_truthy(
	const struct template_secrets *secrets, const json_t *value)
{
	const struct secret *secret = template_secret_of(secrets, value);

	if (secret)
		return secret->size > 0;
	switch (json_typeof(value)) {
	case JSON_ARRAY:
		return json_array_size(value) > 0;
	case JSON_STRING:
		return json_string_length(value) > 0;
	case JSON_INTEGER:
		return json_integer_value(value) != 0;
	case JSON_REAL:
		return fpclassify(json_real_value(value)) != FP_ZERO;
	case JSON_FALSE:
	case JSON_NULL:
		return false;
	default:
		return true;
	}
}
