/* SPDX-License-Identifier: MIT */
/*
 * An answer, read: who spoke, and in which words. Pure; the bytes are a
 * stranger's.
 *
 * The gateway's own errors have a singular "error", an array; Cloudflare's REST
 * API (behind workers-ai) has "errors". Both have "success": false. Everything
 * else that is a JSON object with an error status is the provider's.
 */
#ifndef DIAGNOSIS_READING_H
#define DIAGNOSIS_READING_H

#include "diagnosis/facts.h"
#include "http/http.h"
#include "redact/redact.h"

#include <stdbool.h>
#include <stddef.h>

enum speaker {
	SPEAKER_NOBODY = 1,   /* no answer, or one that broke off */
	SPEAKER_GATEWAY = 2,  /* AI Gateway's own error */
	SPEAKER_PLATFORM = 4, /* Cloudflare's REST API */
	SPEAKER_PROVIDER = 8, /* an error of the provider, or only a status */
	SPEAKER_COMPLETION = 16, /* what was asked for */
	SPEAKER_LIST = 32,       /* a list of models, gateways ... */
	SPEAKER_JSON = 64,       /* JSON with 2xx, of no known kind */
	SPEAKER_PAGE = 128,      /* HTML */
	SPEAKER_TEXT = 256,      /* other text or bytes */
	SPEAKER_STREAM = 512,    /* server-sent events, to their end */
	SPEAKER_BROKEN_STREAM = 1024,
	SPEAKER_UNASKED = 2048, /* no call was made yet */
	SPEAKER_UNSEEN = 4096,  /* a paste without the body of its error */
};

struct reading {
	enum speaker speaker;
	enum http_outcome outcome;
	enum http_fault fault;
	int status;
	int code;           /* of the gateway or REST API, else 0 */
	facts facts;        /* that the headers tell */
	char message[512];  /* what was said, as it came until it is redacted */
	char words[1536];   /* message, type, code, param ...: what is searched
			     */
	char log_id[128];   /* cf-aig-log-id, clean */
	char location[256]; /* of a redirect, without query */
	/* Of a list: */
	bool listed;     /* it has the name that was asked for */
	bool disabled;   /* and says that it is not enabled */
	bool list_whole; /* it is all there is, not one page of several */
	size_t list_count;
	char near[200]; /* "a, b, c": the names most like it, clean */
};

/* `wanted` is looked for in a list; may be NULL. */
void reading_take(const struct http_answer *answer, const char *wanted,
	struct reading *reading);

/* What is shown of it (message, log_id, location, near), made fit for that:
 * each one clean line without secrets. */
void reading_redact(struct reading *reading, const struct redactor *redactor);

/* One of the words (ended by NULL) occurs in what was said; case is ignored. */
bool reading_has_word(const struct reading *reading, const char *const *words);
bool reading_has(const struct reading *reading, const char *word);

/* "the gateway says", "the provider says" ... for people; "" of nobody. */
const char *reading_says(const struct reading *reading);

/* "401 from the provider", or "" where it is not known who spoke. */
void reading_origin(const struct reading *reading, char *out, size_t size);

#endif
