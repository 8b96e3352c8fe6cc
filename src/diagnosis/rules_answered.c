/* SPDX-License-Identifier: MIT */
/*
 * What is told without doubt: before any call, by words that are nobody else's,
 * by an answer that was asked for, by a redirect.
 */
#include "diagnosis/rules_internal.h"

#include "base/attributes.h"

/* clang-format off */
SENTENCE(works, N_("the route works"), "");
SENTENCE(works_as_stream, N_("the route works, but the answer came as server-sent events though a whole one was asked for"), "");
SENTENCE(token_proven, N_("the gateway accepts the token; this provider has no chat call, so its key is not proven"), "");
EITHER(no_json,
	N_("the client wanted JSON, and something else came: a page of another server, or nothing; the base URL leads to no API, or a proxy answered"),
	N_("make sure that the base URL is the API's, ends in its version and holds no endpoint; `curl -i` shows what comes"),
	BASE_URL_WRONG_PATH, THE_BODY);
SENTENCE(environment,
	N_("no call was made: the variable of the key is empty or not set where the client was made"),
	N_("restart the app with its new environment (`aigenv apply` prints the command for PM2, which keeps the old one), and make sure that .env is loaded before the client is made"));
SENTENCE(router,
	FIRST_OF(N_("no call was made: LiteLLM cannot tell which provider the model {model} is of"),
		N_("no call was made: LiteLLM cannot tell which provider the model is of")),
	FIRST_OF(N_("put the provider in front of the model's name; with api_base at an address of the gateway that is openai/, as in openai/{model}"),
		N_("put the provider in front of the model's name; with api_base at an address of the gateway that is openai/")));
SENTENCE(token_good,
	N_("Cloudflare's API says that the token is valid, but not whether it has the permission AI Gateway: Run"),
	"");
SENTENCE(token_bad,
	N_("Cloudflare's API does not accept the token: it is wrong, disabled or expired"),
	N_("make a token with AI Gateway: Run for this account, then `aigenv secret set CF_AIG_TOKEN` and `aigenv apply`"));
EITHER(key_or_token_bad,
	N_("a key or token is refused in words that Cloudflare's API and some providers have in common: the paste does not show whose they are"),
	N_("see which of the two hosts was called, and set its key or token again"),
	GATEWAY_TOKEN_REJECTED, N_("the whole answer, with the address that was called"));
SENTENCE(pieces,
	N_("pieces of an answer came: token, key, path and model have passed; the stream's end is not in the paste"),
	"");
SENTENCE(list_works,
	N_("a list of models came: token, key and path have passed"),
	"");
SENTENCE(gateway_cached,
	N_("the answer comes from the gateway's cache although the request ruled that out: it proves nothing"),
	N_("wait five minutes, or change the cache settings of the gateway (dashboard, AI Gateway{, gateway}, Settings), and try again"));
SENTENCE(page_edge,
	N_("Cloudflare's edge refuses this client before the gateway, and any token or key, is looked at"),
	N_("make sure that the client sends a User-Agent of its own, that no proxy changes the request, and that no rule of the custom domain blocks it"));
SENTENCE(page_blocked,
	N_("Cloudflare's firewall blocked the client before any token or key was looked at"),
	N_("see whether the client sends a User-Agent; at a custom domain, exempt this path or this machine's address from the rule that blocks"));
SENTENCE(page_rate,
	N_("Cloudflare's edge limits how often a site may be called: a rule of that site's owner, and not the limit of AI Gateway"),
	N_("wait a minute, and call less often; at a custom domain see its rate limiting rules"));
SENTENCE(page_origin,
	N_("Cloudflare cannot find or reach a server behind this address"),
	N_("check the host of the base URL, and custom_domain"));
SENTENCE(plain_http,
	N_("the server at this port speaks TLS, and the call came in plain HTTP"),
	N_("write https:// in the base URL, or name the port where plain HTTP is spoken"));
