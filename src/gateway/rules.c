/* SPDX-License-Identifier: MIT */
#include "gateway/conclude_internal.h"

#include "base/attributes.h"
#include "base/text.h"
#include "catalogue/catalogue.h"

#include <string.h>

#define WORDS(...) ((const char *const[]){ __VA_ARGS__, NULL })
#define ANY_PROVIDER (SPEAKER_PROVIDER | SPEAKER_PLATFORM)
#define NO_API (SPEAKER_PAGE | SPEAKER_TEXT | SPEAKER_JSON | SPEAKER_LIST)

/*
 * The evidence, top to bottom: the first row that fits is the cause. Codes are
 * AI Gateway's and Cloudflare's REST API's; words are those that providers keep
 * stable (types and codes, not sentences, where there is a choice).
 */
static const struct rule rules[] = {
	/* clang-format off */
	{ SPEAKER_COMPLETION, 200, 299, 0, NULL, NULL, DIAGNOSIS_OK, PLAN_NONE },

	/* The gateway's own errors. */
	{ SPEAKER_GATEWAY, 0, 0, 2009, NULL, NULL, DIAGNOSIS_GATEWAY_TOKEN_REJECTED, PLAN_TOKEN },
	{ SPEAKER_GATEWAY, 0, 0, 2001, NULL, NULL, DIAGNOSIS_GATEWAY_NOT_FOUND, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2008, NULL, NULL, DIAGNOSIS_PROVIDER_NOT_FOUND, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2019, NULL, NULL, DIAGNOSIS_MODEL_NOT_FOUND, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2003, NULL, NULL, DIAGNOSIS_RATE_LIMITED, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2021, WORDS("rate limit"), NULL, DIAGNOSIS_RATE_LIMITED, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2021, WORDS("invalid user credentials"), NULL, DIAGNOSIS_GATEWAY_ERROR, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2021, WORDS("insufficient balance"), NULL, DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2021, NULL, NULL, DIAGNOSIS_PROVIDER_KEY_MISSING, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2040, NULL, NULL, DIAGNOSIS_PROVIDER_KEY_MISSING, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2041, NULL, NULL, DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2045, NULL, NULL, DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2049, NULL, NULL, DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2016, NULL, NULL, DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2017, NULL, NULL, DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2029, NULL, NULL, DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2030, NULL, NULL, DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 2005, NULL, NULL, DIAGNOSIS_PROVIDER_ERROR, PLAN_DIRECT },
	{ SPEAKER_GATEWAY, 0, 0, 2006, NULL, NULL, DIAGNOSIS_PROVIDER_ERROR, PLAN_DIRECT },
	{ SPEAKER_GATEWAY, 429, 429, 0, NULL, NULL, DIAGNOSIS_RATE_LIMITED, PLAN_NONE },
	{ SPEAKER_GATEWAY, 0, 0, 0, NULL, NULL, DIAGNOSIS_GATEWAY_ERROR, PLAN_NONE },

	/* Cloudflare's REST API, behind workers-ai: the key is one of its tokens. */
	{ SPEAKER_PLATFORM, 0, 0, 10000, NULL, NULL, DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_NONE },
	{ SPEAKER_PLATFORM, 0, 0, 5007, NULL, NULL, DIAGNOSIS_MODEL_NOT_FOUND, PLAN_NONE },
	{ SPEAKER_PLATFORM, 0, 0, 7003, WORDS("model not found"), NULL, DIAGNOSIS_MODEL_NOT_FOUND, PLAN_NONE },
	{ SPEAKER_PLATFORM, 0, 0, 3036, NULL, NULL, DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },

	/* Elsewhere. */
	{ SPEAKER_NOBODY | SPEAKER_PROVIDER | SPEAKER_PLATFORM | NO_API, 300, 399, 0, NULL, NULL, DIAGNOSIS_REDIRECTED, PLAN_NONE },

	/* The provider's errors, by words first: some hide them behind 200. */
	{ ANY_PROVIDER, 400, 499, 0, WORDS("no matching spend", "spend-limit enforcement"), NULL, DIAGNOSIS_GATEWAY_ERROR, PLAN_NONE },
	{ ANY_PROVIDER, 0, 0, 0, WORDS("insufficient_quota", "insufficient balance", "insufficient account balance",
		"credit balance is too low", "\n1113", "\n1008\n", "insufficient_balance"), NULL, DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ ANY_PROVIDER, 402, 402, 0, NULL, NULL, DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ ANY_PROVIDER, 429, 429, 0, WORDS("RESOURCE_EXHAUSTED", "rate limit", "rate_limit"), NULL, DIAGNOSIS_RATE_LIMITED, PLAN_NONE },
	{ ANY_PROVIDER, 429, 429, 0, WORDS("quota"), NULL, DIAGNOSIS_QUOTA_EXHAUSTED, PLAN_NONE },
	{ ANY_PROVIDER, 429, 429, 0, NULL, NULL, DIAGNOSIS_RATE_LIMITED, PLAN_NONE },
	{ ANY_PROVIDER, 421, 421, 0, NULL, NULL, DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ ANY_PROVIDER, 0, 0, 0, WORDS("content_filter", "data_inspection_failed", "content_policy"), NULL, DIAGNOSIS_BLOCKED_BY_POLICY, PLAN_NONE },
	{ ANY_PROVIDER, 0, 0, 0, WORDS("/v1/v1/", "/v1/v1beta/", "/v4/v4/", "/v1beta/v1beta/"), NULL, DIAGNOSIS_BASE_URL_DOUBLED_VERSION, PLAN_NONE },
	{ ANY_PROVIDER, 0, 0, 0, WORDS("didn't provide an API key", "x-api-key header is required", "unregistered callers",
		"missing api key", "no api key", "auth header format should be"), NULL, DIAGNOSIS_PROVIDER_KEY_MISSING, PLAN_NONE },
	{ ANY_PROVIDER, 0, 0, 0, WORDS("API_KEY_INVALID", "api key not valid", "API Key not found", "invalid_api_key",
		"invalid api key", "api key is invalid", "invalid x-api-key", "login fail", "invalid user"),
		NULL, DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ ANY_PROVIDER, 401, 401, 0, NULL, NULL, DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ ANY_PROVIDER, 403, 403, 0, NULL, NULL, DIAGNOSIS_PROVIDER_KEY_REJECTED, PLAN_KEY },
	{ ANY_PROVIDER, 0, 0, 0, WORDS("model_not_found", "model not exist", "not supported model", "model does not exist",
		"unknown model", "is not found for API version", "model: ", "model not found", "no such model", "invalid model",
		"\xe6\xa8\xa1\xe5\x9e\x8b\xe4\xb8\x8d\xe5\xad\x98\xe5\x9c\xa8"), NULL, DIAGNOSIS_MODEL_NOT_FOUND, PLAN_NONE },
	/* A budget that is too small, or a parameter that this model does not
	 * take: token, key, path and model have passed. */
	{ ANY_PROVIDER, 400, 400, 0, WORDS("model output limit was reached", "higher max_tokens", "too small", "at least",
		"below the minimum", "below minimum", "greater than", "must be more than"), "token", DIAGNOSIS_OK, PLAN_NONE },
	{ ANY_PROVIDER, 400, 400, 0, WORDS("unsupported_parameter", "unsupported parameter", "unknown_parameter",
		"unrecognized request argument"), NULL, DIAGNOSIS_OK, PLAN_NONE },
	{ ANY_PROVIDER, 404, 405, 0, NULL, NULL, DIAGNOSIS_BASE_URL_WRONG_PATH, PLAN_PATH },
	{ ANY_PROVIDER, 500, 599, 0, NULL, NULL, DIAGNOSIS_PROVIDER_ERROR, PLAN_DIRECT },
	{ ANY_PROVIDER, 400, 499, 0, NULL, NULL, DIAGNOSIS_PROVIDER_ERROR, PLAN_MODEL },
	{ ANY_PROVIDER, 0, 0, 0, NULL, NULL, DIAGNOSIS_PROVIDER_ERROR, PLAN_NONE },

	/* Pages and text: no API spoke, or not at this path. */
	{ SPEAKER_PAGE | SPEAKER_TEXT, 401, 401, 0, NULL, NULL, DIAGNOSIS_NOT_AN_API, PLAN_PATH },
	{ SPEAKER_PAGE | SPEAKER_TEXT, 404, 405, 0, NULL, NULL, DIAGNOSIS_BASE_URL_WRONG_PATH, PLAN_PATH },
	{ SPEAKER_PAGE | SPEAKER_TEXT, 429, 429, 0, NULL, NULL, DIAGNOSIS_RATE_LIMITED, PLAN_NONE },
	{ SPEAKER_PAGE | SPEAKER_TEXT, 520, 527, 0, NULL, NULL, DIAGNOSIS_GATEWAY_ERROR, PLAN_NONE },
	{ SPEAKER_PAGE | SPEAKER_TEXT, 500, 599, 0, NULL, NULL, DIAGNOSIS_GATEWAY_ERROR, PLAN_NONE },
	{ NO_API, 0, 0, 0, NULL, NULL, DIAGNOSIS_NOT_AN_API, PLAN_NONE },
	{ SPEAKER_NOBODY, 0, 0, 0, NULL, NULL, DIAGNOSIS_NOT_AN_API, PLAN_NONE },
	/* clang-format on */
};

