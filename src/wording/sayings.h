/* SPDX-License-Identifier: MIT */
/*
 * What is known of other people's words: the sentences, codes and types in
 * which providers, gateways, edges and clients say what is wrong, as one table
 * (sayings_table.c). verify reads the bodies of its own calls with it, explain
 * those that somebody pasted.
 *
 * A row is here because such an answer was seen in public, or stands in a
 * provider's documentation. It claims no more than it says: what is told apart
 * by more than words (status, headers, who spoke) is src/diagnosis' table.
 */
#ifndef WORDING_SAYINGS_H
#define WORDING_SAYINGS_H

#include <stddef.h>

/* What a saying means. Constant, in few words. */
#define SAYINGS(X)                                                             \
	X(SAYS_QUOTA, "balance or quota is used up")                           \
	X(SAYS_LIMIT, "a limit is reached: of quota or of rate")               \
	X(SAYS_RATE, "the rate is too high")                                   \
	X(SAYS_CONTENT, "the content is not allowed")                          \
	X(SAYS_NO_KEY, "no key arrived")                                       \
	X(SAYS_KEY_WRONG, "the key is wrong")                                  \
	X(SAYS_KEY_REFUSED, "the key is wrong or missing")                     \
	X(SAYS_RIGHTS, "the key is known, but may not do this")                \
	X(SAYS_MODEL, "there is no such model")                                \
	X(SAYS_PARAMETER, "a parameter is refused")                            \
	X(SAYS_TOO_LONG, "the request is too long for the model")              \
	X(SAYS_BUDGET, "the token budget is too small")                        \
	X(SAYS_DOUBLED, "the version is in the path twice")                    \
	X(SAYS_ENDPOINT, "the endpoint is in the path twice")                  \
	X(SAYS_NO_PATH, "nothing is at this path")                             \
	X(SAYS_REGION, "not in this country or region")                        \
	X(SAYS_NETWORK, "not from this network or address")                    \
	X(SAYS_BUSY, "overloaded, or failed")                                  \
	X(SAYS_EDGE, "Cloudflare's edge refuses the client")                   \
	X(SAYS_BLOCKED, "Cloudflare's firewall blocked the client")            \
	X(SAYS_CHALLENGE, "Cloudflare's challenge for browsers")               \
	X(SAYS_WORKER, "a Cloudflare Worker failed")                           \
	X(SAYS_ORIGIN, "Cloudflare finds or reaches no server behind it")      \
	X(SAYS_PLAIN, "plain HTTP came where TLS is spoken")                   \
	X(SAYS_NO_JSON, "a client wanted JSON, and something else came")       \
	X(SAYS_ENVIRONMENT, "a variable is empty where the client was made")   \
	X(SAYS_ROUTER, "a router does not know whose the model is")            \
	X(SAYS_BROWSER, "a browser keeps an answer back (CORS)")               \
	X(SAYS_OWN_PAGE, "an app shows a page of its own, or its sign-in")     \
	X(SAYS_UNTOLD, "an API failed, and what it says tells no more")        \
	X(SAYS_CRASH, "a program failed by itself: no answer")                 \
	X(SAYS_SLOW, "no answer came in time")                                 \
	X(SAYS_UNREACHED, "there was no connection")                           \
	X(SAYS_TOKEN_GOOD, "a Cloudflare API token is valid")                  \
	X(SAYS_TOKEN_BAD, "a Cloudflare API token is not valid")               \
	X(SAYS_GATEWAY, "AI Gateway's own words for one of its codes")

enum saying_means {
#define X(constant, words) constant,
	SAYINGS(X)
#undef X
	SAYING_COUNT
};

enum saying_rank {
	/* Counts inside an answer alone: a code, or words of everyday. */
	SAYING_INSIDE,
	/* So much of its own that a line with it is an answer's by itself. */
	SAYING_ALONE,
	/* A client's own words for what it met: what an answer says beside
	 * them tells more. */
	SAYING_CLIENT,
};

struct saying {
	const char *language; /* "en", "zh"; "" for codes and types */
	const char *provider; /* slug of whose it is; NULL: several say it */
	enum saying_means means;
	enum saying_rank rank;
	int code; /* SAYS_GATEWAY: AI Gateway's, 0: it follows; else 0 */
	/* In lower case; found anywhere in the text. Between line ends
	 * ("\n1113\n") it is a whole value, behind "\r" all of a message
	 * (ending.h); "\t" stands for any name. In a
	 * sentence a blank may be a hyphen, a low line or nothing there. */
	const char *words;
};

/*
 * The next row behind `from` (NULL: from the first) whose words are in the
 * text, ignoring case; NULL where none is. `size` bytes; whole values are
 * looked for between the line ends of the text, its own ends included.
 */
const struct saying *saying_next(
	const char *text, size_t size, const struct saying *from);

/* What a text that was cut off began to say, where its end is enough to tell;
 * NULL: nothing. */
const struct saying *saying_begun(const char *text, size_t size);

/* The first row of that rank or a higher one, and where its words stand; NULL:
 * none. */
const struct saying *saying_find(
	const char *text, size_t size, enum saying_rank least, size_t *place);

#endif
