/* SPDX-License-Identifier: MIT */
/*
 * An answer's error as pairs, as the old library of OpenAI's for Python logs
 * it:
 *
 *     error_code=None error_message='The model ...' error_type=... message=...
 *
 * and a completion as Python's libraries print their objects:
 *
 *     ChatCompletion(id='...', choices=[Choice(finish_reason='stop', ...
 */
#include "transcript/scan_internal.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/json_build.h"
#include "base/slice.h"
#include "wording/quoted.h"

#include <string.h>

/* Of a longer value it is no error's. */
#define VALUE_MOST ((size_t)4096)

/* Behind "name=": what stands in quotes, else a word; None is no value. */
static bool take_value(struct slice line, const char *name, struct buf *out)
{
	struct slice value = slice_from(
		line, slice_find_part(line, slice_of(name)) + strlen(name));
	const char *at = value.at;

	if (value.size == 0)
		return false;
	if (*at == '\'' || *at == '"') {
		(void)quoted_read(line.at, &at, value.at + value.size, out);
	} else {
		value = slice_first(value, slice_find(value, ' '));
		if (!slice_is(value, "None"))
			buf_append(out, value.at, value.size);
	}
	return !buf_failed(out) && out->size > 0;
}

bool transcript_pairs(struct collector *collector, struct slice line)
{
	static const struct {
		const char *name;
		const char *member;
	} pairs[] = {
		{ "error_message=", "message" },
		{ "error_type=", "type" },
		{ "error_code=", "code" },
	};
	bool has_message = false;

	if (!slice_contains(line, pairs[0].name) ||
		!slice_contains(line, pairs[1].name))
		return false;
	json_t *error = json_new_object();
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		SCOPED(buf) struct buf value = BUF(VALUE_MOST);

		if (!take_value(line, pairs[i].name, &value))
			continue;
		json_put_text(error, pairs[i].member, buf_cstring(&value));
		has_message |= i == 0;
	}
	JSON_SCOPED json_t *body = json_build("{error:%o}", error);
	if (has_message)
		collector_json(collector, 0, body);
	return has_message;
}

bool transcript_printed(struct collector *collector, struct slice line)
{
	static const char completion[] =
		"{\"choices\":[{\"message\":{\"role\":\"assistant\"}}]}";

	if (!slice_fits_any(line, slice_contains,
		    WORDS("choices=[Choice", "type='message', usage=Usage(",
			    "response_metadata={'token_usage'",
			    "GenerateContentResponse(")))
		return false;
	collector_body(collector, 200, completion, strlen(completion));
	collector->current.answer.good = true;
	return true;
}
