/* SPDX-License-Identifier: MIT */
#include "diagnosis/diagnosis.h"

#include "base/attributes.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "catalogue/key_prefix.h"
#include "wording/address.h"
#include "wording/phrases.h"
#include "wording/sayings.h"

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

/* What a saying is evidence of. SAYS_GATEWAY is no fact: it stands for a code;
 * SAYS_BROWSER, SAYS_OWN_PAGE, SAYS_CRASH, SAYS_SLOW and SAYS_UNREACHED are of
 * no answer, SAYS_UNTOLD says nothing. */
static const enum fact facts_of_sayings[SAYING_COUNT] = {
	[SAYS_QUOTA] = FACT_SAYS_QUOTA,
	[SAYS_LIMIT] = FACT_SAYS_LIMIT,
	[SAYS_TOO_LONG] = FACT_SAYS_TOO_LONG,
	[SAYS_RATE] = FACT_SAYS_RATE,
	[SAYS_CONTENT] = FACT_SAYS_CONTENT,
	[SAYS_NO_KEY] = FACT_SAYS_NO_KEY,
	[SAYS_KEY_WRONG] = FACT_SAYS_KEY_WRONG,
	[SAYS_KEY_REFUSED] = FACT_REFUSES_KEY,
	[SAYS_RIGHTS] = FACT_SAYS_RIGHTS,
	[SAYS_MODEL] = FACT_SAYS_MODEL,
	[SAYS_PARAMETER] = FACT_SAYS_PARAMETER,
	[SAYS_BUDGET] = FACT_SAYS_BUDGET,
	[SAYS_DOUBLED] = FACT_SAYS_DOUBLED,
	[SAYS_ENDPOINT] = FACT_SAYS_ENDPOINT,
	[SAYS_NO_PATH] = FACT_SAYS_NO_PATH,
	[SAYS_REGION] = FACT_SAYS_REGION,
	[SAYS_NETWORK] = FACT_SAYS_NETWORK,
	[SAYS_BUSY] = FACT_SAYS_BUSY,
	[SAYS_EDGE] = FACT_SAYS_EDGE,
	[SAYS_BLOCKED] = FACT_SAYS_BLOCKED,
	[SAYS_CHALLENGE] = FACT_CHALLENGE,
	[SAYS_WORKER] = FACT_SAYS_WORKER,
	[SAYS_ORIGIN] = FACT_SAYS_ORIGIN,
	[SAYS_PLAIN] = FACT_SAYS_PLAIN,
	[SAYS_NO_JSON] = FACT_SAYS_NO_JSON,
	[SAYS_ENVIRONMENT] = FACT_SAYS_ENVIRONMENT,
	[SAYS_TOKEN_GOOD] = FACT_SAYS_TOKEN_GOOD,
	[SAYS_TOKEN_BAD] = FACT_SAYS_TOKEN_BAD,
	[SAYS_ROUTER] = FACT_SAYS_ROUTER,
	[SAYS_BROWSER] = FACT_COUNT,
	[SAYS_OWN_PAGE] = FACT_COUNT,
	[SAYS_UNTOLD] = FACT_COUNT,
	[SAYS_CRASH] = FACT_COUNT,
	[SAYS_SLOW] = FACT_COUNT,
	[SAYS_UNREACHED] = FACT_COUNT,
	[SAYS_GATEWAY] = FACT_COUNT,
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

/* "Could not route to /accounts/$%7BCF_ACCOUNT%7D/ai/v1": nothing filled the
 * name in. Another id may be one that its reporter made up. */
static bool names_no_account(const struct reading *reading)
{
	return text_fits_any(reading->message, text_contains,
		WORDS("/accounts/$", "/accounts/{", "/accounts/%7B",
			"/accounts/undefined/", "/accounts/null/",
			"/accounts/None/"));
}

/* "Missing or invalid API key": which of both, the one that sent it knows. */
static facts without_open(const struct reading *reading, facts said)
{
	static const char *const forms[] = { "missing or invalid",
		"invalid or missing", "no or an invalid", "missing, invalid",
		NULL };
	facts key = FACT(FACT_SAYS_KEY_WRONG) | FACT(FACT_SAYS_NO_KEY);

	if (!(said & key) || !reading_has_word(reading, forms))
		return said;
	return (said & ~key) | FACT(FACT_REFUSES_KEY);
}

/* The sentence of somebody else's error that the table does not have. A call of
 * our own is not proven by what words seem to mean. */
static facts phrase_said(const struct reading *reading, facts known)
{
	enum saying_means means;

	if (!facts_have(known, FACT_PASTED) ||
		!(reading->speaker & PROVIDERS) ||
		!phrases_read(
			reading->message, strlen(reading->message), &means) ||
		facts_of_sayings[means] == FACT_COUNT)
		return 0;
	return FACT(facts_of_sayings[means]);
}

static facts words_said(const struct reading *reading, facts known)
{
	size_t size = strlen(reading->words);
	const struct saying *saying = NULL;
	facts said = 0;

	while ((saying = saying_next(reading->words, size, saying))) {
		enum fact fact = facts_of_sayings[saying->means];

		if (fact < FACT_COUNT)
			said |= FACT(fact);
		if (saying->provider)
			said |= FACT(FACT_SAYS_WHOSE);
	}
	if (said == 0)
		said = phrase_said(reading, known);
	if (facts_have(known, FACT_PASTED))
		said = without_open(reading, said);
	if (names_no_account(reading))
		said |= FACT(FACT_SAYS_NO_ACCOUNT);
	if (wants_larger_budget(reading))
		said |= FACT(FACT_SAYS_BUDGET);
	return said;
}

/* "****7c9e": the provider shows the end of the key that it got. */
static bool shows_end_of_token(
	const struct inquiry *inquiry, const struct reading *reading)
{
	const struct secret *token = inquiry->token;
	const char *star = reading->words;

	if (token->size < 12 || inquiry->key->size < 4)
		return false;
	const char *end = secret_reveal(token) + token->size - 4;
	if (text_ends_with(secret_reveal(inquiry->key), end))
		return false;
	while ((star = strstr(star, "**"))) {
		star += strspn(star, "*");
		if (strncmp(star, end, 4) == 0)
			return true;
	}
	return false;
}

/* By status, unless a parameter is what it names, or in words. Plain text may
 * be anybody's, unless it came through the gateway or from the very host that
 * was named. */
static bool refuses_key(const struct inquiry *inquiry,
	const struct reading *reading, facts known)
{
	bool its_own = (reading->speaker & PROVIDERS) ||
		(reading->speaker == SPEAKER_TEXT &&
			(inquiry->direct ||
				facts_have(known, FACT_THROUGH_GATEWAY)));

	return its_own &&
		(reading->status == 401 ||
			(reading->status == 403 &&
				!facts_have(known, FACT_SAYS_PARAMETER)) ||
			facts_have(known, FACT_SAYS_KEY_WRONG));
}

/* Outside of addresses, which a client or a server repeats; shorter ones are
 * found in ordinary words. */
static bool names_model(
	const struct inquiry *inquiry, const struct reading *reading)
{
	const char *model = inquiry->model;
	const char *at = reading->words;

	if (strlen(model) <= 2)
		return false;
	for (; *at; at++)
		if (text_starts_with_ignoring_case(at, model) &&
			!address_has(
				reading->words, (size_t)(at - reading->words)))
			return true;
	return false;
}

facts facts_of_answer(
	const struct inquiry *inquiry, const struct reading *reading)
{
	facts known = reading->facts | words_said(reading, inquiry->known);

	if (refuses_key(inquiry, reading, known))
		known |= FACT(FACT_REFUSES_KEY);
	if (shows_end_of_token(inquiry, reading))
		known |= FACT(FACT_SHOWS_TOKEN);
	if (names_model(inquiry, reading))
		known |= FACT(FACT_NAMES_MODEL);
	return known;
}

static bool has_prefix(const struct secret *secret, const char *const *prefixes)
{
	for (; prefixes && *prefixes; prefixes++)
		if (text_starts_with(secret_reveal(secret), *prefixes))
			return true;
	return false;
}

static bool like_token(const struct secret *secret)
{
	const struct key_prefix *prefix =
		key_prefix_find(secret_reveal(secret), secret->size);

	return prefix &&
		(prefix->issuer == ISSUER_CLOUDFLARE ||
			prefix->issuer == ISSUER_CLOUDFLARE_LOGIN);
}

static facts facts_of_values(const struct inquiry *inquiry)
{
	const struct provider *entry = inquiry->route->entry;
	facts known = 0;

	known |= inquiry->token->size > 0 && !inquiry->direct
		? FACT(FACT_TOKEN_SENT)
		: FACT(FACT_NO_TOKEN);
	known |= inquiry->key->size > 0 ? FACT(FACT_KEY_SENT)
					: FACT(FACT_NO_KEY);
	if (like_token(inquiry->token))
		known |= FACT(FACT_TOKEN_LIKE_TOKEN);
	/* workers-ai: its key is a Cloudflare token, in compat, too. */
	if (like_token(inquiry->key) &&
		!text_equal(inquiry->route->provider, "compat") &&
		!(entry && has_prefix(inquiry->key, entry->key_prefixes)))
		known |= FACT(FACT_KEY_LIKE_TOKEN);
	if (inquiry->key->size > 0 &&
		secret_equal(inquiry->key, inquiry->token))
		known |= FACT(FACT_SAME_VALUE);
	return known;
}

/* compat: the model is "provider/model". */
static facts facts_of_model(const struct inquiry *inquiry)
{
	const char *slash = strchr(inquiry->model, '/');
	size_t size = slash ? (size_t)(slash - inquiry->model) : 0;

	if (size == 0)
		return FACT(FACT_NO_PREFIX);
	for (size_t i = 0; i < catalogue_count(); i++) {
		const struct provider *entry = catalogue_at(i);
		const char *prefix = entry->compat_prefix;

		/* Whether a custom one is there is the account's to say. */
		if (prefix && !entry->custom &&
			text_is(inquiry->model, size, prefix))
			return FACT(FACT_PREFIX_KNOWN);
	}
	return 0;
}

facts facts_of_route(const struct inquiry *inquiry)
{
	static const facts credentials[] = {
		[CREDENTIAL_HEADER] = FACT(FACT_KEY_NEEDED),
		[CREDENTIAL_STORED] = FACT(FACT_STORED),
		[CREDENTIAL_UNIFIED] = FACT(FACT_UNIFIED),
	};
	const struct route *route = inquiry->route;
	facts known = credentials[route->credential];

	if (inquiry->direct)
		known |= FACT(FACT_DIRECT);
	if (text_equal(route->provider, "compat"))
		known |= FACT(FACT_COMPAT);
	if (text_starts_with(route->provider, CUSTOM_PREFIX))
		known |= FACT(FACT_CUSTOM);
	known |= base_version(inquiry->base) ? FACT(FACT_HAS_VERSION)
					     : FACT(FACT_NO_VERSION);
	return known | facts_of_model(inquiry);
}

facts facts_of_request(const struct inquiry *inquiry)
{
	return facts_of_route(inquiry) | facts_of_values(inquiry);
}

void inquiry_judge(struct inquiry *inquiry)
{
	inquiry->rule = rule_find(inquiry->reading,
		inquiry->known | facts_of_answer(inquiry, inquiry->reading));
}
