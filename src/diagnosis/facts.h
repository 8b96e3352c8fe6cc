/* SPDX-License-Identifier: MIT */
/*
 * What is known of a call: about the request, about its answer, and from the
 * further calls that were made. Evidence is a set of these; the rules say
 * which set means what, and --explain repeats them in the words that stand
 * here.
 */
#ifndef DIAGNOSIS_FACTS_H
#define DIAGNOSIS_FACTS_H

#include "base/i18n.h"

#include <stdbool.h>

/* Constant, the fact as a clause. */
#define FACTS(X)                                                               \
	/* The request. */                                                     \
	X(FACT_DIRECT,                                                         \
		N_("the call went to the provider itself, without the "        \
		   "gateway"))                                                 \
	X(FACT_TOKEN_SENT, N_("a gateway token was sent"))                     \
	X(FACT_NO_TOKEN, N_("no gateway token was sent"))                      \
	X(FACT_KEY_SENT, N_("a provider key was sent"))                        \
	X(FACT_NO_KEY, N_("no provider key was sent"))                         \
	X(FACT_KEY_NEEDED, N_("the profile says that the app sends the key"))  \
	X(FACT_STORED,                                                         \
		N_("the profile says that the key is kept at Cloudflare"))     \
	X(FACT_UNIFIED,                                                        \
		N_("the profile says that Cloudflare bills the provider"))     \
	X(FACT_KEY_LIKE_TOKEN,                                                 \
		N_("the key has the form of a Cloudflare token"))              \
	X(FACT_TOKEN_LIKE_TOKEN, N_("the token has the form of one"))          \
	X(FACT_TOKEN_LIKE_KEY,                                                 \
		N_("the token has the form of a provider's key"))              \
	X(FACT_SAME_VALUE, N_("token and key hold the same value"))            \
	X(FACT_COMPAT, N_("the route goes through compat"))                    \
	X(FACT_CUSTOM, N_("the provider is a custom one"))                     \
	X(FACT_PREFIX_KNOWN,                                                   \
		N_("what stands before the / in the model is a known "         \
		   "provider"))                                                \
	X(FACT_NO_PREFIX, N_("the model has no provider and / in front"))      \
	X(FACT_HAS_VERSION, N_("the base URL ends in a version"))              \
	X(FACT_NO_VERSION, N_("the base URL does not end in a version"))       \
	X(FACT_TOKEN_ALONE, N_("the call carried only the gateway token"))     \
	X(FACT_STREAM_ASKED, N_("server-sent events were asked for"))          \
	X(FACT_PASTED, N_("somebody else made the call"))                      \
	X(FACT_UNREADABLE,                                                     \
		N_("its client could not use what came, or says so"))          \
	X(FACT_NO_BASE, N_("the paste does not say which URL was called"))     \
	X(FACT_SAID_ONLY,                                                      \
		N_("only words of the answer are there, not its form"))        \
	/* The answer. */                                                      \
	X(FACT_THROUGH_GATEWAY, N_("it has cf-aig- headers"))                  \
	X(FACT_THROUGH_EDGE,                                                   \
		N_("it has cf-ray, so it came through Cloudflare"))            \
	X(FACT_NO_EDGE, N_("it has no cf-ray, so Cloudflare did not send it")) \
	X(FACT_CHALLENGE, N_("cf-mitigated: challenge"))                       \
	X(FACT_CACHED, N_("cf-aig-cache-status: HIT"))                         \
	X(FACT_DLP_BLOCK, N_("cf-aig-dlp says BLOCK"))                         \
	X(FACT_ENCODED, N_("its body is compressed, and cannot be read"))      \
	X(FACT_PIECES, N_("pieces of an answer came"))                         \
	X(FACT_SHOWS_TOKEN,                                                    \
		N_("it shows the end of the gateway token as the key"          \
		   " that arrived"))                                           \
	X(FACT_NAMES_MODEL, N_("it names the model"))                          \
	X(FACT_REFUSES_KEY, N_("it refuses the key"))                          \
	X(FACT_SAYS_KEY_WRONG, N_("it says that the key is wrong"))            \
	X(FACT_SAYS_NO_KEY, N_("it says that no key arrived"))                 \
	X(FACT_SAYS_RIGHTS, N_("it says that the key may not make this call")) \
	X(FACT_SAYS_MODEL, N_("it says that there is no such model"))          \
	X(FACT_SAYS_QUOTA, N_("it says that balance or quota is used up"))     \
	X(FACT_SAYS_LIMIT, N_("it says that a quota is exceeded"))             \
	X(FACT_SAYS_TOO_LONG, N_("it says that the request is too long"))      \
	X(FACT_SAYS_RATE, N_("it says that the rate is too high"))             \
	X(FACT_SAYS_CONTENT, N_("it says that the content is not allowed"))    \
	X(FACT_SAYS_DOUBLED,                                                   \
		N_("the path that it repeats has a version twice"))            \
	X(FACT_SAYS_WHOSE, N_("only one provider says it in these words"))     \
	X(FACT_SAYS_ENDPOINT,                                                  \
		N_("the base URL that was called holds the endpoint"))         \
	X(FACT_SAYS_PARAMETER, N_("it refuses a parameter, not the model"))    \
	X(FACT_SAYS_BUDGET, N_("it wants a larger token budget"))              \
	X(FACT_SAYS_NO_PATH, N_("it says that nothing is at this path"))       \
	X(FACT_SAYS_REGION,                                                    \
		N_("it says that the country or region is not served"))        \
	X(FACT_SAYS_NETWORK,                                                   \
		N_("it says that this network or address is not let in"))      \
	X(FACT_SAYS_BUSY,                                                      \
		N_("it says that the server is overloaded or failed"))         \
	X(FACT_SAYS_EDGE,                                                      \
		N_("it is Cloudflare's edge, which refuses the client"))       \
	X(FACT_SAYS_BLOCKED, N_("it is Cloudflare's firewall"))                \
	X(FACT_SAYS_WORKER, N_("it says that a Cloudflare Worker failed"))     \
	X(FACT_SAYS_ORIGIN,                                                    \
		N_("Cloudflare reaches no server behind the address"))         \
	X(FACT_SAYS_PLAIN,                                                     \
		N_("it says that TLS is spoken there, and plain HTTP came"))   \
	X(FACT_SAYS_NO_JSON,                                                   \
		N_("a client wanted JSON, and something else came"))           \
	X(FACT_SAYS_ENVIRONMENT, N_("an SDK says that a variable is not set")) \
	X(FACT_SAYS_ROUTER,                                                    \
		N_("LiteLLM says that the model names no provider"))           \
	X(FACT_SAYS_TOKEN_GOOD,                                                \
		N_("Cloudflare's API says that a token is valid"))             \
	X(FACT_SAYS_TOKEN_BAD,                                                 \
		N_("Cloudflare's API says that a token is not valid"))         \
	X(FACT_SAYS_NO_ACCOUNT,                                                \
		N_("a variable's name stands where the account ID belongs"))   \
	X(FACT_ACCESS, N_("it is Cloudflare Access"))                          \
	/* Further calls. */                                                   \
	X(FACT_AGAIN,                                                          \
		N_("asked again some seconds later, the answer was the same")) \
	X(FACT_RENAMED, N_("max_completion_tokens was tried, too"))            \
	X(FACT_STREAM_WORKS, N_("asked for server-sent events, it streams"))   \
	X(FACT_KEY_IS_TOKEN,                                                   \
		N_("the gateway takes the key's value as its token"))          \
	X(FACT_KEY_IS_NO_TOKEN,                                                \
		N_("the gateway does not take the key's value as its token"))  \
	X(FACT_LIST_HERE, N_("GET models is answered with a list"))            \
	X(FACT_LIST_OTHER,                                                     \
		N_("GET models is answered with a list at {fixed}"))           \
	X(FACT_API_HERE, N_("an empty request finds an API at {base}"))        \
	X(FACT_API_OTHER, N_("an empty request finds an API at {fixed}"))      \
	X(FACT_API_KNOWN,                                                      \
		N_("an empty request finds an API at the path of the"          \
		   " catalogue, {known}"))                                     \
	X(FACT_NO_API, N_("neither here nor at {fixed} is there an API"))      \
	X(FACT_MODEL_LISTED, N_("the list of models has {model}"))             \
	X(FACT_MODEL_NOT_LISTED, N_("the list of models lacks {model}"))       \
	X(FACT_ONLY_PAGES, N_("every answer was a page"))                      \
	X(FACT_DIRECT_WORKS, N_("called directly, the provider answers"))      \
	X(FACT_DIRECT_REFUSES,                                                 \
		N_("called directly, the provider refuses the key"))           \
	X(FACT_DIRECT_FAILS, N_("called directly, the provider fails, too"))   \
	X(FACT_ACCOUNT_UNLISTED,                                               \
		N_("Cloudflare's API lists the accounts of the"                \
		   " API token, without {account}"))                           \
	X(FACT_API_DENIED,                                                     \
		N_("Cloudflare's API does not let the API token into"          \
		   " account {account}"))                                      \
	X(FACT_API_LISTED, N_("Cloudflare's API lists it"))                    \
	X(FACT_GATEWAY_UNLISTED,                                               \
		N_("Cloudflare's API lists the account's"                      \
		   " gateways, without {gateway}"))                            \
	X(FACT_PROVIDER_UNLISTED,                                              \
		N_("Cloudflare's API lists the custom"                         \
		   " providers, without {segment}"))                           \
	X(FACT_PROVIDER_DISABLED,                                              \
		N_("Cloudflare's API says that {segment} is"                   \
		   " disabled"))

enum fact {
#define X(constant, words) constant,
	FACTS(X)
#undef X
	FACT_COUNT
};

/* A set of facts. Of 128 bits: gcc and clang have them on every machine of 64
 * bits, and a table can hold them as constants. */
__extension__ typedef unsigned __int128 facts;

_Static_assert(FACT_COUNT <= 128, "a set of facts is 128 bits");

#define FACT(fact) ((facts)1 << (fact))

static inline bool facts_have(facts set, enum fact fact)
{
	return (set & FACT(fact)) != 0;
}

/* The clause, with {words} that sentence_fill fills in. */
const char *fact_words(enum fact fact);

#endif
