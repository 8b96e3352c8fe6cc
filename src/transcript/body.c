/* SPDX-License-Identifier: MIT */
#include "transcript/scan_internal.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/slice.h"
#include "base/text.h"
#include "wording/notation.h"

#include <string.h>

static size_t line_size(const char *at, size_t size)
{
	const char *newline = memchr(at, '\n', size);

	return newline ? (size_t)(newline - at) : size;
}

/* Strict JSON is kept as it is; else what can be read of it is. */
static size_t take_json(
	struct collector *collector, const char *text, size_t size)
{
	json_error_t error;
	JSON_SCOPED json_t *strict = NULL;
	size_t used;

	if (size <= collector->budget) {
		collector->budget -= size;
		strict = json_loadb(text, size, JSON_DISABLE_EOF_CHECK, &error);
	}
	if (strict) {
		collector_body(collector, 0, text, (size_t)error.position);
		return (size_t)error.position;
	}
	JSON_SCOPED json_t *value =
		notation_read(text, size, &collector->budget, &used);
	if (!value)
		return 0;
	collector->cut = notation_is_cut(text, used);
	collector_json(collector, 0, value);
	collector->cut = false;
	return used;
}

static bool is_event_line(struct slice line)
{
	return slice_fits_any(line, slice_begins_ignoring_case,
		       WORDS("data:", "event:", "id:", "retry:", ":")) ||
		line.size == 0;
}

/* The last event's JSON has no end. */
static bool ends_in_event(struct slice events)
{
	struct slice told = slice_trimmed(events);

	return told.size > 0 && !slice_ends(told, "}") &&
		!slice_ends(told, "]");
}

static size_t take_events(
	struct collector *collector, const char *text, size_t size)
{
	size_t used = 0;

	while (used < size) {
		size_t line = line_size(text + used, size - used);
		if (!is_event_line((struct slice){ text + used, line }))
			break;
		used += line + (used + line < size);
	}
	collector->cut =
		used == size && ends_in_event((struct slice){ text, used });
	collector_body(collector, 0, text, used);
	collector->cut = false;
	collector->current.answer.streamed = true;
	return used;
}

/* Up to the end of the page, else all. */
static size_t page_size(struct slice text)
{
	static const char end[] = "</html>";

	for (size_t at = 0; at < text.size; at++) {
		if (slice_has_at_ignoring_case(text, at, end))
			return at + strlen(end);
	}
	return text.size;
}

static size_t paragraph_size(const char *text, size_t size)
{
	for (size_t at = 0; at + 1 < size; at++) {
		if (text[at] == '\n' && text[at + 1] == '\n')
			return at;
	}
	return size;
}

static bool begins_events(struct slice text)
{
	return slice_begins_ignoring_case(text, "data: ") ||
		slice_begins_ignoring_case(text, "data:{") ||
		slice_begins_ignoring_case(text, "event: ");
}

bool transcript_is_page(struct slice text)
{
	return slice_begins_ignoring_case(text, "<!doctype") ||
		slice_begins_ignoring_case(text, "<html") ||
		slice_begins_ignoring_case(text, "<head") ||
		slice_begins_ignoring_case(text, "<?xml");
}

size_t transcript_body(
	struct collector *collector, const char *text, size_t size, bool plain)
{
	size_t used = 0;

	while (used < size && text_is_space(text[used]))
		used++;
	const char *at = text + used;
	size_t left = size - used;
	if (left == 0)
		return used;
	if (*at == '{' || *at == '[')
		return used + take_json(collector, at, left);
	if (begins_events((struct slice){ at, left }))
		return used + take_events(collector, at, left);
	size_t kept = 0;
	if (*at == '<')
		kept = page_size((struct slice){ at, left });
	else if (plain)
		kept = paragraph_size(at, left);
	struct slice said = slice_trimmed((struct slice){ at, kept });
	if (said.size > 0)
		collector_body(collector, 0, said.at, said.size);
	return used + kept;
}

/* Server-sent events of words alone are a log's lines. */
static bool has_json_event(struct slice text)
{
	for (size_t at = 0; at < text.size;) {
		size_t size = line_size(text.at + at, text.size - at);
		struct slice line = { text.at + at, size };

		if (!is_event_line(line))
			return false;
		if (slice_begins_ignoring_case(line, "data:")) {
			line = slice_skip_blanks(
				slice_from(line, strlen("data:")));
			/* A brace alone begins an object that is printed. */
			if (line.size > 1 && strchr("{[", *line.at))
				return true;
		}
		at += size + 1;
	}
	return false;
}

size_t transcript_bare_body(
	struct collector *collector, const char *at, const char *end)
{
	struct slice text = { at, (size_t)(end - at) };

	if (!transcript_is_page(text) &&
		(!begins_events(text) || !has_json_event(text)))
		return 0;
	return transcript_body(collector, at, text.size, false);
}