SENTENCE(worker_failed,
	N_("a Cloudflare Worker failed at this address: AI Gateway itself, or what stands at the custom domain"),
	N_("try again in a minute; if it stays, look at the Worker's log, or take the gateway's own address"));
SENTENCE(page_challenge,
	N_("Cloudflare shows a challenge meant for browsers, which no API client can pass"),
	N_("at the custom domain, exempt this path or this machine's address from the challenge (WAF rule, bot fight mode, Under Attack)"));
SENTENCE(no_stream,
	N_("the plain call works, but a request for server-sent events gets another answer"),
	FIRST_OF(N_("does {provider} stream this model? A proxy that waits for whole answers does this too"),
		N_("does the provider stream this model? A proxy that waits for whole answers does this too")));
SENTENCE(broken_answer,
	N_("the answer is server-sent events that nobody asked for, and they break off"),
	N_("try again; see what stands between: a proxy, or another server at this address"));
SENTENCE(broken_stream,
	N_("the plain call works, but the stream breaks off or is not in the API's form"),
	N_("try again; a proxy between that cuts long answers does this too"));
SENTENCE(redirect_access,
	N_("Cloudflare Access stands in front: the answer is a redirect to its login"),
	N_("give the machine a service token, or take Access off this path; use the gateway's own address meanwhile: `aigenv config unset custom_domain`"));

/* What a client could not use though it came with a status of success. */
#define UNUSABLE \
	(SPEAKER_COMPLETION | SPEAKER_STREAM | SPEAKER_BROKEN_STREAM | SPEAKER_LIST | SPEAKER_JSON | SPEAKER_UNSEEN)

