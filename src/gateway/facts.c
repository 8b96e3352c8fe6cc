/* SPDX-License-Identifier: MIT */
#include "gateway/attempt_internal.h"

#include "base/attributes.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "catalogue/key_prefix.h"

#include <string.h>

#define PROVIDERS (SPEAKER_PROVIDER | SPEAKER_PLATFORM)

const char *fact_words(enum fact fact)
{
	static const char *const words[] = {
#define X(constant, clause) [constant] = (clause),
		FACTS(X)
#undef X
	};

	return words[fact];
}

/*
 * What providers say, by the words that they keep stable: types and codes where
 * there is a choice, else the part of the sentence that was seen by several.
 * The numbers: 1113 is Zhipu's, 1008 MiniMax's.
 */
static const struct {
	enum fact fact;
	const char *words[20];
} classes[] = {
	{ FACT_SAYS_QUOTA,
		{ "insufficient_quota", "insufficient balance",
			"insufficient account balance",
			"credit balance is too low", "insufficient_balance",
			"\n1113\n", "\n1008\n" } },
	{ FACT_SAYS_RATE,
		{ "resource_exhausted", "rate limit", "rate_limit" } },
	{ FACT_SAYS_CONTENT,
		{ "content_filter", "data_inspection_failed", "content_policy",
			"content filtering" } },
	{ FACT_SAYS_DOUBLED,
		{ "/v1/v1/", "/v1/v1beta/", "/v4/v4/", "/v1beta/v1beta/",
			"/v3/v3/", "/v2/v2/" } },
	{ FACT_SAYS_NO_KEY,
		{ "didn't provide an api key", "x-api-key header is required",
			"unregistered callers", "missing api key", "no api key",
			"auth header format should be",
			"missing authentication token",
			"missing authorization header",
			"no auth credentials" } },
	{ FACT_SAYS_KEY_WRONG,
		{ "api_key_invalid", "api key not valid", "api key not found",
			"invalid_api_key", "invalid api key",
			"api key is invalid", "invalid x-api-key", "login fail",
			"invalid user", "incorrect api key",
			"invalid_authentication", "invalid_key",
			"authentication_error", "authentication fails",
			"expired", "invalid token", "invalid_token",
			"invalid subscription key" } },
	{ FACT_SAYS_MODEL,
		{ "model_not_found", "model not exist", "not supported model",
			"model does not exist", "unknown model",
			"is not found for api version",
			"model: ", "model not found", "no such model",
			"invalid model", "deploymentnotfound",
			"model identifier is invalid", "模型不存在" } },
	{ FACT_SAYS_PARAMETER,
		{ "unsupported_parameter", "unsupported parameter",
			"unknown_parameter", "unrecognized request argument",
			"unsupported_value" } },
	{ FACT_SAYS_BUDGET,
		{ "model output limit was reached", "higher max_tokens",
			"max_tokens or model output" } },
};

/* "max_tokens is too small, must be at least 32". */
static bool wants_larger_budget(const struct reading *reading)
{
	static const char *const small[] = { "too small", "at least",
		"below the minimum", "below minimum", "greater than",
		"must be more than", NULL };

	return reading_has(reading, "token") &&
		reading_has_word(reading, small);
}

static facts words_said(const struct reading *reading)
{
	facts said = 0;

	for (size_t i = 0; i < ARRAY_SIZE(classes); i++)
		if (reading_has_word(reading, classes[i].words))
			said |= FACT(classes[i].fact);
	if (wants_larger_budget(reading))
		said |= FACT(FACT_SAYS_BUDGET);
	return said;
}

/* "****7c9e": the provider shows the end of the key that it got. */
static bool shows_end_of_token(
	const struct attempt *attempt, const struct reading *reading)
{
	size_t token = strlen(attempt->token);
	size_t key = strlen(attempt->key);
	const char *star = reading->words;

	if (token < 12 || key < 4 ||
		text_ends_with(attempt->key, attempt->token + token - 4))
		return false;
	while ((star = strstr(star, "**"))) {
		star += strspn(star, "*");
		if (strncmp(star, attempt->token + token - 4, 4) == 0)
			return true;
	}
	return false;
}

/* By status, or in words. Plain text may be anybody's, unless it came through
 * the gateway or from the very host that was named. */
