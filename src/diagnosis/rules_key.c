/* SPDX-License-Identifier: MIT */
/*
 * Money, limits and content, a version twice, and a key that is missing or
 * refused: what providers say whatever the status, and in many words.
 */
#include "diagnosis/rules_internal.h"

#include "base/attributes.h"

/* clang-format off */
SENTENCE(key_rejected,
	FIRST_OF(N_("the gateway token is fine, but {provider} refuses the key"),
		N_("the gateway token is fine, but the provider refuses the key")),
	FIRST_OF(N_("`aigenv secret set {key}`, then `aigenv apply`; the call is in the gateway's log: dashboard, AI Gateway{, gateway}, Logs"),
		N_("set that key again (`aigenv secret list` has its name), then `aigenv apply`; the call is in the gateway's log: dashboard, AI Gateway{, gateway}, Logs")));
SENTENCE(key_rejected_both,
	FIRST_OF(N_("{provider} refuses the key, through the gateway and directly"),
		N_("the provider refuses the key, through the gateway and directly")),
	FIRST_OF(N_("`aigenv secret set {key}`, then `aigenv apply`"),
		N_("set that key again (`aigenv secret list` has its name), then `aigenv apply`")));
SENTENCE(key_changed,
	N_("{provider} takes the key when it is called directly, but refuses it through the gateway: another key, or none, arrives there"),
	FIRST_OF(N_("dashboard, AI Gateway{, gateway}: look for a stored key of {provider} (Provider Keys) and for the base URL of the custom provider"),
		N_("dashboard, AI Gateway{, gateway}: look for a stored key of the provider (Provider Keys) and for the base URL of the custom provider")));
SENTENCE(stored_rejected,
	FIRST_OF(N_("{provider} refuses the key that is stored at Cloudflare"),
		N_("the provider refuses the key that is stored at Cloudflare")),
	FIRST_OF(N_("store a working key for {provider} in the dashboard (AI Gateway{, gateway}, Provider Keys)"),
		N_("store a working key for the provider in the dashboard (AI Gateway{, gateway}, Provider Keys)")));
SENTENCE(same_value,
	FIRST_OF(N_("CF_AIG_TOKEN and {key} hold the same value: the gateway takes it, {provider} does not"),
		N_("CF_AIG_TOKEN and the provider's key hold the same value: the gateway takes it, the provider does not")),
	FIRST_OF(N_("`aigenv secret set {key}` with the key of {provider}"),
		N_("set that key again (`aigenv secret list` has its name) with the key of {provider}"),
		N_("set that key again (`aigenv secret list` has its name) with the key of the provider")));
#define LIMIT_MEANS                                                            \
	N_("a limit is reached; whether it is the rate of a minute or the "    \
	   "quota of a day or a plan, the paste does not show")
#define LIMIT_ADVICE                                                           \
	N_("wait a minute and try again; where that does not help, look at "   \
	   "the quota and the plan at the provider")
#define LIMIT_TELL                                                             \
	N_("the answer's body, which names the limit")
EITHER(rate_or_quota, LIMIT_MEANS, LIMIT_ADVICE, QUOTA_EXHAUSTED, LIMIT_TELL);
EITHER(quota_or_rate, LIMIT_MEANS, LIMIT_ADVICE, RATE_LIMITED, LIMIT_TELL);
EITHER(key_rejected_or_missing,
	FIRST_OF(N_("{provider} refuses the request because it got no key that it accepts; what was sent is not known"),
		N_("the provider refuses the request because it got no key that it accepts; what was sent is not known")),
	N_("make sure that {header} goes out with the provider's own key{ (key)}, beside cf-aig-authorization"),
	PROVIDER_KEY_MISSING, N_("the same request with `curl -v`, which shows the headers that go out, or `aigenv verify`"));
SENTENCE(token_as_key,
	FIRST_OF(N_("{provider} got the gateway token as its key: the key that it shows ends as CF_AIG_TOKEN does"),
		N_("the provider got the gateway token as its key: the key that it shows ends as CF_AIG_TOKEN does")),
	FIRST_OF(N_("send {key} as {header} and the token only as cf-aig-authorization; dashboard, AI Gateway{, gateway}, Provider Keys shows what is stored"),
		N_("send the provider's key as {header} and the token only as cf-aig-authorization; dashboard, AI Gateway{, gateway}, Provider Keys shows what is stored")));