static const struct rule rows[] = {
	/* Before any call. */
	{ FROM(SPEAKER_UNASKED), NEEDS(F(NO_TOKEN)), LACKS(F(DIRECT)), IS(GATEWAY_TOKEN_MISSING, token_missing) },
	{ FROM(SPEAKER_UNASKED), NEEDS(F(NO_KEY) | F(KEY_NEEDED)), IS(PROVIDER_KEY_MISSING, key_missing) },
	{ FROM(SPEAKER_UNASKED), NEEDS(F(KEY_LIKE_TOKEN)), LACKS(F(TOKEN_LIKE_TOKEN)), IS(KEYS_SWAPPED, key_is_token) },
	{ FROM(SPEAKER_UNASKED), NEEDS(F(KEY_LIKE_TOKEN) | F(DIRECT)), IS(KEYS_SWAPPED, key_is_token) },
	{ FROM(SPEAKER_UNASKED), IS(OK, works) },

	/* Told in words that are nobody else's. */
	{ NEEDS(F(SAYS_ENVIRONMENT) | F(PASTED)), LACKS(F(THROUGH_GATEWAY)), IS(PROVIDER_KEY_MISSING, environment) },
	{ NEEDS(F(SAYS_ROUTER) | F(PASTED)), LACKS(F(THROUGH_GATEWAY)), IS(MODEL_NOT_FOUND, router) },
	/* Under 502 and above a page is what a proxy shows of a server that failed. */
	/* And under 404 where nothing is. */
	{ FROM(SPEAKER_PROVIDER), STATUS(0, 403), NEEDS(F(SAYS_NO_JSON) | F(PASTED)), LACKS(F(THROUGH_GATEWAY)), IS(NOT_AN_API, no_json) },
	{ FROM(SPEAKER_PROVIDER), STATUS(405, 501), NEEDS(F(SAYS_NO_JSON) | F(PASTED)), LACKS(F(THROUGH_GATEWAY)), IS(NOT_AN_API, no_json) },
	{ FROM(SPEAKER_JSON), NEEDS(F(SAYS_TOKEN_GOOD)), IS(OK, token_good) },
	{ FROM(SPEAKER_PROVIDER), NEEDS(F(SAYS_TOKEN_BAD) | F(PASTED)), LACKS(F(SAID_ONLY)), IS(PROVIDER_KEY_REJECTED, key_rejected_directly) },
	{ FROM(SPEAKER_PROVIDER), NEEDS(F(SAYS_TOKEN_BAD) | F(PASTED)), SAYS("invalid api token"), IS(PROVIDER_KEY_REJECTED, key_or_token_bad) },
	{ FROM(SPEAKER_PLATFORM | SPEAKER_JSON | SPEAKER_PROVIDER), NEEDS(F(SAYS_TOKEN_BAD) | F(PASTED)), IS(GATEWAY_TOKEN_REJECTED, token_bad) },
	{ FROM(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_RATE)), SAYS("error code: 1015"), IS(RATE_LIMITED, page_rate) },
	{ FROM(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_RATE)), SAYS("error 1015"), IS(RATE_LIMITED, page_rate) },
	{ FROM(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_BLOCKED)), IS(NOT_AN_API, page_blocked) },
	{ FROM(NO_API | SPEAKER_PROVIDER), NEEDS(F(CHALLENGE)), IS(NOT_AN_API, page_challenge) },
	{ FROM(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_ORIGIN)), IS(NOT_AN_API, page_origin) },
	{ FROM(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_WORKER)), IS(GATEWAY_ERROR, worker_failed) },
	{ FROM(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_EDGE)), IS(NOT_AN_API, page_edge) },

	{ FROM(PAGES | SPEAKER_PROVIDER), NEEDS(F(SAYS_PLAIN)), IS(TLS_FAILED, plain_http) },

	{ FROM(UNUSABLE), STATUS(200, 299), NEEDS(F(UNREADABLE)), IS(NOT_AN_API, no_json) },
	{ FROM(SPEAKER_PROVIDER), STATUS(200, 299), NEEDS(F(UNREADABLE) | F(SAID_ONLY)), IS(NOT_AN_API, no_json) },

	/* What was asked for. */
	{ FROM(SPEAKER_COMPLETION | SPEAKER_STREAM), NEEDS(F(CACHED) | F(AGAIN)), IS(GATEWAY_ERROR, gateway_cached) },
	{ FROM(SPEAKER_COMPLETION | SPEAKER_STREAM), NEEDS(F(CACHED)), ASK(AGAIN), IS(GATEWAY_ERROR, gateway_cached) },
	{ FROM(SPEAKER_STREAM), STATUS(200, 299), IS(OK, works_as_stream) },
	{ FROM(SPEAKER_BROKEN_STREAM), NEEDS(F(STREAM_ASKED)), IS(NOT_AN_API, broken_stream) },
	{ FROM(SPEAKER_BROKEN_STREAM), NEEDS(F(PASTED) | F(PIECES)), IS(OK, pieces) },
	{ FROM(SPEAKER_BROKEN_STREAM), IS(NOT_AN_API, broken_answer) },
	{ FROM(SPEAKER_COMPLETION | SPEAKER_JSON), NEEDS(F(STREAM_ASKED)), IS(NOT_AN_API, no_stream) },
	{ FROM(SPEAKER_COMPLETION), STATUS(200, 299), IS(OK, works) },
	{ FROM(SPEAKER_LIST), STATUS(200, 299), NEEDS(F(PASTED)), IS(OK, list_works) },
	/* The provider was reached: the gateway let the token pass. */
	{ FROM(SPEAKER_PROVIDER | SPEAKER_JSON | SPEAKER_LIST), NEEDS(F(TOKEN_ALONE) | F(THROUGH_GATEWAY)), IS(OK, token_proven) },
	{ GATEWAY(2021), NEEDS(F(TOKEN_ALONE)), IS(OK, token_proven) },

	/* A redirect, whoever answers with it. */
	{ FROM(UPSTREAM | NO_API | SPEAKER_COMPLETION), STATUS(300, 399), NEEDS(F(ACCESS)), IS(REDIRECTED, redirect_access) },
	{ FROM(UPSTREAM | NO_API | SPEAKER_COMPLETION), STATUS(300, 399), IS(REDIRECTED, redirect) },
};
/* clang-format on */

const struct rule_group rules_answered = { rows, ARRAY_SIZE(rows) };