static const struct rule unheard = { .cause = DIAGNOSIS_NOT_AN_API };

/* Where no whole answer came. */
static const struct rule transport[] = {
	[HTTP_DNS_FAILED] = { .cause = DIAGNOSIS_DNS_FAILED },
	[HTTP_CONNECT_FAILED] = { .cause = DIAGNOSIS_CONNECT_FAILED },
	[HTTP_TLS_FAILED] = { .cause = DIAGNOSIS_TLS_FAILED },
	[HTTP_TIMED_OUT] = { .cause = DIAGNOSIS_TIMED_OUT },
};

static bool fits(const struct rule *rule, const struct reading *reading)
{
	if (!(rule->speakers & reading->speaker))
		return false;
	if (rule->most > 0 &&
		(reading->status < rule->least || reading->status > rule->most))
		return false;
	if (rule->code != 0 && rule->code != reading->code)
		return false;
	if (rule->any && !reading_has_word(reading, rule->any))
		return false;
	return !rule->also || reading_has(reading, rule->also);
}

const struct rule *rule_find(const struct reading *reading)
{
	if (reading->outcome >= HTTP_DNS_FAILED)
		return &transport[reading->outcome];
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++)
		if (fits(&rules[i], reading))
			return &rules[i];
	return &unheard;
}