SENTENCE(key_of_account,
	FIRST_OF(N_("{provider} takes the key, but not for the model {model}{ (near)}: it is unknown, or not open to this account"),
		N_("{provider} takes the key, but not for the model that was asked for{ (near)}: it is unknown, or not open to this account"),
		N_("the provider takes the key, but not for the model {model}{ (near)}: it is unknown, or not open to this account"),
		N_("the provider takes the key, but not for the model that was asked for{ (near)}: it is unknown, or not open to this account")),
	FIRST_OF(N_("`aigenv config set routes.{route}.model={'best}`, then `aigenv apply`, or have the model opened for the account at {provider}"),
		N_("choose a model that is offered, and set routes.{route}.model to it (`aigenv help config set`), or have this one opened for the account at {provider}"),
		N_("ask for a model that is offered, or have this one opened for the account at {provider}"),
		N_("ask for a model that is offered, or have this one opened for the account")));
SENTENCE(endpoint_twice,
	N_("the base URL holds the endpoint (as chat/completions), which the client adds by itself: it is twice in the URL that was called"),
	N_("take the endpoint off the end of the base URL, so that it ends in the version"));
SHARED(version_repeated,
	FIRST_OF(N_("the version is twice in the URL that {provider} was called with; {repeating} repeats it"),
		N_("the version is twice in the URL that {provider} was called with; {custom}'s base_url at Cloudflare ends in it already"),
		N_("the version is twice in the URL that was called: the base URL, {twice}, repeats it"),
		N_("the version is twice in the URL that was called: {base} has it, and so has the endpoint that is added"),
		N_("the version is twice in the URL that was called; the base URL has one too many, or the custom provider's base_url at Cloudflare")),
	FIRST_OF(N_("`aigenv config set {setting}={'fix}`, then `aigenv apply`; or take the version out of {custom}'s base_url in the dashboard"),
		N_("`aigenv config set {setting}={'fix}`, then `aigenv apply`"),
		N_("give the client the base URL {whole}; or take the version out of {custom}'s base_url in the dashboard"),
		N_("give the client the base URL {whole}"),
		N_("take one of the two out")));
SENTENCE(version_repeated_anyway,
	FIRST_OF(N_("the version is twice in the URL that {provider} was called with, with the base URL's own and without: the gateway puts /v1 in front of a path that has none, and the custom provider's base_url at Cloudflare ends in it too"),
		N_("the version is twice in the URL that the provider was called with, with the base URL's own and without: the gateway puts /v1 in front of a path that has none, and the custom provider's base_url at Cloudflare ends in it too")),
	N_("take the version out of the custom provider's base_url: dashboard, AI, AI Gateway, Custom Providers"));
SENTENCE(version_repeated_there,
	FIRST_OF(N_("the version is twice in the URL that {provider} was called with, and the base URL here has none: the provider's base_url at Cloudflare repeats it"),
		N_("the version is twice in the URL that the provider was called with, and the base URL here has none: the provider's base_url at Cloudflare repeats it")),
	N_("take it out of the custom provider's base_url once: dashboard, AI, AI Gateway, Custom Providers"));
SENTENCE(blocked_provider,
	FIRST_OF(N_("the content filter of {provider} blocked the call"),
		N_("the content filter of the provider blocked the call")),
	FIRST_OF(N_("look at the prompt, and at the filter's settings at {provider}"),
		N_("look at the prompt, and at the filter's settings at the provider")));
SENTENCE(provider_region,
	FIRST_OF(N_("{provider} does not serve the country or region that the call came from"),
		N_("the provider does not serve the country or region that the call came from")),
	FIRST_OF(N_("a gateway calls from near this machine: use a machine in a region that {provider} serves, or another provider"),
		N_("a gateway calls from near this machine: use a machine in a region that the provider serves, or another provider")));
SENTENCE(key_rights,
	FIRST_OF(N_("{provider} knows the key, but does not let it make this call: the key or its account lacks a permission, or the API is not switched on there"),
		N_("the provider knows the key, but does not let it make this call: the key or its account lacks a permission, or the API is not switched on there")),
	FIRST_OF(N_("give the key the permission that the answer names, or take another key: `aigenv secret set {key}`"),
		N_("give the key the permission that the answer names, or take another key (`aigenv secret list` has its name)")));
SENTENCE(provider_network,
	FIRST_OF(N_("{provider} lets only chosen networks, addresses or sites call, and this call came from another: the key was not what it complains of"),
		N_("the provider lets only chosen networks, addresses or sites call, and this call came from another: the key was not what it complains of")),
	FIRST_OF(N_("add the address that the call comes from to what {provider} allows (through the gateway that is one of Cloudflare's), or lift the limit there"),
		N_("add the address that the call comes from to what the provider allows (through the gateway that is one of Cloudflare's), or lift the limit there")));