static bool refuses_key(const struct attempt *attempt,
	const struct reading *reading, facts known)
{
	bool its_own = (reading->speaker & PROVIDERS) ||
		(reading->speaker == SPEAKER_TEXT &&
			(attempt->result->direct ||
				facts_have(known, FACT_THROUGH_GATEWAY)));

	return its_own &&
		(reading->status == 401 || reading->status == 403 ||
			facts_have(known, FACT_SAYS_KEY_WRONG));
}

facts facts_of_answer(
	const struct attempt *attempt, const struct reading *reading)
{
	facts known = reading->facts | words_said(reading);

	if (refuses_key(attempt, reading, known))
		known |= FACT(FACT_REFUSES_KEY);
	if (shows_end_of_token(attempt, reading))
		known |= FACT(FACT_SHOWS_TOKEN);
	/* Shorter ones are found in ordinary words. */
	if (strlen(attempt->model) > 2 && reading_has(reading, attempt->model))
		known |= FACT(FACT_NAMES_MODEL);
	return known;
}

static bool has_prefix(const char *value, const char *const *prefixes)
{
	for (; prefixes && *prefixes; prefixes++)
		if (text_starts_with(value, *prefixes))
			return true;
	return false;
}

static bool like_token(const char *value)
{
	const struct key_prefix *prefix = key_prefix_find(value, strlen(value));

	return prefix &&
		(prefix->issuer == ISSUER_CLOUDFLARE ||
			prefix->issuer == ISSUER_CLOUDFLARE_LOGIN);
}

static facts facts_of_values(const struct attempt *attempt)
{
	const struct provider *entry = attempt->route->entry;
	facts known = 0;

	known |= *attempt->token && !attempt->result->direct
		? FACT(FACT_TOKEN_SENT)
		: FACT(FACT_NO_TOKEN);
	known |= *attempt->key ? FACT(FACT_KEY_SENT) : FACT(FACT_NO_KEY);
	if (like_token(attempt->token))
		known |= FACT(FACT_TOKEN_LIKE_TOKEN);
	/* workers-ai: its key is a Cloudflare token, in compat, too. */
	if (like_token(attempt->key) &&
		!text_equal(attempt->route->provider, "compat") &&
		!(entry && has_prefix(attempt->key, entry->key_prefixes)))
		known |= FACT(FACT_KEY_LIKE_TOKEN);
	if (*attempt->key && text_equal(attempt->key, attempt->token))
		known |= FACT(FACT_SAME_VALUE);
	return known;
}

/* compat: the model is "provider/model". */
static facts facts_of_model(const struct attempt *attempt)
{
	const struct catalogue *catalogue = attempt->profile->catalogue;
	const char *slash = strchr(attempt->model, '/');
	size_t size = slash ? (size_t)(slash - attempt->model) : 0;

	if (size == 0)
		return FACT(FACT_NO_PREFIX);
	for (size_t i = 0; catalogue && i < catalogue_count(catalogue); i++) {
		const struct provider *entry = catalogue_at(catalogue, i);
		const char *prefix = entry->compat_prefix;

		/* Whether a custom one is there is the account's to say. */
		if (prefix && !entry->custom &&
			text_is(attempt->model, size, prefix))
			return FACT(FACT_PREFIX_KNOWN);
	}
	return 0;
}

facts facts_of_route(const struct attempt *attempt)
{
	static const facts credentials[] = {
		[CREDENTIAL_HEADER] = FACT(FACT_KEY_NEEDED),
		[CREDENTIAL_STORED] = FACT(FACT_STORED),
		[CREDENTIAL_UNIFIED] = FACT(FACT_UNIFIED),
	};
	const struct route *route = attempt->route;
	facts known = credentials[route->credential];

	if (attempt->result->direct)
		known |= FACT(FACT_DIRECT);
	if (text_equal(route->provider, "compat"))
		known |= FACT(FACT_COMPAT);
	if (text_starts_with(route->provider, CUSTOM_PREFIX))
		known |= FACT(FACT_CUSTOM);
	known |= base_version(attempt->base) ? FACT(FACT_HAS_VERSION)
					     : FACT(FACT_NO_VERSION);
	return known | facts_of_model(attempt);
}

facts facts_of_request(const struct attempt *attempt)
{
	return facts_of_route(attempt) | facts_of_values(attempt);
}
