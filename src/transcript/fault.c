/* SPDX-License-Identifier: MIT */
#include "transcript/fault_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"
#include "wording/ending.h"

#include <string.h>

#define FETCH "failed to fetch"

/* LiteLLM gives this name to whatever it does not know. */
#define CONNECTION_CLASS "apiconnectionerror"

static const struct {
	const char *words; /* in lower case */
	enum http_fault fault;
	bool vague;
} faults[] = {
#define EXACT(fault, words)                                                    \
	{                                                                      \
		words, HTTP_FAULT_##fault, false                               \
	}
#define ROUGH(fault, words)                                                    \
	{                                                                      \
		words, HTTP_FAULT_##fault, true                                \
	}
#include "transcript/faults.def"
#undef EXACT
#undef ROUGH
};

static const struct {
	enum http_fault fault;
	const char *what;
	const char *happened;
} pairs[] = {
#define PAIR(fault, what, happened)                                            \
	{                                                                      \
		HTTP_FAULT_##fault, what, happened                             \
	}
#include "transcript/fault_pairs.def"
#undef PAIR
};

/* What a program could not do, and with what: the two words of any program's
 * sentence that no connection came about. */
static const char *const unreached[] = { "unable to connect to ",
	"failed to connect to ", "could not connect to ",
	"couldn't connect to ", "cannot connect to ", "can't connect to ",
	"can't reach ", "cannot reach ", "could not reach ", "couldn't reach ",
	"unable to reach ", "failed to reach ", "无法连接" };
static const char *const apis[] = { "api", "provider", "llm", "model server",
	"anthropic", "claude", "gemini", "gateway", "upstream", "endpoint",
	"remote host", "openrouter", "deepseek", "ollama", "openai", "服务" };
#define NEAR ((size_t)40)

/* Behind the words for what could not be done; NULL: none are there. */
static const char *find_unreached(const char *lower)
{
	for (size_t i = 0; i < ARRAY_SIZE(unreached); i++) {
		const char *found = strstr(lower, unreached[i]);

		if (!found)
			continue;
		found += strlen(unreached[i]);
		struct slice what = { found, strcspn(found, ".:;\n") };
		/* It names where. */
		if (slice_ends(what, " at http") ||
			slice_ends(what, " at https"))
			return found;
		if (slice_fits_any(slice_first(what, NEAR), slice_contains,
			    apis, ARRAY_SIZE(apis)))
			return found;
	}
	return NULL;
}

/* "it always shows a connection error": somebody tells that they met one. */
static bool is_met(const char *lower)
{
	static const char words[] = "connection error";
	static const char *const articles[] = { "a ", "the ", "this ", "" };
	const char *found = strstr(lower, words);

	for (size_t i = 0; found && i < ARRAY_SIZE(articles); i++) {
		struct slice before = { lower, (size_t)(found - lower) };

		if (!slice_ends(before, articles[i]))
			continue;
		before.size -= strlen(articles[i]);
		return slice_fits_any(before, slice_ends,
			WORDS(" get ", " gets ", "getting ", " got ", " give ",
				" gives ", " show ", " shows ", " see ",
				" throws ", " reports ", " receive ",
				" received "));
	}
	return false;
}

/* "Failed to fetch model data: ...": a program's own words; or, behind the
 * class's name, words that are of no connection. */
static bool is_own_words(const char *found)
{
	static const char behind[] = CONNECTION_CLASS ": ";
	size_t length = strlen(FETCH);

	if (text_starts_with(found, behind))
		return !strstr(found + strlen(behind), "connect");
	return text_starts_with(found, FETCH) && found[length] == ' ' &&
		text_is_letter(found[length + 1]) &&
		!text_starts_with(found + length, " when ");
}

/* OpenAIProxyErrorDetails is no ProxyError, ResourceNotFoundException no
 * ENOTFOUND. */
static bool is_within_name(
	const char *text, const char *found, const char *words)
{
	size_t length = strlen(words);

	if (found > text && text_is_letter(found[-1]) &&
		slice_is(slice_of(words), "enotfound"))
		return true;

	return text_ends_with(words, "error") && !strchr(words, ' ') &&
		text_is_letter(found[length]);
}

/* Where the words are told; NULL: nowhere. */
static const char *find_told(const char *text, const char *words)
{
	const char *found = strstr(text, words);

	while (found &&
		(is_own_words(found) || is_within_name(text, found, words)))
		found = strstr(found + 1, words);
	return found;
}

