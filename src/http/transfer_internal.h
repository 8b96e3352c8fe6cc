/* SPDX-License-Identifier: MIT */
/* One transfer while it runs: its libcurl handle and what came so far. */
#ifndef HTTP_TRANSFER_INTERNAL_H
#define HTTP_TRANSFER_INTERNAL_H

#include "http/curl_library_internal.h"
#include "http/http.h"

#define HTTP_USER_AGENT "aigenv/" AIGENV_VERSION

struct running {
	const struct curl_library *curl;
	struct http_transfer *transfer;
	CURL *easy; /* owned */
	/* The header list is made of our own nodes, which point into the
	 * request: libcurl's own list would be a copy of the secrets. */
	struct curl_slist *nodes; /* owned array */
	int64_t started_ms;
	int64_t first_byte_limit_ms;
	size_t body_limit;
	size_t head_bytes; /* of all heads, 1xx ones too */
	bool tls;
	bool done;
	enum http_fault cut;        /* for what we cut it off */
	char why[128];              /* why we cut it off, or "" */
	char said[CURL_ERROR_SIZE]; /* libcurl's reason */
};

/* STATUS_INVALID for a URL or header of impossible form, STATUS_IO where
 * libcurl refuses. Release it in either case. */
bool running_init(struct running *running, const struct curl_library *curl,
	struct http_transfer *transfer, struct error *err) MUST_CHECK;
void running_release(struct running *running);

/* The first byte did not come in time. */
bool running_is_late(const struct running *running, int64_t now_ms);

/* Fills outcome, fault, times and detail of the answer. */
void running_finish(struct running *running, CURLcode code);

#endif
