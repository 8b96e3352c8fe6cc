/* SPDX-License-Identifier: MIT */
#include "diagnosis/stream_internal.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/slice.h"
#include "base/text.h"
#include "diagnosis/body_internal.h"
#include "diagnosis/completion_internal.h"

#include <stdio.h>
#include <string.h>

#define EVENT_LIMIT ((size_t)256 * 1024)

struct stream {
	struct reading *reading;
	struct buf data; /* of the event that is being read */
	size_t events;   /* that belong to a completion */
	bool ended;
	bool named;  /* as an error, the event that is being read */
	bool failed; /* an event holds an error */
};

static void fail(struct stream *stream)
{
	stream->reading->message[0] = '\0';
	stream->failed = true;
}

static void take_event(struct stream *stream, const json_t *event)
{
	struct reading *reading = stream->reading;
	struct completion part = completion_read_event(event);
	size_t used = strlen(reading->message);

	if (stream->named || body_is_error(event)) {
		fail(stream);
		body_take(event, NULL, reading);
		return;
	}
	if (part.kind == COMPLETION_FAILED) {
		fail(stream);
		body_take_failure(&part, reading);
		return;
	}
	snprintf(reading->message + used, sizeof(reading->message) - used, "%s",
		part.text);
	if (part.kind == COMPLETION_WHOLE)
		stream->events++;
	stream->ended |= part.last;
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
	stream->named = false;
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
	stream->named |= slice_is((struct slice){ line, size }, "event: error");
	if (size < skip || memcmp(line, field, skip) != 0)
		return;
	if (size > skip && line[skip] == ' ')
		skip++;
	/* A log drops the empty lines between the events. */
	if (stream->data.size > 0 &&
		slice_fits_any((struct slice){ line + skip, size - skip },
			slice_begins, WORDS("{\"", "[DONE]")))
		end_event(stream);
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
	if (stream.events > 0)
		reading->facts |= FACT(FACT_PIECES);
	if (!stream.failed)
		reading->speaker = stream.ended && stream.events > 0
			? SPEAKER_STREAM
			: SPEAKER_BROKEN_STREAM;
	buf_release(&stream.data);
}