/* Words that everybody uses, where they are the whole message. */
static enum http_fault fault_alone(struct slice line)
{
	static const struct {
		const char *words;
		enum http_fault fault;
	} whole[] = {
		{ "load failed", HTTP_FAULT_CONNECT },        /* Safari */
		{ "responsetimeout", HTTP_FAULT_SLOW_START }, /* Haskell */
		{ "terminated", HTTP_FAULT_CUT_OFF },         /* undici */
		{ "aborted", HTTP_FAULT_CUT_OFF },            /* Node */
		{ "timeout", HTTP_FAULT_SLOW_START },         /* Cohere's */
		{ "read timeout", HTTP_FAULT_SLOW_START },    /* needle */
		{ "unexpected eof", HTTP_FAULT_CUT_OFF },     /* Go */
	};

	line = ending_trimmed(slice_trimmed(line));
	line = slice_from(line, slice_begins(line, "\""));
	for (size_t i = 0; i < ARRAY_SIZE(whole); i++) {
		size_t length = strlen(whole[i].words);

		if (slice_ends(line, whole[i].words) &&
			ending_begins(line, line.size - length))
			return whole[i].fault;
	}
	return HTTP_FAULT_NONE;
}

/* The first row of that kind whose words are there, or ARRAY_SIZE(faults). */
static size_t find_row(const char *lower, bool vague, const char **found)
{
	size_t row = 0;

	for (; row < ARRAY_SIZE(faults); row++) {
		*found = faults[row].vague == vague
			? find_told(lower, faults[row].words)
			: NULL;
		if (*found)
			break;
	}
	return row;
}

/* So near to each other two words are of one thing. */
#define APART ((size_t)48)
/* Shorter lines may be all that a program said. */
#define BARE_MOST ((size_t)60)

static bool is_near(struct slice line, const char *what, const char *happened)
{
	for (size_t at = 0; at < line.size; at++) {
		if (!slice_has_at(line, at, what))
			continue;
		size_t start = at > APART ? at - APART : 0;
		size_t end = at + strlen(what) + APART;

		if (slice_contains(slice_from(slice_first(line, end), start),
			    happened))
			return true;
	}
	return false;
}

/* By two words of a line that complains, or that says nothing else. That a
 * connection is closed, logs say of every one. */
static enum http_fault find_pair(struct slice line)
{
	const bool complains = slice_fits_any(line, slice_contains,
		WORDS("error", "fail", "exception", "fatal", "unable",
			"could not", "cannot", "can't"));
	const bool bare = line.size <= BARE_MOST &&
		line.size == strcspn(line.at, "=:{\"");

	for (size_t i = 0; (complains || bare) && i < ARRAY_SIZE(pairs); i++)
		if ((complains || pairs[i].fault != HTTP_FAULT_CLOSED) &&
			is_near(line, pairs[i].what, pairs[i].happened))
			return pairs[i].fault;
	return HTTP_FAULT_NONE;
}

/* Longer lines are bodies, not messages. */
#define LINE_LIMIT 2048

enum http_fault transcript_fault(
	const char *line, size_t size, bool *vague, size_t *end)
{
	char lower[LINE_LIMIT + 1];

	size = slice_lower((struct slice){ line, size }, lower, sizeof(lower));
	*vague = false;
	*end = size;
	enum http_fault alone = fault_alone((struct slice){ lower, size });
	if (alone != HTTP_FAULT_NONE) {
		*vague = alone == HTTP_FAULT_CONNECT;
		return alone;
	}
	const char *found;
	size_t row = find_row(lower, false, &found);
	if (row == ARRAY_SIZE(faults))
		row = find_row(lower, true, &found);
	if (row < ARRAY_SIZE(faults)) {
		*vague = faults[row].vague;
		*end = (size_t)(found - lower) + strlen(faults[row].words);
		return faults[row].fault;
	}
	const char *unreached_at = find_unreached(lower);
	if (unreached_at)
		*end = (size_t)(unreached_at - lower);
	if (unreached_at || is_met(lower) ||
		slice_ends((struct slice){ lower, size }, "connection error")) {
		*vague = true;
		return HTTP_FAULT_CONNECT;
	}
	enum http_fault told = find_pair((struct slice){ lower, size });
	*vague = told != HTTP_FAULT_NONE;
	return told;
}
