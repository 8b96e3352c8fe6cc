/* SPDX-License-Identifier: MIT */
#include "transcript/sample_internal.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/text.h"

#include <string.h>

/* Ids of samples begin so. */
static const char *const ids[] = { "chatcmpl-xxx", "chatcmpl_xxx",
	"chatcmpl-...", "chatcmpl-***", "msg_xxx", "cmpl-xxx" };

/* Short ones do; those of answers are long and random, and may, too. */
static const char *const short_ids[] = { "chatcmpl-123", "chatcmpl-abc",
	"resp_123", "resp_abc", "msg_abc", "cmpl-123", "cmpl-abc" };
#define SHORT_MOST ((size_t)24)

/* The moments of the samples in OpenAI's reference. */
static const json_int_t moments[] = { 1677652288, 1677858242, 1694268190,
	1694268762, 1699896916, 1741569952 };

/* In place of a text. */
static const char *const types[] = { "string", "*string*", "<string>", "str",
	"...", "…" };

static bool is_sample_id(const char *id)
{
	return id &&
		(text_fits_any(id, text_starts_with, ids, ARRAY_SIZE(ids)) ||
			(strlen(id) <= SHORT_MOST &&
				text_fits_any(id, text_starts_with, short_ids,
					ARRAY_SIZE(short_ids))));
}

static bool has_moment(const json_t *body)
{
	const json_t *created = json_object_get(body, "created");

	for (size_t i = 0; i < ARRAY_SIZE(moments); i++)
		if (json_is_integer(created) &&
			json_integer_value(created) == moments[i])
			return true;
	return false;
}

/* "*integer*", wherever it stands. */
static bool is_starred(const char *text)
{
	size_t size = text ? strlen(text) : 0;

	return size > 2 && size < 12 && text[0] == '*' &&
		text[size - 1] == '*' && text_is_letter(text[1]) &&
		text_is_letter(text[size - 2]);
}

#define DEPTH_MOST 4

static bool has_starred(const json_t *value, unsigned depth)
{
	if (is_starred(json_string_value(value)))
		return true;
	if (depth == DEPTH_MOST)
		return false;
	JSON_EACH_MEMBER(member, value)
		if (has_starred(member.value, depth + 1))
			return true;
	JSON_EACH(item, value)
		if (has_starred(item.value, depth + 1))
			return true;
	return false;
}

static bool has_type(const json_t *object)
{
	static const char *const names[] = { "message", "model", "id", "code",
		"success", "detail" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		const char *text = json_text(object, names[i]);
		if (text &&
			text_fits_any(
				text, text_equal, types, ARRAY_SIZE(types)))
			return true;
	}
	return false;
}

bool sample_is_body(const json_t *body)
{
	const json_t *error = json_object_get(body, "error");

	return is_sample_id(json_text(body, "id")) || has_moment(body) ||
		has_type(body) || has_type(error) || has_starred(body, 0);
}