bool looks_like_token(const struct attempt *attempt, const char *value)
{
	static const char *const token_prefixes[] = { "cfut_", "cfat_",
		"cfk_" };
	const struct provider *entry = attempt->route->entry;
	const char *const *own = entry ? entry->key_prefixes : NULL;

	/* workers-ai: its key is a Cloudflare token. */
	for (; own && *own; own++)
		if (text_starts_with(value, *own))
			return false;
	for (size_t i = 0; i < ARRAY_SIZE(token_prefixes); i++)
		if (text_starts_with(value, token_prefixes[i]))
			return true;
	return false;
}

/* The provider showed the end of the key that it got, and that is the token's:
 * "****7c9e". */
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

/* compat: the model is "provider/model". */
static bool has_known_prefix(const struct attempt *attempt)
{
	const struct catalogue *catalogue = attempt->profile->catalogue;
	const char *slash = strchr(attempt->model, '/');
	char prefix[64];
	size_t size = slash ? (size_t)(slash - attempt->model) : 0;

	if (size == 0 || size >= sizeof(prefix) || !catalogue)
		return false;
	memcpy(prefix, attempt->model, size);
	prefix[size] = '\0';
	return catalogue_find(catalogue, prefix) != NULL;
}

static enum diagnosis compat_cause(
	const struct attempt *attempt, int code, enum diagnosis cause)
{
	bool compat = text_equal(attempt->route->provider, "compat");

	if (code == 2008 && compat)
		return has_known_prefix(attempt) || !strchr(attempt->model, '/')
			? DIAGNOSIS_MODEL_NOT_FOUND
			: cause;
	if (code == 2019 && !compat)
		return DIAGNOSIS_BASE_URL_WRONG_PATH;
	return cause;
}

