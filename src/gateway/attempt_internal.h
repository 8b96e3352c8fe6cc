/* SPDX-License-Identifier: MIT */
/*
 * One route while it is being verified: the values it uses, the requests made
 * of them, and what came back.
 */
#ifndef GATEWAY_ATTEMPT_INTERNAL_H
#define GATEWAY_ATTEMPT_INTERNAL_H

#include "gateway/diagnoses_internal.h"
#include "gateway/facts_internal.h"
#include "gateway/gateway.h"
#include "gateway/reading_internal.h"
#include "http/http.h"
#include "redact/redact.h"

#include <stdbool.h>

/* What a request is for; each kind is a row of `kinds` in call.c. */
enum call_kind {
	CALL_TEST,         /* the test call */
	CALL_TOKEN_ALONE,  /* instead of it: is the token good? costs nothing */
	CALL_STREAM,       /* the test call with server-sent events */
	CALL_AGAIN,        /* the test call, some seconds later */
	CALL_RENAMED,      /* with max_completion_tokens */
	CALL_KEY_AS_TOKEN, /* is the key slot's value a gateway token? */
	CALL_EMPTY,        /* POST {} to the chat path: is there an API? */
	CALL_MODELS,       /* GET the list of models */
	CALL_DIRECT,       /* the test call to direct_url, with the key alone */
	CALL_ACCOUNTS,     /* Cloudflare's REST API, with the API token alone */
	CALL_GATEWAYS,
	CALL_PROVIDERS,
};

struct call {
	enum call_kind kind;
	char *base; /* owned */
	char *url;  /* owned */
	struct http_transfer transfer;
	struct reading reading;
	const struct attempt *attempt; /* whose it is */
	unsigned number;               /* in the order of asking, from 1 */
	json_t *trace; /* owned; with options.explain, once it was made */
};

struct attempt {
	const struct profile *profile;
	const struct route *route;
	const struct variables *variables;
	const struct verify_options *options;
	const struct redactor *redactor; /* what comes from outside; borrowed */
	struct verify_result *result;
	const char *token; /* "" where there is none; secret */
	const char *key;   /* "" where none is sent; secret */
	const char *model;
	const char *base;        /* borrowed */
	facts known;             /* of the request, and from further calls */
	const struct sign *sign; /* what is concluded so far */
	const struct sign *read[VERIFY_PROBES_LIMIT + 3]; /* all so far */
	size_t read_count;
	struct call test;
	struct call *probes; /* owned, VERIFY_PROBES_LIMIT; NULL: none */
	size_t probe_count;
	unsigned plans; /* those that were followed, as bits */
	char near[256]; /* names that were near, for sentences */
	char best[64];  /* the nearest of them */
};

/*
 * Finds the values. STATUS_INVALID where no call may be made: no direct_url, a
 * base URL that is not the profile's origin.
 */
bool attempt_init(struct attempt *attempt, struct error *err) MUST_CHECK;
void attempt_release(struct attempt *attempt);

/* A provider without a chat call (speech, images, requests that the client
 * signs) has none that costs nothing: the token alone is proven. */
enum call_kind attempt_first_call(const struct attempt *attempt);

/* Fills a call in; `base` is copied. Release with call_release. */
void call_init(struct call *call, const struct attempt *attempt,
	enum call_kind kind, const char *base);
void call_release(struct call *call);

/* Reads the answer into call->reading; what is shown of it has no secret. */
void call_read(struct call *call, const struct attempt *attempt);

/* "POST {} at custom-xiaomi/v1", for the list of probes. */
void call_describe(
	const struct call *call, const struct attempt *attempt, char out[96]);

/* facts.c: what is known of the route; with the values that are sent; of an
 * answer. */
facts facts_of_route(const struct attempt *attempt);
facts facts_of_request(const struct attempt *attempt);
facts facts_of_answer(
	const struct attempt *attempt, const struct reading *reading);

/* probes.c: adds the calls of a plan, unasked. False where there are none. */
bool probes_plan(struct attempt *attempt, enum plan plan);

/* What the calls from number `from` on have found out. */
void probes_learn(struct attempt *attempt, size_t from);

/* base_path.c: where the last part of the path is a version ("/v1", "/v4",
 * "/v1beta"), its slash; else NULL. */
const char *base_version(const char *base);

/* The base URL or path with its version taken away, or with /v1 added. Owned.
 */
char *base_other_version(const char *base);

/* The base with the path that the catalogue has for this provider, or NULL
 * where it has none or that is the base already. Owned. */
char *base_of_catalogue(const struct attempt *attempt);

/* sentence.c: fills {words} in; one clean line. */
void sentence_expand(const struct attempt *attempt, const char *sentence,
	char *out, size_t out_size);

/* Fills said_by, means and advice of the result. */
void sentence_say(struct attempt *attempt);

/* evidence.c: why the sign was found, as a list of clauses. New reference. */
json_t *evidence_list(const struct attempt *attempt);

/* The numbers of the table's rows that fitted, the conclusion last. New
 * reference. */
json_t *evidence_rows(const struct attempt *attempt);

/* trace.c: a call as --explain shows it, secrets masked; `what` it is, in
 * words. New reference. */
json_t *trace_call(const struct attempt *attempt, const struct call *call,
	const char *what);

#endif