static const struct rule rows[] = {
	/* The provider's errors, by words first: some hide them behind 200. */
	{ FROM(PROVIDERS), STATUS(400, 499), SAYS("spend-limit enforcement"), IS(GATEWAY_ERROR, gateway_price) },
	{ FROM(PROVIDERS), NEEDS(F(SAYS_QUOTA)), IS(QUOTA_EXHAUSTED, quota_provider) },
	{ FROM(PROVIDERS), STATUS(402, 402), IS(QUOTA_EXHAUSTED, quota_provider) },
	/* Z.ai's 1311: a plan that lacks the model, and no wait helps. */
	{ FROM(PROVIDERS), STATUS(429, 429), NEEDS(F(SAYS_MODEL)), LACKS(F(SAYS_RATE) | F(SAYS_LIMIT)), ASK(MODEL), IS(MODEL_NOT_FOUND, key_of_account) },
	/* OpenAI's page on it, whatever an app calls the error. */
	{ FROM(PROVIDERS), NEEDS(F(PASTED)), SAYS("guides/error-codes/api-errors"), IS(QUOTA_EXHAUSTED, quota_provider) },
	{ FROM(PROVIDERS), STATUS(429, 429), NEEDS(F(SAYS_RATE)), IS(RATE_LIMITED, rate_provider) },
	{ FROM(PROVIDERS), STATUS(429, 429), NEEDS(F(PASTED) | F(SAID_ONLY)), SAYS("platform.openai.com"), IS(QUOTA_EXHAUSTED, quota_provider) },
	/* Google's words for a minute's limit and for a day's, less the body that says which. */
	{ FROM(PROVIDERS), STATUS(429, 429), NEEDS(F(PASTED) | F(SAID_ONLY)), SAYS("quota exceeded for"), IS(RATE_LIMITED, rate_or_quota) },
	{ FROM(PROVIDERS), STATUS(429, 429), NEEDS(F(PASTED) | F(SAID_ONLY)), SAYS("resource has been exhausted"), IS(RATE_LIMITED, rate_or_quota) },
	{ FROM(PROVIDERS), STATUS(429, 429), NEEDS(F(PASTED) | F(SAID_ONLY)), SAYS("quota"), IS(QUOTA_EXHAUSTED, quota_or_rate) },
	{ FROM(PROVIDERS), STATUS(429, 429), SAYS("quota"), IS(QUOTA_EXHAUSTED, quota_provider) },
	{ FROM(PROVIDERS), NEEDS(F(SAYS_LIMIT)), LACKS(F(SAYS_RATE)), IS(QUOTA_EXHAUSTED, quota_provider) },
	/* n8n's words for every 429, and where they are there the provider's own. */
	{ FROM(PROVIDERS), NEEDS(F(SAYS_LIMIT)), SAYS("receiving too many requests from you"), IS(QUOTA_EXHAUSTED, quota_or_rate) },
	{ FROM(PROVIDERS), NEEDS(F(SAYS_RATE)), SAYS("receiving too many requests from you"), IS(RATE_LIMITED, rate_or_quota) },
	{ FROM(PROVIDERS | PAGES), STATUS(429, 429), IS(RATE_LIMITED, rate_provider) },
	{ FROM(PROVIDERS), NEEDS(F(SAYS_RATE) | F(PASTED)), LACKS(F(SAYS_KEY_WRONG) | F(SAYS_NO_KEY)), IS(RATE_LIMITED, rate_provider) },
	{ FROM(PROVIDERS), STATUS(421, 421), IS(BLOCKED_BY_POLICY, blocked_provider) },
	{ FROM(PROVIDERS), NEEDS(F(SAYS_CONTENT)), IS(BLOCKED_BY_POLICY, blocked_provider) },
	{ FROM(UPSTREAM | PAGES | SPEAKER_UNSEEN), STATUS(400, 499), NEEDS(F(SAYS_ENDPOINT)), LACKS(F(REFUSES_KEY)), IS(BASE_URL_WRONG_PATH, endpoint_twice) },
	{ FROM(UPSTREAM | PAGES), NEEDS(F(SAYS_ENDPOINT) | F(PASTED)), LACKS(F(REFUSES_KEY)), IS(BASE_URL_WRONG_PATH, endpoint_twice) },
	{ FROM(UPSTREAM), STATUS(400, 499), NEEDS(F(SAYS_DOUBLED) | F(NO_VERSION)), LACKS(F(DIRECT)), IS(BASE_URL_DOUBLED_VERSION, version_repeated_there) },
	{ FROM(UPSTREAM), STATUS(400, 499), NEEDS(F(SAYS_DOUBLED) | F(CUSTOM) | F(NO_API)), LACKS(F(DIRECT)), IS(BASE_URL_DOUBLED_VERSION, version_repeated_anyway) },
	{ FROM(UPSTREAM), STATUS(400, 499), NEEDS(F(SAYS_DOUBLED)), ASK(PATH), IS(BASE_URL_DOUBLED_VERSION, version_repeated) },
	{ FROM(UPSTREAM), NEEDS(F(SAYS_DOUBLED) | F(PASTED)), IS(BASE_URL_DOUBLED_VERSION, version_repeated) },
	{ FROM(PROVIDERS | PAGES), NEEDS(F(SAYS_REGION)), IS(PROVIDER_ERROR, provider_region) },
	{ FROM(PROVIDERS), NEEDS(F(SAYS_NETWORK)), IS(PROVIDER_ERROR, provider_network) },
	{ FROM(PROVIDERS), NEEDS(F(SAYS_RIGHTS)), LACKS(F(SAYS_MODEL)), IS(PROVIDER_KEY_REJECTED, key_rights) },
	/* LiteLLM refuses a model with 401. */
	{ FROM(PROVIDERS), STATUS(401, 403), NEEDS(F(SAYS_MODEL)), LACKS(F(SAYS_KEY_WRONG) | F(SAYS_NO_KEY)), ASK(MODEL), IS(MODEL_NOT_FOUND, key_of_account) },
	{ FROM(UPSTREAM), NEEDS(F(SAYS_NO_KEY) | F(KEY_SENT)), IS(PROVIDER_KEY_MISSING, key_unseen) },
	{ FROM(UPSTREAM), NEEDS(F(SAYS_NO_KEY) | F(STORED)), IS(PROVIDER_KEY_MISSING, key_not_stored) },
	{ FROM(UPSTREAM), NEEDS(F(SAYS_NO_KEY) | F(UNIFIED)), IS(PROVIDER_KEY_MISSING, not_sold) },
	{ FROM(UPSTREAM), NEEDS(F(SAYS_NO_KEY)), IS(PROVIDER_KEY_MISSING, key_missing) },

	/* A key that is refused, or an odd path that answers 401. */
	{ FROM(PROVIDERS), STATUS(401, 401), NEEDS(F(SAID_ONLY)), LACKS(F(SAYS_KEY_WRONG) | F(SAYS_WHOSE) | F(DIRECT) | F(THROUGH_GATEWAY)), IS(PROVIDER_KEY_REJECTED, refused_unseen) },
	{ FROM(PROVIDERS), STATUS(403, 403), NEEDS(F(SAID_ONLY)), LACKS(F(SAYS_KEY_WRONG) | F(SAYS_WHOSE) | F(DIRECT) | F(THROUGH_GATEWAY)), IS(PROVIDER_KEY_REJECTED, forbidden_unseen) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(KEY_LIKE_TOKEN)), LACKS(F(SAME_VALUE)), IS(KEYS_SWAPPED, key_is_token) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SHOWS_TOKEN)), LACKS(F(SAME_VALUE)), IS(KEYS_SWAPPED, token_as_key) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SAME_VALUE)), IS(PROVIDER_KEY_REJECTED, same_value) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(NO_KEY) | F(SAYS_KEY_WRONG)), LACKS(F(DIRECT)), IS(PROVIDER_KEY_REJECTED, stored_rejected) },
	/* Without any the gateway would have said so: cf-aig-no-wholesale. */
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(NO_KEY) | F(STORED)), LACKS(F(DIRECT)), IS(PROVIDER_KEY_REJECTED, stored_rejected) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(NO_KEY) | F(UNIFIED)), IS(PROVIDER_KEY_MISSING, not_sold) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(LIST_OTHER) | F(NO_VERSION)), LACKS(F(LIST_HERE)), IS(BASE_URL_MISSING_VERSION, version_missing) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(LIST_OTHER) | F(HAS_VERSION)), LACKS(F(LIST_HERE)), IS(BASE_URL_DOUBLED_VERSION, version_doubled) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(DIRECT_WORKS)), IS(PROVIDER_KEY_REJECTED, key_changed) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(DIRECT_REFUSES)), IS(PROVIDER_KEY_REJECTED, key_rejected_both) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(AGAIN) | F(DIRECT)), IS(PROVIDER_KEY_REJECTED, key_rejected_directly) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(AGAIN)), IS(PROVIDER_KEY_REJECTED, key_rejected) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(KEY_SENT)), ASK(KEY), IS(PROVIDER_KEY_REJECTED, key_rejected) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SAYS_KEY_WRONG) | F(THROUGH_GATEWAY)), IS(PROVIDER_KEY_REJECTED, key_rejected) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(SAYS_KEY_WRONG)), IS(PROVIDER_KEY_REJECTED, key_rejected_directly) },
	{ FROM(UPSTREAM), STATUS(403, 403), NEEDS(F(PASTED)), LACKS(F(SAYS_PARAMETER)), IS(PROVIDER_KEY_REJECTED, forbidden) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY) | F(DIRECT)), IS(PROVIDER_KEY_REJECTED, key_direct) },
	{ FROM(UPSTREAM), NEEDS(F(REFUSES_KEY)), IS(PROVIDER_KEY_REJECTED, key_rejected_or_missing) },
};
/* clang-format on */

const struct rule_group rules_key = { rows, ARRAY_SIZE(rows) };
