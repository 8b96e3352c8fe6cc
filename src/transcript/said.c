/* SPDX-License-Identifier: MIT */
/* Words: which part of a line is what was answered. */
#include "transcript/said_internal.h"

#include "base/attributes.h"
#include "base/clean.h"
#include "base/slice.h"
#include "base/text.h"
#include "wording/sayings.h"
#include "wording/status.h"

#include <string.h>

/* Of a longer line, what stands at its beginning. */
#define LINE_LIMIT 2048

/* No saying is shorter. */
#define SHORTEST 6

/* Signs between a status and the words behind it. What stands behind one that
 * parts a list is another thing than the answer's words, unless it is a whole
 * sentence. */
static void skip_punctuation(struct slice *words, bool *listed)
{
	static const char middle_dot[] = "\xc2\xb7";

	*listed = false;
	while (words->size > 0) {
		size_t length = slice_begins(*words, middle_dot)
			? strlen(middle_dot)
			: (size_t)(strchr(" :-)('\"]|,;\\>", *words->at) !=
				  NULL);

		if (length == 0)
			break;
		*listed |= length > 1 || strchr("|,;", *words->at) != NULL;
		*words = slice_from(*words, length);
	}
	while (words->size > 0 &&
		strchr(" '\"\\,]", words->at[words->size - 1]))
		words->size--;
}

/* true, 12, non-retryable, "and response body:". */
static bool is_no_sentence(struct slice words, bool listed)
{
	static const char *const flags[] = { "true", "false", "null", "none",
		"undefined", "object", "[object object]" };
	char last = words.at[words.size - 1];
	bool letter =
		text_is_letter(*words.at) || (unsigned char)*words.at >= 0x80;

	for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
		if (slice_is_ignoring_case(words, flags[i]))
			return true;
	return !letter || last == ':' || last == '{' || last == '(' ||
		(listed && !memchr(words.at, ' ', words.size));
}

/* Clients' own words around a status. */
static bool is_frame(const char *words)
{
	static const char *const frames[] = { "status code (no body)",
		"Client Error", "Server Error" };

	for (size_t i = 0; i < ARRAY_SIZE(frames); i++)
		if (text_starts_with(words, frames[i]))
			return true;
	return false;
}

void said_behind_status(struct hearing *hearing, const char *text, size_t size)
{
	struct slice words = { text, size };
	struct heard_answer *answer = &hearing->current.answer;
	char start[64];
	size_t ignored;
	bool listed;
	int status;

	skip_punctuation(&words, &listed);
	if (words.size == 0 || is_no_sentence(words, listed))
		return;
	size_t kept =
		words.size < sizeof(start) - 1 ? words.size : sizeof(start) - 1;
	memcpy(start, words.at, kept);
	start[kept] = '\0';
	status = status_of_reason(start);
	if (status > 0 && answer->status == 0 && answer->likely_status == 0)
		answer->likely_status = status;
	if (status > 0)
		clean_line(words.at, words.size, answer->reason,
			sizeof(answer->reason));
	if (status > 0 || is_frame(start))
		return;
	hearing_said(hearing,
		saying_find(words.at, words.size, SAYING_INSIDE, &ignored)
			? SAID_KNOWN
			: SAID_BESIDE,
		words.at, words.size);
}

/* Longer are no names of classes. */
#define NAME_MOST ((size_t)80)

/* Of an API's client, by its name, which ends there. */
static bool is_api_error(const char *end, size_t before)
{
	static const char *const parts[] = { "api", "ai_", "http", "openai",
		"anthropic", "llm", "provider" };
	size_t size = before < NAME_MOST ? before : NAME_MOST;
	struct slice name = { end - size, size };

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (slice_contains_ignoring_case(name, parts[i]))
			return true;
	return false;
}

void said_reason(struct hearing *hearing, const char *line, size_t size)
{
	static const char *const ends[] = { "Error: ", "Exception: " };
	struct slice whole = { line, size };

	for (size_t at = 1; at < size; at++)
		for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
			struct slice words =
				slice_from(whole, at + strlen(ends[i]));

			if (!slice_has_at(whole, at, ends[i]) ||
				!is_api_error(line + at, at))
				continue;
			said_behind_status(hearing, words.at, words.size);
			return;
		}
}

/* Where the sentence begins in which the saying stands: behind a quote, or what
 * leads to an error's words. */
static const char *sentence_start(const char *line, const char *known)
{
	static const char *const leads[] = { "rror: ", "xception: ", "rror]: ",
		"xception - ", "message: ", "essage ", " - " };

	for (const char *at = known; at > line; at--) {
		if (at[-1] == '"' || at[-1] == '\'')
			return at;
		for (size_t i = 0; i < ARRAY_SIZE(leads); i++) {
			size_t length = strlen(leads[i]);

			if ((size_t)(at - line) >= length &&
				memcmp(at - length, leads[i], length) == 0)
				return at;
		}
	}
	return line;
}

bool said_known(struct hearing *hearing, const char *line, size_t size)
{
	size_t place;

	if (size > LINE_LIMIT)
		size = LINE_LIMIT;
	if (size < SHORTEST || !saying_find(line, size, SAYING_ALONE, &place))
		return false;
	const char *start = sentence_start(line, line + place);
	size_t left = size - (size_t)(start - line);
	bool quoted = start > line && (start[-1] == '"' || start[-1] == '\'');
	const char *end = quoted ? memchr(start, start[-1], left) : NULL;

	hearing_said(
		hearing, SAID_KNOWN, start, end ? (size_t)(end - start) : left);
	return true;
}