static enum diagnosis key_cause(const struct attempt *attempt,
	const struct reading *reading, enum diagnosis cause)
{
	static const char *const wrong[] = { "incorrect", "invalid", "expired",
		"not valid", NULL };
	bool sent = *attempt->key != '\0';

	if (cause == DIAGNOSIS_PROVIDER_KEY_REJECTED && sent &&
		(looks_like_token(attempt, attempt->key) ||
			shows_end_of_token(attempt, reading)))
		return DIAGNOSIS_KEYS_SWAPPED;
	/* Without a key in the request: a stored one was refused only if the
	 * provider says that something is wrong with it. */
	if (cause == DIAGNOSIS_PROVIDER_KEY_REJECTED && !sent &&
		!reading_has_word(reading, wrong))
		return DIAGNOSIS_PROVIDER_KEY_MISSING;
	if (cause == DIAGNOSIS_PROVIDER_KEY_MISSING &&
		attempt->route->credential == CREDENTIAL_UNIFIED &&
		reading_has(reading, "credits"))
		return DIAGNOSIS_QUOTA_EXHAUSTED;
	if (cause == DIAGNOSIS_QUOTA_EXHAUSTED && !sent &&
		reading->code == 2021 &&
		attempt->route->credential != CREDENTIAL_UNIFIED)
		return DIAGNOSIS_PROVIDER_KEY_MISSING;
	return cause;
}

/* The provider names the very model: it is the model, whatever the status. */
static bool names_the_model(
	const struct attempt *attempt, const struct reading *reading)
{
	return (reading->status == 404 || reading->status == 400) &&
		(reading->speaker & ANY_PROVIDER) &&
		strlen(attempt->model) > 2 &&
		reading_has(reading, attempt->model);
}

static enum diagnosis page_cause(const struct attempt *attempt,
	const struct reading *reading, enum diagnosis cause)
{
	if (cause != DIAGNOSIS_GATEWAY_ERROR ||
		!(reading->speaker & (SPEAKER_PAGE | SPEAKER_TEXT)))
		return cause;
	/* A 5xx page: the provider's, Cloudflare's edge, or neither. */
	if (attempt->result->direct || reading->through_aig)
		return DIAGNOSIS_PROVIDER_ERROR;
	return reading->through_edge ? cause : DIAGNOSIS_NOT_AN_API;
}

enum diagnosis cause_in_context(const struct attempt *attempt,
	const struct reading *reading, enum diagnosis cause)
{
	if (reading->blocked && cause != DIAGNOSIS_OK)
		return DIAGNOSIS_BLOCKED_BY_POLICY;
	if (reading->from_cache && cause == DIAGNOSIS_OK)
		return DIAGNOSIS_GATEWAY_ERROR;
	if (names_the_model(attempt, reading) &&
		(cause == DIAGNOSIS_BASE_URL_WRONG_PATH ||
			cause == DIAGNOSIS_PROVIDER_ERROR))
		return DIAGNOSIS_MODEL_NOT_FOUND;
	if (reading->speaker == SPEAKER_GATEWAY)
		cause = compat_cause(attempt, reading->code, cause);
	cause = page_cause(attempt, reading, cause);
	return key_cause(attempt, reading, cause);
}
