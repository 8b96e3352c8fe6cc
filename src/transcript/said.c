/* SPDX-License-Identifier: MIT */
/* Words: which part of a line is what was answered. */
#include "transcript/said_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "transcript/doubt_internal.h"
#include "transcript/said_parts_internal.h"
#include "wording/telling.h"

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
void said_skip_signs(struct slice *words, bool *listed)
{
	static const char middle_dot[] = "·";

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
struct slice said_without_end(struct slice words)
{
	while (words.size > 0 && is_left_over(words))
		words.size--;
	return words;
}

/* "... when I am running the app": the error's words go on to there. */
static bool tells_when(struct slice words, size_t at)
{
	return slice_ends_ignoring_case(slice_first(words, at), " when");
}

/* Somebody who tells what happened: "I", "my", 我, but not 我们. */
bool said_by_person(struct slice words)
{
	static const char *const signs[] = { " i am ", " i have ", " i've ",
		" i tried ", " i get ", " i need ", " my key ", " my api " };

	for (size_t i = 0; i < ARRAY_SIZE(signs); i++)
		for (size_t at = 0; at < words.size; at++)
			if ((slice_has_at_ignoring_case(words, at, signs[i]) ||
				    (at == 0 &&
					    slice_begins_ignoring_case(
						    words, signs[i] + 1))) &&
				!tells_when(words, at))
				return true;
	return telling_has_me(words);
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

/* "invalid character '<' looking for": it ends a quote within the sentence; but
 * ":" between a name and its value does not. */
static bool ends_sign(struct slice line, size_t at)
{
	return at > 1 && line.at[at - 2] == line.at[at] &&
		!text_is_alphanumeric(line.at[at - 1]) &&
		!strchr(":,", line.at[at - 1]);
}

/* Where the sentence begins in which the saying stands: behind a quote, or what
 * leads to an error's words. */
static size_t sentence_start(struct slice line, size_t place)
{
	static const char *const leads[] = { "rror: ", "xception: ", "rror]: ",
		"message: ", "essage ", " - ", "] ", "failed: ", "：", "⎿ " };

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

bool said_is_template(struct slice words)
{
	return slice_fits_any(words, slice_contains,
		WORDS(" %s ", " %d ", "{0}", "${", "{}", "{model}"));
}

/* The sentence of a saying of that rank; false where the line has none. */
bool said_sentence(
	struct collector *collector, struct slice line, enum saying_rank rank)
{
	size_t place;
	const struct saying *saying =
		saying_find(line.at, line.size, rank, &place);

	if (!saying)
		return false;
	bool client = saying->rank == SAYING_CLIENT;
	/* An app guesses at causes in its own words. */
	struct slice told = client ? slice_first(line, place) : line;
	size_t behind = client ? place : place + strlen(saying->words);
	/* "(a token that expired, one of a kind, or an invalid key)" */
	if (slice_ends(slice_first(line, place), ", or ") ||
		telling_is_general(told, place, behind)) {
		collector->general = true;
		return false;
	}
	size_t start = sentence_start(line, place);
	struct slice sentence = slice_from(line, start);
	collector->shown |= !telling_is_spoken(line, place);
	doubt_claim(collector, saying->means);
	if (said_by_person(sentence) || said_is_template(sentence))
		return false;
	char before = start > 0 ? line.at[start - 1] : ' ';

	for (size_t end = 0; strchr("\"'", before) && end < sentence.size;
		end++)
		if (sentence.at[end] == before && is_quote(sentence, end))
			sentence = slice_first(sentence, end);
	bool listed;
	said_skip_signs(&sentence, &listed);
	sentence = said_without_end(sentence);
	struct told_answer *answer = &collector->current.answer;
	/* The path that a refusal repeats tells more than that nothing is
	 * there. */
	if (saying->means == SAYS_DOUBLED || saying->means == SAYS_ENDPOINT ||
		(answer->said_by_client && !client))
		answer->said_rank = SAID_NOTHING;
	answer->said_by_client = client && answer->said_rank != SAID_KNOWN;
	collector_said(collector, SAID_KNOWN, sentence.at, sentence.size);
	return true;
}

bool said_known(struct collector *collector, const char *line, size_t size)
{
	if (size > LINE_LIMIT)
		size = LINE_LIMIT;
	return size >= SHORTEST &&
		said_sentence(
			collector, (struct slice){ line, size }, SAYING_ALONE);
}

bool said_why(struct collector *collector, const char *line, size_t size)
{
	struct slice words = { line, size < LINE_LIMIT ? size : LINE_LIMIT };
	size_t place;
	const struct saying *saying =
		saying_find(words.at, words.size, SAYING_ALONE, &place);

	return saying && saying->means != SAYS_UNTOLD &&
		said_known(collector, line, size);
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
