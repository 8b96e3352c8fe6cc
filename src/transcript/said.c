/* SPDX-License-Identifier: MIT */
/* Words: which part of a line is what was answered. */
#include "transcript/said_internal.h"

#include "base/attributes.h"
#include "base/clean.h"
#include "base/slice.h"
#include "base/text.h"
#include "transcript/doubt_internal.h"
#include "wording/sayings.h"
#include "wording/status.h"
#include "wording/telling.h"

#include <stdio.h>
#include <string.h>

/* Of a longer line, what stands at its beginning. */
#define LINE_LIMIT 2048

/* No saying is shorter. */
#define SHORTEST 6

/* A sign of three bytes: the middle dot has two. "：", "（", "【", "、". */
static size_t wide_sign(struct slice words)
{
	const unsigned char *at = (const unsigned char *)words.at;

	if (words.size < 3)
		return 0;
	if (at[0] == 0xe3 && at[1] == 0x80)
		return 3;
	return at[0] == 0xef && at[1] == 0xbc &&
			(at[2] < 0x90 || (at[2] > 0x99 && at[2] < 0xa1) ||
				at[2] > 0xba)
		? 3
		: 0;
}

/* Signs between a status and the words behind it. What stands behind one that
 * parts a list is another thing than the answer's words, unless it is a whole
 * sentence. */
static void skip_punctuation(struct slice *words, bool *listed)
{
	static const char middle_dot[] = "\xc2\xb7";

	*listed = false;
	while (words->size > 0) {
		bool dot = slice_begins(*words, middle_dot);
		size_t length = dot ? strlen(middle_dot) : wide_sign(*words);

		if (length == 0 && strchr(" :-)('\"]|,;\\>", *words->at))
			length = 1;
		if (length == 0)
			break;
		*listed |= dot || strchr("|,;", *words->at) != NULL;
		*words = slice_from(*words, length);
	}
}

/* A quote without its other one, a bracket without the one that opens it. */
static bool is_left_over(struct slice words)
{
	char last = words.at[words.size - 1];
	size_t count = 0;

	if (strchr(" \\,]}", last))
		return true;
	if (last == ')')
		return !memchr(words.at, '(', words.size);
	if (last == '>')
		return !memchr(words.at, '<', words.size);
	for (size_t i = 0; i < words.size; i++)
		count += words.at[i] == last;
	return strchr("'\"`", last) && count % 2 == 1;
}

/* Without what closes the form that the words stand in. */
static struct slice without_end(struct slice words)
{
	while (words.size > 0 && is_left_over(words))
		words.size--;
	return words;
}

/* "Unauthorized; retrying 1/5 in 214ms", "Unauthorized, request id: 9992":
 * what a client adds. */
static struct slice without_notes(struct slice words)
{
	static const char *const notes[] = { "; retrying ", ", request id",
		", url: http", ", cf-ray" };

	for (size_t at = 0; at < words.size; at++)
		for (size_t i = 0; i < ARRAY_SIZE(notes); i++)
			if (slice_has_at_ignoring_case(words, at, notes[i]))
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
	bool letter =
		text_is_letter(*words.at) || (unsigned char)*words.at >= 0x80;

	for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
		if (begins_with_value(words, flags[i]))
			return true;
	/* A colon leads to what comes, unless another stands before it. */
	return !letter || begins_with_setting(words) ||
		(last == ':' && slice_find(words, ':') == words.size - 1) ||
		last == '{' || last == '(' ||
		(listed && !memchr(words.at, ' ', words.size));
}

/* Somebody who tells what happened: "I", "my", 我, but not 我们. */
static bool is_of_person(struct slice words)
{
	static const char *const signs[] = { " i am ", " i have ", " i've ",
		" i tried ", " i get ", " my key ", " my api " };
	static const char me[] = "\xe6\x88\x91";
	static const char plural[] = "\xe4\xbb\xac";

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (slice_contains_ignoring_case(words, signs[i]))
			return true;
	for (size_t at = 0; at < words.size; at++)
		if (slice_has_at(words, at, me) &&
			!slice_has_at(words, at + strlen(me), plural))
			return true;
	return false;
}

/* Clients' own words around a status. */
static bool is_frame(const char *words)
{
	static const char *const frames[] = { "at settle (", "at async ",
		"at new ", "Client Error", "Server Error",
		"No response body available", "Unknown error", "POST http",
		"GET http", "http://", "https://", "retrying ", "switching ",
		"and response body", "Invalid response body", "no body" };

	if (strstr(words, "status code (no body)"))
		return true;

	for (size_t i = 0; i < ARRAY_SIZE(frames); i++)
		if (text_starts_with(words, frames[i]))
			return true;
	return false;
}

/* And no apostrophe, as "doesn't" has it, nor \" inside of another. */
static bool is_quote(struct slice line, size_t at)
{
	if (line.at[at] == '"')
		return true;
	return line.at[at] == '\'' &&
		!(at > 0 && at + 1 < line.size &&
			text_is_letter(line.at[at - 1]) &&
			text_is_letter(line.at[at + 1])) &&
		!(at > 1 && line.at[at - 1] == '\\' &&
			text_is_letter(line.at[at - 2]));
}

