/* SPDX-License-Identifier: MIT */
/* One request to the API and its answer, for the files of this room. */
#ifndef CLOUDFLARE_ASK_INTERNAL_H
#define CLOUDFLARE_ASK_INTERNAL_H

#include "cloudflare/cloudflare.h"
#include "http/http.h"
#include "redact/redact.h"

struct cloudflare {
	struct http_client *http;
	const struct secret *token; /* borrowed, or NULL */
	struct redactor *redactor;  /* knows every token that was sent */
	int64_t window_began_ms;    /* of the limit */
	unsigned window_requests;
	int64_t patience_s; /* pauses that are waited for */
	struct http_limits limits;
	cloudflare_waiting *waiting; /* or NULL */
	void *waiting_context;
};

/* All borrowed for the call. */
struct api_request {
	const char *method;
	char *path;                /* without the leading slash; owned */
	const char *failed;        /* a sentence: what did not come about */
	const char *permission;    /* that it takes; NULL: none */
	const char *account;       /* NULL: it is about none */
	const struct secret *with; /* NULL: the client's token */
	json_t *body;              /* or NULL */
};

struct api_answer {
	int status;
	json_t *document; /* owned; NULL: no JSON of the API's form */
	json_t *result;   /* borrowed from it; NULL where it failed */
	int code;         /* of the first error, else 0 */
	char message[256];
	int64_t retry_after; /* seconds; -1: it does not say */
};

void api_answer_release(struct api_answer *answer);

/*
 * Asks, again where that helps, and frees the path. True with whatever the
 * server answered; STATUS_UNREACHABLE where nothing came.
 */
bool api_ask(struct cloudflare *client, struct api_request *request,
	struct api_answer *answer, struct error *err) MUST_CHECK;

/* The same, where everything but a success is an error (api_refuse). */
bool api_get(struct cloudflare *client, struct api_request *request,
	struct api_answer *answer, struct error *err) MUST_CHECK;

/* lists.c: the items of all pages of request->path, which stays the caller's.
 * New reference; NULL with *last what was refused, to be released. */
json_t *api_list(struct cloudflare *client, const struct api_request *request,
	unsigned per_page, struct api_answer *last, struct error *err)
	MUST_CHECK;

/* Whether a text from elsewhere may stand in a path. NULL is none. */
bool api_is_id(const char *id);

/* refusal.c: whether it says that the token is none that it knows. */
bool api_is_unknown_token(const struct api_answer *answer);

/* An answer of success has not the documented form. False. */
bool api_refuse_form(const char *failed, struct error *err);

/* Says what the API refused, why, and what to do. False. */
bool api_refuse(const struct api_request *request,
	const struct api_answer *answer, struct error *err);

#endif
