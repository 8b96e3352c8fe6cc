/* SPDX-License-Identifier: MIT */
/*
 * One route while it is being verified: the values it uses, the requests made
 * of them, and what came back.
 */
#ifndef GATEWAY_ATTEMPT_INTERNAL_H
#define GATEWAY_ATTEMPT_INTERNAL_H

#include "cloudflare/cloudflare.h"
#include "diagnosis/diagnosis.h"
#include "gateway/gateway.h"
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
	json_t *traces; /* owned: with options.explain, of each request */
	/* Of a list of Cloudflare's API (pages.c): */
	unsigned page;    /* that is asked for, from 1 */
	unsigned tries;   /* that it was refused for now */
	json_t *items;    /* owned: of all pages so far */
	bool goes_on;     /* there is another page, or this one again */
	int64_t pause_ms; /* before that */
};

struct attempt {
	struct inquiry inquiry; /* its reading is that of `test` */
	const struct variables *variables;
	const struct verify_options *options;
	const struct redactor *redactor; /* what comes from outside; borrowed */
	struct verify_result *result;
	const struct rule *read[VERIFY_PROBES_LIMIT + 3]; /* all so far */
	size_t read_count;
	struct call test;
	struct call *probes; /* owned, VERIFY_PROBES_LIMIT; NULL: none */
	size_t probe_count;
	unsigned plans; /* those that were followed, as bits */
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

/* The request once more, for call->page. */
void call_turn(struct call *call);

/* pages.c, for a call that asks for a list of Cloudflare's API: makes the
 * answer of a page the answer of all so far, and afterwards sees whether there
 * is more to be asked. */
void pages_join(struct call *call, enum cloudflare_list list);
void pages_see(struct call *call);

/* Reads the answer into call->reading; what is shown of it has no secret. */
void call_read(struct call *call, const struct attempt *attempt);

/* "POST {} at custom-xiaomi/v1", for the list of probes. */
void call_describe(
	const struct call *call, const struct attempt *attempt, char out[96]);

/* probes.c: adds the calls of a plan, unasked. False where there are none. */
bool probes_plan(struct attempt *attempt, enum plan plan);

/* What the calls from number `from` on have found out. */
void probes_learn(struct attempt *attempt, size_t from);

/* trace.c: a call as --explain shows it, secrets masked; `what` it is, in
 * words. New reference. */
json_t *trace_call(const struct attempt *attempt, const struct call *call,
	const char *what);

#endif
