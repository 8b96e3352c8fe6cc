/* SPDX-License-Identifier: MIT */
#include "gateway/stream_internal.h"

#include "base/json.h"
#include "base/text.h"
#include "gateway/body_internal.h"
#include "gateway/chat_internal.h"

#include <stdio.h>
#include <string.h>

#define EVENT_LIMIT ((size_t)256 * 1024)

struct stream {
	struct reading *reading;
	struct buf data; /* of the event that is being read */
	size_t events;   /* that belong to a completion */
	bool ended;
	bool failed; /* an event holds an error */
};

/* The member of the first choice or candidate. */
static bool has_reason(
	const json_t *event, const char *list, const char *member)
{
	const json_t *first = json_array_get(json_object_get(event, list), 0);

	return json_is_string(json_object_get(first, member));
}

static bool is_last(const json_t *event)
{
	const char *type = json_string_value(json_object_get(event, "type"));

	return (type && text_equal(type, "message_stop")) ||
		has_reason(event, "choices", "finish_reason") ||
		has_reason(event, "candidates", "finishReason");
}

static void take_event(struct stream *stream, const json_t *event)
{
	struct reading *reading = stream->reading;
	const json_t *error = json_object_get(event, "error");
	const char *text = chat_event_text(event);
	size_t used = strlen(reading->message);

	if (error && !json_is_null(error)) {
		reading->message[0] = '\0';
		body_take(event, NULL, reading);
		stream->failed = true;
		return;
	}
	if (text)
		snprintf(reading->message + used,
			sizeof(reading->message) - used, "%s", text);
	if (text || json_object_get(event, "choices"))
		stream->events++;
	stream->ended |= is_last(event);
}

static void end_event(struct stream *stream)
{
	JSON_SCOPED json_t *event = NULL;
	const char *data = buf_cstring(&stream->data);

	if (text_equal(data, "[DONE]"))
		stream->ended = true;
	else if (stream->data.size > 0 && !buf_failed(&stream->data))
		event = json_parse_foreign(data, stream->data.size);
	if (event)
		take_event(stream, event);
	buf_clear(&stream->data);
}

static void take_line(struct stream *stream, const char *line, size_t size)
{
	static const char field[] = "data:";
	size_t skip = sizeof(field) - 1;

	if (size > 0 && line[size - 1] == '\r')
		size--;
	if (size == 0) {
		end_event(stream);
		return;
	}
	if (size < skip || memcmp(line, field, skip) != 0)
		return;
	if (size > skip && line[skip] == ' ')
		skip++;
	if (stream->data.size > 0)
		buf_byte(&stream->data, '\n');
	buf_append(&stream->data, line + skip, size - skip);
}

void stream_take(const struct buf *body, struct reading *reading)
{
	struct stream stream = { .reading = reading, .data = BUF(EVENT_LIMIT) };
	const char *text = buf_cstring(body);
	size_t at = 0;

	while (at < body->size && !stream.failed) {
		const char *end = memchr(text + at, '\n', body->size - at);
		size_t size = end ? (size_t)(end - text) - at : body->size - at;

		take_line(&stream, text + at, size);
		at += size + 1;
	}
	if (!stream.failed)
		end_event(&stream);
	if (!stream.failed)
		reading->speaker = stream.ended && stream.events > 0
			? SPEAKER_STREAM
			: SPEAKER_BROKEN_STREAM;
	buf_release(&stream.data);
}
