/* SPDX-License-Identifier: MIT */
#include "transcript/scan_internal.h"

#include "base/attributes.h"
#include "base/json.h"
#include "base/slice.h"
#include "paste/curl_command.h"
#include "transcript/doubt_internal.h"
#include "wording/foreign.h"
#include "wording/notation.h"
#include "wording/quoted.h"
#include "wording/source.h"
#include "wording/telling.h"

#include <stdio.h>
#include <string.h>

/* "429 | Throttling | Requests throttling triggered. |": a table's. */
static bool is_table_row(struct slice line)
{
	line = slice_trimmed(line);
	return line.size > 1 && line.at[line.size - 1] == '|' &&
		memchr(line.at, '|', line.size - 1) != NULL;
}

/* "Expected: 404 - not found", "预期结果：": what its reporter would have
 * liked.
 */
bool transcript_is_wish(struct slice line)
{
	line = slice_skip_blanks(line);
	return slice_fits_any(line, slice_begins_ignoring_case,
		WORDS("expected: ", "expected result", "expected behavio",
			"预期"));
}

static void take_command(
	struct collector *collector, const struct curl_command *command)
{
	struct told_request *request = collector_request(collector);
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
		struct slice line = { start, (size_t)(stop - start) };
		bool prompt = start == at ||
			(start - at > 1 && start[-1] == ' ' &&
				strchr("$#%>", start[-2]));
		if (prompt &&
			(slice_begins(line, "curl ") ||
				slice_begins(line, "curl.exe ")))
			return start;
	}
	return NULL;
}

static size_t scan_command(
	struct collector *collector, const char *at, const char *end)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));
	const char *start = command_start(at, newline ? newline : end);

	if (!start || (size_t)(end - start) > collector->budget)
		return 0;
	SCOPED(curl_command) struct curl_command command;
	bool read = curl_command_read(start, (size_t)(end - start), &command);
	collector->budget -= command.end;
	if (!read || !strstr(buf_cstring(&command.url), "://"))
		return 0;
	take_command(collector, &command);
	return (size_t)(start - at) + command.end;
}

/* Rust prints its errors' structures: braces, but no object of anybody's. */
static bool is_rust_error(struct slice line)
{
	return slice_contains_ignoring_case(line, "reqwest::error {") ||
		slice_contains_ignoring_case(line, "hyper::error(") ||
		slice_contains_ignoring_case(line, "hyper_util::client");
}

/* "Unexpected token '<', \"<!doctype \"... is not valid JSON": the first bytes
 * of a page, in quotes. */
static bool is_quoted_beginning(
	const char *start, const char *at, const char *stop)
{
	const char *end = stop - at > 24 ? at + 24 : stop;

	return at > start && strchr("\"'`", at[-1]) &&
		memchr(at, at[-1], (size_t)(end - at));
}

