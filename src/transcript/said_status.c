/* SPDX-License-Identifier: MIT */
/* Words beside a status. */
#include "transcript/said_internal.h"

#include "base/attributes.h"
#include "base/clean.h"
#include "base/slice.h"
#include "base/text.h"
#include "transcript/said_parts_internal.h"
#include "wording/status.h"

#include <stdio.h>
#include <string.h>

/* "Unauthorized; retrying 1/5 in 214ms", "Unauthorized, request id: 9992":
 * what a client adds. */
static struct slice without_notes(struct slice words)
{
	for (size_t at = 0; at < words.size; at++)
		if (slice_fits_any(slice_from(words, at),
			    slice_begins_ignoring_case,
			    WORDS("; retrying ", ", request id", ", url: http",
				    ", cf-ray")))
			return slice_first(words, at);
	return words;
}

/* "null] with root cause", "attempt=1 transient=false": a value, not words. */
static bool begins_with_value(struct slice words, const char *flag)
{
	size_t length = strlen(flag);

	return slice_begins_ignoring_case(words, flag) &&
		(words.size == length ||
			strchr(")]}.", words.at[length]) != NULL);
}

static bool begins_with_setting(struct slice words)
{
	size_t first = 0;

	while (first < words.size && words.at[first] != ' ')
		first++;
	return first > 0 && memchr(words.at, '=', first) != NULL;
}

/* true, 12, non-retryable, "and response body:". */
static bool is_no_sentence(struct slice words, bool listed)
{
	static const char *const flags[] = { "true", "false", "null", "none",
		"undefined", "object", "[object object]", "error" };
	char last = words.at[words.size - 1];
	bool letter = text_is_letter(*words.at) || text_is_wide(*words.at);

	for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
		if (begins_with_value(words, flags[i]))
			return true;
	/* A colon leads to what comes, unless another stands before it. */
	return !letter || begins_with_setting(words) ||
		(last == ':' && slice_find(words, ':') == words.size - 1) ||
		last == '{' || last == '(' ||
		(listed && !memchr(words.at, ' ', words.size));
}

/* "invalid character 'p' looking for beginning of value, body: page not found":
 * what a client wanted of the answer, and the answer. */
static void skip_wish(struct slice *words)
{
	static const char body[] = ", body: ";
	size_t at = slice_find_part(*words, slice_of(body));

	*words = slice_from(*words, at < words->size ? at + strlen(body) : 0);
}

/* Clients' own words around a status. */
static bool is_frame(const char *words)
{
	static const char *const frames[] = { "at settle (", "at async ",
		"at new ", "Client Error", "Server Error",
		"No response body available", "Unknown error", "POST http",
		"GET http", "http://", "https://", "retrying ", "switching ",
		"and response body", "Invalid response body", "no body" };

	return strstr(words, "status code (no body)") ||
		text_fits_any(
			words, text_starts_with, frames, ARRAY_SIZE(frames));
}

/* "400 Bad Request] Invalid JSON", "401 Unauthorized: You have": the status'
 * own name, and words behind it. */
static void skip_reason(struct slice *words)
{
	char reason[40];
	size_t size = 0;
	bool listed;

	while (size < words->size && !strchr("]:", words->at[size]))
		size++;
	if (size + 2 >= words->size || size >= sizeof(reason))
		return;
	memcpy(reason, words->at, size);
	reason[size] = '\0';
	if (status_of_reason(reason) == 0)
		return;
	*words = slice_from(*words, size + 1);
	said_skip_signs(words, &listed);
}

/* "400错误：余额不足": the word for an error. */
static void skip_error_word(struct slice *words)
{
	static const char *const names[] = { "错误", "报错" };
	bool listed;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!slice_begins(*words, names[i]))
			continue;
		*words = slice_from(*words, strlen(names[i]));
		said_skip_signs(words, &listed);
	}
}

