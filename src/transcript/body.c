/* SPDX-License-Identifier: MIT */
#include "transcript/scan_internal.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/text.h"
#include "wording/notation.h"

#include <string.h>

static size_t line_size(const char *at, size_t size)
{
	const char *newline = memchr(at, '\n', size);

	return newline ? (size_t)(newline - at) : size;
}

static bool begins(const char *at, size_t size, const char *word)
{
	for (size_t i = 0; word[i]; i++) {
		if (i >= size || text_lower(at[i]) != word[i])
			return false;
	}
	return true;
}

/* Strict JSON is kept as it is; else what can be read of it is. */
static size_t take_json(struct hearing *hearing, const char *text, size_t size)
{
	json_error_t error;
	JSON_SCOPED json_t *strict = NULL;
	size_t used;

	if (size <= hearing->work) {
		hearing->work -= size;
		strict = json_loadb(text, size, JSON_DISABLE_EOF_CHECK, &error);
	}
	if (strict) {
		hearing_body(hearing, 0, text, (size_t)error.position);
		return (size_t)error.position;
	}
	JSON_SCOPED json_t *value =
		notation_read(text, size, &hearing->work, &used);
	if (!value)
		return 0;
	hearing->cut = notation_is_cut(text, used);
	hearing_json(hearing, 0, value);
	hearing->cut = false;
	return used;
}

static bool is_event_line(const char *at, size_t size)
{
	static const char *const fields[] = {
		"data:", "event:", "id:", "retry:", ":"
	};

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++) {
		if (begins(at, size, fields[i]))
			return true;
	}
	return size == 0;
}

/* The last event's JSON has no end. */
static bool ends_in_event(const char *text, size_t size)
{
	while (size > 0 && text_is_space(text[size - 1]))
		size--;
	return size > 0 && text[size - 1] != '}' && text[size - 1] != ']';
}

static size_t take_events(
	struct hearing *hearing, const char *text, size_t size)
{
	size_t used = 0;

	while (used < size) {
		size_t line = line_size(text + used, size - used);
		if (!is_event_line(text + used, line))
			break;
		used += line + (used + line < size);
	}
	hearing->cut = used == size && ends_in_event(text, used);
	hearing_body(hearing, 0, text, used);
	hearing->cut = false;
	hearing->current.answer.streamed = true;
	return used;
}

/* Up to the end of the page, else all. */
static size_t page_size(const char *text, size_t size)
{
	for (size_t at = 0; at + 7 <= size; at++) {
		if (text[at] == '<' && begins(text + at, size - at, "</html>"))
			return at + 7;
	}
	return size;
}

static size_t paragraph_size(const char *text, size_t size)
{
	for (size_t at = 0; at + 1 < size; at++) {
		if (text[at] == '\n' && text[at + 1] == '\n')
			return at;
	}
	return size;
}

static size_t trimmed(const char *text, size_t size)
{
	while (size > 0 && text_is_space(text[size - 1]))
		size--;
	return size;
}

static bool begins_events(const char *at, size_t size)
{
	return begins(at, size, "data: ") || begins(at, size, "data:{") ||
		begins(at, size, "event: ");
}

bool transcript_is_page(const char *at, size_t size)
{
	return begins(at, size, "<!doctype") || begins(at, size, "<html") ||
		begins(at, size, "<head") || begins(at, size, "<?xml");
}

size_t transcript_body(
	struct hearing *hearing, const char *text, size_t size, bool plain)
{
	size_t used = 0;

	while (used < size && text_is_space(text[used]))
		used++;
	const char *at = text + used;
	size_t left = size - used;
	if (left == 0)
		return used;
	if (*at == '{' || *at == '[')
		return used + take_json(hearing, at, left);
	if (begins_events(at, left))
		return used + take_events(hearing, at, left);
	size_t kept = 0;
	if (*at == '<')
		kept = page_size(at, left);
	else if (plain)
		kept = paragraph_size(at, left);
	if (trimmed(at, kept) > 0)
		hearing_body(hearing, 0, at, trimmed(at, kept));
	return used + kept;
}

size_t transcript_bare_body(
	struct hearing *hearing, const char *at, const char *end)
{
	size_t size = (size_t)(end - at);

	if (!begins_events(at, size) && !transcript_is_page(at, size))
		return 0;
	return transcript_body(hearing, at, size, false);
}
