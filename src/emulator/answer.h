/* SPDX-License-Identifier: MIT */
/*
 * One HTTP answer, as plain data, with the way it is to be delivered: most of
 * the faults are not what is said but how it arrives.
 */
#ifndef EMULATOR_ANSWER_H
#define EMULATOR_ANSWER_H

#include "base/buf.h"

#include <jansson.h>
#include <stddef.h>

/* An answer's body is never larger than this. */
#define ANSWER_BODY_LIMIT ((size_t)8 << 20)

#define ANSWER_HEADERS_MOST 48

enum delivery {
	DELIVER_WHOLE,
	DELIVER_EVENTS,     /* chunked, one server-sent event at a time */
	DELIVER_ENDLESS,    /* the body over and over, until the client goes */
	DELIVER_SLOW,       /* one byte at a time */
	DELIVER_CUT,        /* half of the announced bytes, then closed */
	DELIVER_CUT_RESET,  /* the same, but the connection is reset */
	DELIVER_EVENTS_CUT, /* events, and half of them */
	DELIVER_RAW,        /* the body in place of an HTTP answer */
	DELIVER_NOTHING,    /* closed without a byte */
	DELIVER_RESET,      /* the connection is reset */
	DELIVER_NEVER,      /* silence until the client goes */
};

struct answer_header {
	char *name;
	char *value;
};

struct answer {
	unsigned status;
	struct buf body;
	struct answer_header headers[ANSWER_HEADERS_MOST];
	size_t header_count;
	enum delivery delivery;
	int latency_ms;  /* to wait before the first byte */
	char *relay_url; /* owned; a real provider is to be asked (relay.h) */
	char *relay_key_header;
	char *relay_key;
	char outcome[64]; /* one word or two for the log: "2009", "HIT" */
};

void answer_init(struct answer *answer);
void answer_release(struct answer *answer);

/* Adds a header; the oldest of that name stays. Copies both. */
void answer_header(struct answer *answer, const char *name, const char *value);

/* Its value, or NULL. */
const char *answer_find(const struct answer *answer, const char *name);

/* Sets status, content-type and body, dropping an earlier body. */
void answer_text(struct answer *answer, unsigned status, const char *type,
	const char *text, size_t size);

/* The same with a JSON body; takes the reference. */
void answer_json(struct answer *answer, unsigned status, json_t *body);

/* The headers by which Cloudflare's people find a request again. cf-ray and
 * server: what the edge adds to everything. */
void trace_ray(struct answer *answer);

/* cf-aig-log-id, -request-id, -event-id and -step; once. */
void trace_ids(struct answer *answer);

#endif