/* "HTTP 400 (Code 20015): Field required" */
static void skip_own_code(struct slice *words)
{
	size_t size = strlen("code ");
	bool listed;

	if (!slice_begins_ignoring_case(*words, "code "))
		return;
	while (size < words->size && text_is_digit(words->at[size]))
		size++;
	if (size == strlen("code ") || size == words->size ||
		!strchr("):", words->at[size]))
		return;
	*words = slice_from(*words, size + 1);
	said_skip_signs(words, &listed);
}

bool said_take_name(struct slice *words)
{
	static const char *const names[] = { "message", "error message",
		"error", "msg", "reason", "detail", "details", "description",
		"response", "err" };

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct slice rest;

		if (!slice_begins_ignoring_case(*words, names[i]))
			continue;
		rest = slice_from(*words, strlen(names[i]));
		bool quoted =
			slice_begins(rest, "=\"") || slice_begins(rest, "='");

		if (!quoted && !slice_begins(rest, ": "))
			continue;
		*words = slice_from(rest, 2);
		if (quoted)
			*words = slice_first(
				*words, slice_find(*words, rest.at[1]));
		return true;
	}
	return false;
}

/* "HTTP 404 - 404 page not found": the number again. */
static void skip_same_status(struct slice *words, int status)
{
	char again[8];

	snprintf(again, sizeof(again), "%d ", status);
	if (status > 0 && slice_begins(*words, again))
		*words = slice_from(*words, strlen(again));
}

/* What stands beside it complains of nothing. */
static bool is_success(int status)
{
	return status >= 200 && status < 300;
}

void said_behind_status(
	struct collector *collector, const char *text, size_t size)
{
	struct slice words = { text, size };
	struct told_answer *answer = &collector->current.answer;
	char start[128];
	bool listed;
	int status;

	said_skip_signs(&words, &listed);
	(void)said_take_name(&words);
	skip_same_status(&words, answer->status);
	skip_wish(&words);
	skip_error_word(&words);
	skip_own_code(&words);
	if (words.size > 0)
		skip_reason(&words);
	words = said_without_end(without_notes(words));
	if (words.size == 0 || is_no_sentence(words, listed) ||
		said_by_person(words) || is_success(answer->status))
		return;
	size_t kept =
		words.size < sizeof(start) - 1 ? words.size : sizeof(start) - 1;
	memcpy(start, words.at, kept);
	start[kept] = '\0';
	status = status_of_reason(start);
	if (status > 0 && answer->status == 0 && answer->likely_status == 0)
		answer->likely_status = status;
	if (status > 0)
		clean_line(start, strcspn(start, ".)'\"`"), answer->reason,
			sizeof(answer->reason));
	if (status > 0 || is_frame(start))
		return;
	if (!said_sentence(collector, words, SAYING_INSIDE))
		collector_said(collector, SAID_BESIDE, words.at, words.size);
}

/* Longer are no names of classes. */
#define NAME_MOST ((size_t)80)

/* Of an API's client, by its name, which ends there. */
static bool is_api_error(const char *end, size_t before)
{
	size_t size = before < NAME_MOST ? before : NAME_MOST;
	struct slice name = { end - size, size };

	return slice_fits_any(name, slice_contains_ignoring_case,
		WORDS("api", "ai_", "http", "openai", "anthropic", "llm",
			"provider", "upstream"));
}

void said_reason(struct collector *collector, const char *line, size_t size)
{
	static const char *const ends[] = {
		"Error: ", "Exception: ", "Error]: ", "invalid_request_error] "
	};
	struct slice whole = { line, size };

	for (size_t at = 1; at < size; at++)
		for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
			struct slice words =
				slice_from(whole, at + strlen(ends[i]));

			if (!slice_has_at(whole, at, ends[i]) ||
				!is_api_error(line + at, at))
				continue;
			if (*ends[i] == 'i' && !collector_has_answer(collector))
				collector->current.answer.likely_status = 400;
			said_behind_status(collector, words.at, words.size);
			return;
		}
}