/* "invalid character '<' looking for": it ends a quote within the sentence. */
static bool ends_sign(struct slice line, size_t at)
{
	return at > 1 && line.at[at - 2] == line.at[at] &&
		!text_is_alphanumeric(line.at[at - 1]);
}

/* Where the sentence begins in which the saying stands: behind a quote, or what
 * leads to an error's words. */
static size_t sentence_start(struct slice line, size_t place)
{
	static const char *const leads[] = { "rror: ", "xception: ", "rror]: ",
		"xception - ", "message: ", "essage ", " - ", "] ",
		"failed: ", "\xef\xbc\x9a", "\xe2\x8e\xbf " };

	for (size_t at = place; at > 0; at--) {
		if (is_quote(line, at - 1)) {
			if (!ends_sign(line, at - 1))
				return at;
			at -= 2;
			continue;
		}
		for (size_t i = 0; i < ARRAY_SIZE(leads); i++) {
			size_t length = strlen(leads[i]);

			if (at >= length &&
				slice_has_at_ignoring_case(
					line, at - length, leads[i]))
				return at;
		}
	}
	return 0;
}

/* "no channel for the model %s": what a source has, and nobody got. */
static bool is_template(struct slice words)
{
	static const char *const signs[] = { " %s ", " %d ", "{0}", "${", "{}",
		"{model}" };

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		if (slice_contains(words, signs[i]))
			return true;
	return false;
}

/* The sentence of a saying of that rank; false where the line has none. */
static bool say_known(
	struct collector *collector, struct slice line, enum saying_rank rank)
{
	size_t place;
	const struct saying *saying =
		saying_find(line.at, line.size, rank, &place);

	if (!saying)
		return false;
	size_t behind = place + strlen(saying->words);
	if (telling_is_general(line, place, behind) ||
		telling_has_consequence(line, behind)) {
		collector->general = true;
		return false;
	}
	size_t start = sentence_start(line, place);
	struct slice sentence = slice_from(line, start);
	doubt_claim(collector, saying->means);
	if (is_of_person(sentence) || is_template(sentence))
		return false;
	char before = start > 0 ? line.at[start - 1] : ' ';

	for (size_t end = 0; strchr("\"'", before) && end < sentence.size;
		end++)
		if (sentence.at[end] == before && is_quote(sentence, end))
			sentence = slice_first(sentence, end);
	bool listed;
	skip_punctuation(&sentence, &listed);
	sentence = without_end(sentence);
	collector_said(collector, SAID_KNOWN, sentence.at, sentence.size);
	return true;
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
	skip_punctuation(words, &listed);
}

/* "400错误：余额不足": the word for an error. */
static void skip_error_word(struct slice *words)
{
	static const char *const names[] = { "\xe9\x94\x99\xe8\xaf\xaf",
		"\xe6\x8a\xa5\xe9\x94\x99" };
	bool listed;

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!slice_begins(*words, names[i]))
			continue;
		*words = slice_from(*words, strlen(names[i]));
		skip_punctuation(words, &listed);
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
	skip_punctuation(words, &listed);
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

	skip_punctuation(&words, &listed);
	skip_same_status(&words, answer->status);
	skip_error_word(&words);
	skip_own_code(&words);
	if (words.size > 0)
		skip_reason(&words);
	words = without_end(without_notes(words));
	if (words.size == 0 || is_no_sentence(words, listed) ||
		is_of_person(words) || is_success(answer->status))
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
	if (!say_known(collector, words, SAYING_INSIDE))
		collector_said(collector, SAID_BESIDE, words.at, words.size);
}

/* Longer are no names of classes. */
#define NAME_MOST ((size_t)80)

/* Of an API's client, by its name, which ends there. */
static bool is_api_error(const char *end, size_t before)
{
	static const char *const parts[] = { "api", "ai_", "http", "openai",
		"anthropic", "llm", "provider", "upstream" };
	size_t size = before < NAME_MOST ? before : NAME_MOST;
	struct slice name = { end - size, size };

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		if (slice_contains_ignoring_case(name, parts[i]))
			return true;
	return false;
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

bool said_known(struct collector *collector, const char *line, size_t size)
{
	if (size > LINE_LIMIT)
		size = LINE_LIMIT;
	return size >= SHORTEST &&
		say_known(
			collector, (struct slice){ line, size }, SAYING_ALONE);
}

bool said_by_browser(struct collector *collector, const char *line, size_t size)
{
	struct slice words = { line, size < LINE_LIMIT ? size : LINE_LIMIT };
	size_t place;

	/* Most lines are known by their letters to be of none. */
	if (!slice_contains_ignoring_case(words, "cors") &&
		!slice_contains_ignoring_case(words, "origin"))
		return false;
	const struct saying *saying =
		saying_find(words.at, words.size, SAYING_ALONE, &place);
	if (!saying || saying->means != SAYS_BROWSER)
		return false;
	doubt_claim(collector, saying->means);
	return true;
}