/* Where an object, an array of objects or a page begins in the line. */
static const char *find_object(const char *at, const char *stop)
{
	const char *start = at;

	for (; at < stop; at++) {
		if (*at == '{' ||
			(*at == '<' && !is_quoted_beginning(start, at, stop) &&
				transcript_is_page((struct slice){
					at, (size_t)(stop - at) })))
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

/* A text within quotes is no longer. */
#define ESCAPED_MOST ((size_t)65536)

/* Texts for people by their names, as a program's translations have them: what
 * it may say. */
#define TEXTS_LEAST 3

static bool is_dictionary(const json_t *value)
{
	size_t texts = 0;

	/* A form of JSON, or what OpenAPI tells of an answer. */
	if (json_object_get(value, "$schema") ||
		(json_object_get(value, "description") &&
			json_is_object(json_object_get(value, "content"))))
		return true;
	JSON_EACH_MEMBER(member, value) {
		const char *text = json_string_value(member.value);

		texts += text && strchr(member.name, '.') && strchr(text, ' ');
	}
	return texts >= TEXTS_LEAST;
}

/* Reads the object at `at`; how many bytes it takes, or 0. */
static size_t scan_object(struct collector *collector, const char *at,
	const char *end, unsigned depth)
{
	size_t used;

	if (*at == '<')
		return transcript_bare_body(collector, at, end);
	JSON_SCOPED json_t *value = notation_read(
		at, (size_t)(end - at), &collector->budget, &used);

	if (!value)
		return 0;
	const char *owner = foreign_owner((struct slice){ at, used });
	if (owner && json_object_get(value, "message")) {
		collector->foreign = owner;
		return used;
	}
	bool before = collector->cut;
	collector->cut = before || notation_is_cut(at, used);
	bool transcript = transcript_value(collector, value, depth);
	collector->cut = before;
	return transcript || is_dictionary(value) ? used : 0;
}

/* {\"error\": or {\n  \"error\":, as it stands within quotes. */
static bool is_escaped(const char *at, const char *end)
{
	for (at++; at < end; at++) {
		if (*at == '\\' && end - at > 1 && at[1] == '"')
			return true;
		if (*at == '\\' && end - at > 1 && strchr("nrt", at[1]))
			at++;
		else if (*at != ' ')
			break;
	}
	return false;
}

/* Reads the object at `at` out of the quotes around it; how many bytes it
 * takes, or 0. */
static size_t scan_escaped(struct collector *collector, const char *at,
	const char *end, unsigned depth)
{
	size_t most = (size_t)(end - at);
	const char *behind = at;

	if (depth >= SCAN_DEPTH || !is_escaped(at, end))
		return 0;
	most = most < ESCAPED_MOST ? most : ESCAPED_MOST;
	if (most > collector->budget)
		return 0;
	SCOPED(buf) struct buf text = BUF(ESCAPED_MOST);
	(void)quoted_rest(at, &behind, at + most, '"', &text);
	collector->budget -= (size_t)(behind - at);
	transcript_scan(collector, buf_cstring(&text), text.size, depth + 1);
	return (size_t)(behind - at);
}

/* How many bytes an object takes that nobody got: those of the line, where it
 * cannot be read. */
static size_t written_size(struct collector *collector, const char *at,
	const char *stop, const char *end)
{
	size_t used = 0;
	JSON_SCOPED json_t *value = notation_read(
		at, (size_t)(end - at), &collector->budget, &used);

	return value ? used : (size_t)(stop - at);
}

/* "- no key → {...}": which case gets which answer. */
static bool is_told_apart(struct slice words)
{
	return slice_fits_any(words, slice_contains, WORDS("→", "->", "=>"));
}

/* One line, or as far as what begins in it goes. Returns where to go on. */
static const char *scan_line(struct collector *collector, const char *at,
	const char *end, unsigned depth)
{
	const char *newline = memchr(at, '\n', (size_t)(end - at));
	const char *stop = newline ? newline : end;
	const struct slice line = { at, (size_t)(stop - at) };

	collector->line_told = false;
	doubt_line(collector, line);
	if (collector->in_raises || is_table_row(line) ||
		source_is_metric(line) || transcript_is_wish(line) ||
		transcript_is_assertion(line) ||
		transcript_pairs(collector, line) ||
		transcript_printed(collector, line))
		return stop < end ? stop + 1 : end;
	bool rust = is_rust_error(line);
	while (at < stop) {
		const char *object = rust ? stop : find_object(at, stop);
		transcript_line(collector, at, (size_t)(object - at));
		if (object == stop)
			break;
		collector->current.answer.sample |= at == line.at &&
			!slice_contains(line, "rror]: ") &&
			telling_is_example(line, (size_t)(object - line.at));
		bool written = source_assigns(
			slice_first(line, (size_t)(object - line.at)));
		size_t used = written
			? written_size(collector, object, stop, end)
			: scan_escaped(collector, object, end, depth);
		if (used == 0)
			used = scan_object(collector, object, end, depth);
		collector->line_told |=
			used > 0 && collector->current.answer.body.size > 0;
		collector->listed_bodies += used > 0 && collector->in_list &&
			is_told_apart((struct slice){
				line.at, (size_t)(object - line.at) });
		at = object + (used > 0 ? used : 1);
		if (at > stop) {
			newline = memchr(at, '\n', (size_t)(end - at));
			stop = newline ? newline : end;
		}
	}
	return stop < end ? stop + 1 : end;
}

static struct slice line_at(const char *at, const char *end)
{
	struct slice rest = { at, (size_t)(end - at) };

	return slice_first(rest, slice_find(rest, '\n'));
}

void transcript_scan(struct collector *collector, const char *text, size_t size,
	unsigned depth)
{
	const char *end = text + size;
	const char *at = text;

	while (at < end) {
		const char *line = at;

		if (depth == 0)
			doubt_sample(collector, line_at(at, end));
		size_t used =
			source_call((struct slice){ at, (size_t)(end - at) },
				&collector->budget);
		if (used == 0)
			used = transcript_head(collector, at, end, depth);
		if (used == 0)
			used = scan_command(collector, at, end);
		if (used == 0)
			used = transcript_bare_body(collector, at, end);
		if (used > 0)
			at += used;
		else
			at = scan_line(collector, at, end, depth);
		if (depth == 0 && collector->current.at == 0 &&
			collector_has_answer(collector))
			collector->current.at = (size_t)(line - text);
	}
}
