/* SPDX-License-Identifier: MIT */
/*
 * One route while it is being verified: the values it uses, the requests made
 * of them, and what came back.
 */
#ifndef GATEWAY_ATTEMPT_INTERNAL_H
#define GATEWAY_ATTEMPT_INTERNAL_H

#include "gateway/gateway.h"
#include "gateway/reading_internal.h"
#include "http/http.h"

#include <stdbool.h>

#define EXTRA_REQUESTS 5

/* What a request is for; each kind is a row of `kinds` in call.c. */
enum call_kind {
	CALL_TEST,         /* the test call */
	CALL_RENAMED,      /* with max_completion_tokens */
	CALL_KEY_AS_TOKEN, /* is the key slot's value a gateway token? */
	CALL_TOKEN_ALONE,  /* is the token good? costs nothing */
	CALL_EMPTY,        /* POST {} to the chat path: is there an API? */
	CALL_MODELS,       /* GET the list of models */
	CALL_DIRECT,       /* the test call to direct_url, with the key alone */
};

struct call {
	enum call_kind kind;
	char *base; /* owned */
	char *url;  /* owned */
	struct http_transfer transfer;
	struct reading reading;
};

struct attempt {
	const struct profile *profile;
	const struct route *route;
	const struct variables *variables;
	const struct verify_options *options;
	struct verify_result *result;
	const char *token; /* "" where there is none; secret */
	const char *key;   /* "" where none is sent; secret */
	const char *model;
	const char *base; /* borrowed */
	struct call test;
	struct call probes[EXTRA_REQUESTS];
	size_t probe_count; /* asked and to be asked */
	size_t probes_read; /* of these, listed in the result */
	enum diagnosis cause;
	bool settled; /* no call is needed, or none can be made */
};

/*
 * Finds the values; settles the attempt where one is missing or in the wrong
 * slot. STATUS_INVALID where no call may be made: no direct_url, a base URL
 * that is not the profile's origin.
 */
bool attempt_init(struct attempt *attempt, struct error *err) MUST_CHECK;
void attempt_release(struct attempt *attempt);

/* Fills a call in; `base` is copied. Release with call_release. */
void call_init(struct call *call, const struct attempt *attempt,
	enum call_kind kind, const char *base);
void call_release(struct call *call);

/* Reads the answer into call->reading. */
void call_read(struct call *call, const struct attempt *attempt);

/* "POST {} with the version added", for the list of probes. */
void call_describe(
	const struct call *call, const struct attempt *attempt, char out[96]);

/* The catalogue's values, or those of an OpenAI-like custom provider. */
enum provider_api route_api(const struct route *route);
const char *route_models_path(const struct route *route);

/* The body of the test call, as JSON. */
void test_body(const struct attempt *attempt, bool renamed, struct buf *out);

#endif
