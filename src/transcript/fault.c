/* SPDX-License-Identifier: MIT */
#include "transcript/fault_internal.h"

#include "base/attributes.h"
#include "base/slice.h"
#include "base/text.h"

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
		text_is_letter(found[length + 1]);
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

/* "errorCodes: ['ENOTFOUND', 'EAI_AGAIN']": an element of a list is a setting,
 * and nothing that was met. */
static bool is_listed(const char *text, const char *found, const char *words)
{
	const char *quote = found - 1;

	if (found == text || !strchr("'\"", *quote) || strchr(words, ' ') ||
		found[strlen(words)] != *quote)
		return false;
	while (quote > text && strchr(" \n", quote[-1]))
		quote--;
	return quote == text || strchr(",[", quote[-1]);
}

/* Where the words are told; NULL: nowhere. */
static const char *find_told(const char *text, const char *words)
{
	const char *found = strstr(text, words);

	while (found &&
		(is_own_words(found) || is_within_name(text, found, words) ||
			is_listed(text, found, words)))
		found = strstr(found + 1, words);
	return found;
}

/* Words that everybody uses, where nothing stands beside them. */
static enum http_fault fault_alone(struct slice line)
{
	static const struct {
		const char *words;
		enum http_fault fault;
	} whole[] = {
		{ "load failed", HTTP_FAULT_CONNECT },     /* Safari */
		{ "terminated", HTTP_FAULT_CUT_OFF },      /* undici */
		{ "aborted", HTTP_FAULT_CUT_OFF },         /* Node */
		{ "timeout", HTTP_FAULT_SLOW_START },      /* Cohere's */
		{ "read timeout", HTTP_FAULT_SLOW_START }, /* needle */
	};

	line = slice_trimmed(line);
	if (line.size > 2 && *line.at == '"' && line.at[line.size - 1] == '"')
		line = slice_first(slice_from(line, 1), line.size - 2);
	for (size_t i = 0; i < ARRAY_SIZE(whole); i++)
		if (slice_is(line, whole[i].words))
			return whole[i].fault;
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
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		const char *found = find_told(lower, faults[i].words);

		if (!found)
			continue;
		*vague = faults[i].vague;
		*end = (size_t)(found - lower) + strlen(faults[i].words);
		return faults[i].fault;
	}
	const char *unreached_at = find_unreached(lower);
	if (unreached_at)
		*end = (size_t)(unreached_at - lower);
	if (unreached_at || is_met(lower) ||
		slice_ends((struct slice){ lower, size }, "connection error")) {
		*vague = true;
		return HTTP_FAULT_CONNECT;
	}
	return HTTP_FAULT_NONE;
}
