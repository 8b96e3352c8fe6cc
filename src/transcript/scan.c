/* SPDX-License-Identifier: MIT */
#include "transcript/scan_internal.h"

#include "base/json.h"
#include "base/text.h"
#include "paste/curl_command.h"
#include "transcript/fault_internal.h"
#include "transcript/notation_internal.h"
#include "transcript/status_internal.h"

#include <stdio.h>
#include <string.h>

static bool begins(const char *at, size_t size, const char *word)
{
	size_t length = strlen(word);

	return size >= length && memcmp(at, word, length) == 0;
}

/* What an SDK says behind a status, where it is more than the status' name. */
static void take_said(struct hearing *hearing, const char *text, size_t size)
{
	char words[64];

	while (size > 0 && strchr(" :-)('\"]", *text)) {
		text++;
		size--;
	}
	while (size > 0 && strchr(" '\"", text[size - 1]))
		size--;
	if (size == 0 ||
		!(text_is_letter(*text) || (unsigned char)*text >= 0x80))
		return;
	size_t kept = size < sizeof(words) - 1 ? size : sizeof(words) - 1;
	memcpy(words, text, kept);
	words[kept] = '\0';
	int status = transcript_reason_status(words);
	if (status > 0 && !hearing_has_answer(hearing))
		hearing->current.answer.likely_status = status;
	if (status > 0 || text_starts_with(words, "status code (no body)") ||
		text_starts_with(words, "Client Error") ||
		text_starts_with(words, "Server Error"))
		return;
	hearing_said(hearing, text, size);
}

/* "SomethingError: words", where no status is told. */
static void take_error_words(
	struct hearing *hearing, const char *line, size_t size)
{
	static const char *const ends[] = {
		"Error: ", "Error]: ", "Exception: ", "Exception - ", "error: "
	};

	for (size_t at = 0; at < size; at++) {
		if (line[at] != 'E' && line[at] != 'e')
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
			size_t length = strlen(ends[i]);
			if (begins(line + at, size - at, ends[i])) {
				take_said(hearing, line + at + length,
					size - at - length);
				return;
			}
		}
	}
}

/* A stack's line, or the source that an interpreter shows of it. */
static bool is_stack(const char *at, size_t size)
{
	return begins(at, size, "at ") || begins(at, size, "File \"") ||
		begins(at, size, "raise ") || begins(at, size, "return ") ||
		begins(at, size, "throw ");
}

/* Words between objects. */
static void scan_words(struct hearing *hearing, const char *at, size_t size)
{
	size_t behind;
	bool vague;

	while (size > 0 && text_is_space(*at)) {
		at++;
		size--;
	}
	if (size < 3 || is_stack(at, size))
		return;
	int status = transcript_status(at, size, &behind);
	/* curl numbers its own failures, and repeats the server's as (22). */
	enum http_fault fault = status > 0 && !begins(at, size, "curl: (")
		? HTTP_FAULT_NONE
		: transcript_fault(at, size, &vague);
	if (fault != HTTP_FAULT_NONE) {
		hearing_fault(hearing, fault, vague, at, size);
	} else if (status > 0) {
		hearing_status(hearing, status);
		take_said(hearing, at + behind, size - behind);
	} else if ((status = transcript_class_status(at, size, &behind)) > 0) {
		if (!hearing_has_answer(hearing))
			hearing->current.answer.likely_status = status;
		take_said(hearing, at + behind, size - behind);
	} else {
		take_error_words(hearing, at, size);
	}
	transcript_words(hearing, at, size);
}

static void take_command(
	struct hearing *hearing, const struct curl_command *command)
{
	struct heard_request *request = hearing_request(hearing);
	const char *method = command->body.size > 0 ? "POST" : "GET";

	snprintf(request->method, sizeof(request->method), "%s",
		*command->method ? command->method : method);
	buf_text(&request->url, buf_cstring(&command->url));
	buf_text(&request->headers, buf_cstring(&command->headers));
	buf_clear(&request->body);
	buf_text(&request->body, buf_cstring(&command->body));
	request->whole = true;
	request->wire = false;
}

/* At the line's beginning, or behind a prompt ("user@host:~$ "). */
static const char *command_start(const char *at, const char *stop)
{
	for (const char *start = at; start < stop && start - at < 80; start++) {
		size_t size = (size_t)(stop - start);
		bool prompt = start == at ||
			(start - at > 1 && start[-1] == ' ' &&
				strchr("$#%>", start[-2]));
		if (prompt &&
			(begins(start, size, "curl ") ||
				begins(start, size, "curl.exe ")))
			return start;
	}
	return NULL;
}

static size_t scan_command(
	struct hearing *hearing, const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));
	const char *start = command_start(at, newline ? newline : end);
	struct curl_command command;
	size_t used = 0;

	if (!start || (size_t)(end - start) > hearing->work)
		return 0;
	bool read = curl_command_read(start, (size_t)(end - start), &command);
	hearing->work -= command.end;
	if (read && strstr(buf_cstring(&command.url), "://")) {
		take_command(hearing, &command);
		used = (size_t)(start - at) + command.end;
	}
	curl_command_release(&command);
	return used;
}

/* Where an object or an array of objects begins in the line. */
static const char *find_object(const char *at, const char *stop)
{
	for (; at < stop; at++) {
		if (*at == '{')
			return at;
		const char *next = at + 1;
		if (*at != '[')
			continue;
		while (next < stop && *next == ' ')
			next++;
		if (next < stop && *next == '{')
			return at;
		/* "error: [" and the object on the next line. */
		if (next == stop && at + 1 == stop)
			return at;
	}
	return stop;
}

/* Reads the object at `at`; how many bytes it takes, or 0. */
static size_t scan_object(struct hearing *hearing, const char *at,
	const char *end, unsigned depth)
{
	size_t used;
	JSON_SCOPED json_t *value =
		notation_read(at, (size_t)(end - at), &hearing->work, &used);

	if (!value || !transcript_value(hearing, value, depth))
		return 0;
	return used;
}

/* One line, or as far as what begins in it goes. Returns where to go on. */
static const char *scan_line(struct hearing *hearing, const char *at,
	const char *end, unsigned depth)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));
	const char *stop = newline ? newline : end;

	while (at < stop) {
		const char *object = find_object(at, stop);
		scan_words(hearing, at, (size_t)(object - at));
		if (object == stop)
			break;
		size_t used = scan_object(hearing, object, end, depth);
		at = object + (used > 0 ? used : 1);
		if (at > stop) {
			newline = memchr(at, '\n', (size_t)(end - at));
			stop = newline ? newline : end;
		}
	}
	return stop < end ? stop + 1 : end;
}

void transcript_scan(
	struct hearing *hearing, const char *text, size_t size, unsigned depth)
{
	const char *end = text + size;
	const char *at = text;

	while (at < end) {
		size_t used = transcript_head(hearing, at, end, depth);
		if (used == 0)
			used = scan_command(hearing, at, end);
		if (used == 0)
			used = transcript_bare_body(hearing, at, end);
		if (used > 0)
			at += used;
		else
			at = scan_line(hearing, at, end, depth);
	}
}
