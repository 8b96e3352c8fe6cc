/* SPDX-License-Identifier: MIT */
#include "wording/phrases.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "wording/address.h"
#include "wording/phrases_internal.h"
#include "wording/sayings_internal.h"

#include <stdint.h>
#include <string.h>

/* So far from a thing may stand what is said of it: names stand between. */
#define BEHIND_MOST ((size_t)56)
#define BEFORE_MOST ((size_t)28)

/* A word of letters does not begin inside of another. */
static bool begins_word(struct slice text, size_t at)
{
	return at == 0 || !text_is_letter(text.at[at]) ||
		!text_is_letter(text.at[at - 1]) ||
		(text_is_upper(text.at[at]) && text_is_lower(text.at[at - 1]));
}

/* How much of the text at `at` one of the choice is; 0: none is. */
static size_t match_at(struct slice text, size_t at, const char *choice)
{
	struct slice rest = slice_of(choice ? choice : "");
	struct slice tail = slice_from(text, at);
	struct slice word;

	if (!begins_word(text, at) || address_has(text.at, at))
		return 0;
	while (slice_take_item(&rest, &word)) {
		size_t used =
			saying_match(tail.at, tail.size, word.at, word.size);

		if (used > 0)
			return used;
	}
	return 0;
}

/* Where the sentence, or in Chinese the clause, ends that goes on at `at`. */
static size_t sentence_end(struct slice text, size_t at)
{
	for (; at < text.size; at++) {
		bool last = at + 1 == text.size || text.at[at + 1] == ' ';

		if ((strchr(".!?", text.at[at]) && last) ||
			strchr(";\n", text.at[at]) ||
			slice_has_at(text, at, "Error: ") ||
			slice_has_at(text, at, "。") ||
			slice_has_at(text, at, "，") ||
			slice_has_at(text, at, "；"))
			break;
	}
	return at;
}

static bool said_in(
	struct slice text, size_t start, size_t end, const char *choice)
{
	struct slice part = slice_first(text, end);

	for (size_t at = start; at < end; at++)
		if (match_at(part, at, choice) > 0)
			return true;
	return false;
}

/* In the sentence that begins at `start`. */
static bool is_said_of(const struct phrase *phrase, struct slice text,
	size_t start, size_t thing, size_t behind)
{
	size_t end = sentence_end(text, behind);
	size_t first =
		thing - start > BEFORE_MOST ? thing - BEFORE_MOST : start;

	if (!phrase->behind && !phrase->before)
		return true;
	if (end - behind > BEHIND_MOST)
		end = behind + BEHIND_MOST;
	return said_in(text, behind, end, phrase->behind) ||
		said_in(text, first, thing, phrase->before);
}

static bool says(const struct phrase *phrase, struct slice text)
{
	size_t start = 0;
	size_t end = sentence_end(text, start);

	for (size_t at = 0; at < text.size; at++) {
		size_t used = match_at(text, at, phrase->things);

		if (end < at) {
			start = at;
			end = sentence_end(text, start);
		}
		if (used > 0 && is_said_of(phrase, text, start, at, at + used))
			return !said_in(text, 0, text.size, phrase->unless);
	}
	return false;
}

#define BIT(means) (UINT64_C(1) << (means))

_Static_assert(SAYING_COUNT <= 64, "one bit each");

/* Of two that are said, the one that says more. */
static const struct {
	enum saying_means less;
	enum saying_means more;
} pairs[] = {
	{ SAYS_LIMIT, SAYS_QUOTA },
	{ SAYS_LIMIT, SAYS_RATE },
	{ SAYS_KEY_REFUSED, SAYS_KEY_WRONG },
	{ SAYS_KEY_REFUSED, SAYS_NO_KEY },
	{ SAYS_BUSY, SAYS_RATE },
	{ SAYS_RATE, SAYS_QUOTA },
	{ SAYS_PARAMETER, SAYS_TOO_LONG },
	{ SAYS_RATE, SAYS_TOO_LONG },
	{ SAYS_PARAMETER, SAYS_CONTENT },
	{ SAYS_BUSY, SAYS_SLOW },
	{ SAYS_UNREACHED, SAYS_SLOW },
};

static uint64_t without_less(uint64_t said)
{
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		if (said & BIT(pairs[i].more))
			said &= ~BIT(pairs[i].less);
	/* "invalid or missing" */
	if (said == (BIT(SAYS_KEY_WRONG) | BIT(SAYS_NO_KEY)))
		said = BIT(SAYS_KEY_REFUSED);
	return said;
}

bool phrases_read(const char *text, size_t size, enum saying_means *means)
{
	struct slice words = { text, size };
	uint64_t said = 0;

	for (size_t i = 0; i < phrases_count; i++)
		if (says(&phrases_table[i], words))
			said |= BIT(phrases_table[i].means);
	said = without_less(said);
	for (int i = 0; i < SAYING_COUNT; i++) {
		*means = (enum saying_means)i;
		if (said == BIT(i))
			return true;
	}
	return false;
}
