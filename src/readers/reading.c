/* SPDX-License-Identifier: MIT */
/* What is done alike for all models. */
#include "readers/readers_internal.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

/* Room for what a value may become, with U+FFFD for each byte; in a large file
 * for its beginning, which is more than a program can be started with. */
static struct buf value_buf(size_t file_size)
{
	return BUF(file_size <= READING_WHOLE ? 4 * file_size + 16
					      : READING_WHOLE);
}

void reading_begin(struct reading *reading, const struct reader_model *model,
	const char *bytes, size_t size)
{
	const char *nul = size ? memchr(bytes, '\0', size) : NULL;

	*reading = (struct reading){ .model = model,
		.text = bytes,
		.size = nul ? (size_t)(nul - bytes) : size };
	reading->value = value_buf(reading->size);
	if (model->mark == MARK_SKIPPED)
		reading->at = text_mark_size(reading->text, reading->size);
}

/* U+FFFD for each byte that begins no character. */
static void replace_bytes(struct reading *reading, struct seen *seen)
{
	size_t size = 0;
	uint32_t character = 0;

	if (text_is_utf8(seen->value.at, seen->value.size))
		return;
	char *bytes = buf_take(&reading->value, &size);
	reading->value = value_buf(reading->size);
	for (size_t at = 0; at < size;) {
		size_t length = text_decode(bytes + at, size - at, &character);
		if (length)
			buf_append(&reading->value, bytes + at, length);
		else
			buf_text(&reading->value, "\xef\xbf\xbd");
		at += length ? length : 1;
	}
	memory_free(bytes, size);
	seen->value = (struct slice){ buf_cstring(&reading->value),
		reading->value.size };
}

/* Whether a line of what was taken is one that has the file refused. */
static bool is_too_long(const struct reading *reading, size_t from, size_t to)
{
	size_t limit = reading->model->line_limit;

	for (size_t end = from; limit && from < to; from = end + 1) {
		end = find_line_end(reading, from);
		if (end - from > limit)
			return true;
	}
	return false;
}

static bool is_refused(const struct reading *reading, const struct seen *seen)
{
	const char *text = reading->text + seen->at;
	size_t size = seen->end - seen->at;

	switch (reading->model->bytes) {
	case BYTES_REFUSED:
		if (!text_is_utf8(text, size))
			return true;
		break;
	case BYTES_REFUSED_IN_USE:
		if (seen->kind != SEEN_NOTHING && !text_is_utf8(text, size))
			return true;
		break;
	default:
		break;
	}
	return (reading->model->mark == MARK_REFUSED && seen->at == 0 &&
		       text_mark_size(reading->text, reading->size)) ||
		is_too_long(reading, seen->at, seen->end);
}

bool reading_next(struct reading *reading, struct seen *seen)
{
	if (reading->ended || reading->at >= reading->size)
		return false;
	*seen = (struct seen){ .kind = SEEN_NOTHING, .at = reading->at };
	buf_clear(&reading->value);
	reading->model->read(reading, seen);
	if (reading->at <= seen->at) { /* no model may stay where it is */
		reading->at = reading->size;
		see_ended(reading, seen);
	}
	seen->end = reading->at;
	if (is_refused(reading, seen))
		see_refused(reading, seen);
	if (reading->model->bytes == BYTES_REPLACED)
		replace_bytes(reading, seen);
	reading->ended = seen->kind == SEEN_REFUSED || seen->kind == SEEN_ENDED;
	return true;
}

void reading_release(struct reading *reading)
{
	buf_release(&reading->value);
	reading->ended = true;
}
