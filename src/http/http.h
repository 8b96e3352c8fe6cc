/* SPDX-License-Identifier: MIT */
/*
 * HTTP requests: a few at once, each bounded in every direction.
 *
 * What this room is for: POST and GET over one libcurl multi handle, so that
 * transfers to one origin share a connection (HTTP/2). libcurl is opened on
 * demand (curl_library.c); a program that makes no request never loads it.
 *
 * What it refuses to do: follow a redirect, skip a TLS check, speak anything
 * but http and https, speak http to anyone but loopback, send loopback through
 * a proxy, read more of an answer than its limit, wait longer than its limits,
 * log. It knows no gateway and no provider.
 *
 * HTTPS_PROXY and NO_PROXY are libcurl's own; CURL_CA_BUNDLE, then
 * SSL_CERT_FILE name the file of trusted authorities, as they do for the curl
 * program.
 *
 * Call order: http_client_open; fill http_transfers (http_request_header for
 * each header); http_perform; read the answers; http_transfer_release;
 * http_client_close. A client keeps its connections between calls of
 * http_perform.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_REQUEST_LIMIT ((size_t)256 * 1024)
#define HTTP_ANSWER_LIMIT ((size_t)1024 * 1024)
#define HTTP_HEADERS_LIMIT ((size_t)64 * 1024)

/* Milliseconds since the transfer's start; 0 stands for the default. */
struct http_limits {
	int64_t connect_ms;    /* name, TCP and TLS: 10 s */
	int64_t first_byte_ms; /* of the final answer's head: 30 s */
	int64_t whole_ms;      /* 60 s */
	size_t answer_bytes;   /* of the body: HTTP_ANSWER_LIMIT */
};

struct http_request {
	const char *method; /* "GET" or "POST"; borrowed */
	const char *url;    /* borrowed */
	struct buf headers; /* by http_request_header; wiped on release */
	struct buf body;    /* of a POST */
	struct http_limits limits;
};

enum http_outcome {
	HTTP_NOT_ASKED,
	HTTP_ANSWERED,
	/* After the status line it was cut off, or went over a limit; or what
	 * came is not HTTP. The reason is in `detail`. */
	HTTP_BROKEN,
	HTTP_DNS_FAILED,
	HTTP_CONNECT_FAILED, /* also: cut off before the status line */
	HTTP_TLS_FAILED,
	HTTP_TIMED_OUT,
};

struct http_answer {
	enum http_outcome outcome;
	int status;            /* 0 where no status line came */
	struct buf headers;    /* of the final answer: lines ended by \n */
	struct buf body;       /* as far as it came */
	bool body_cut;         /* it was longer than the limit */
	int64_t first_byte_ms; /* -1 where none came */
	int64_t whole_ms;      /* to the end or the failure */
	char detail[256];      /* why it failed: one line, libcurl's words */
};

struct http_transfer {
	struct http_request request;
	struct http_answer answer;
};

/*
 * Adds "name: value". Line ends and NUL are refused: the request is then
 * marked as failed, and http_perform says STATUS_INVALID.
 */
void http_request_header(
	struct http_request *request, const char *name, const char *value);

/* Ready for http_request_header and for appending to request.body. */
void http_transfer_init(
	struct http_transfer *transfer, const char *method, const char *url);

/* Wipes both sides: the request holds secrets. */
void http_transfer_release(struct http_transfer *transfer);

struct http_client;

/* STATUS_IO where libcurl.so.4 is missing or too old. */
bool http_client_open(struct http_client **client, struct error *err)
	MUST_CHECK;
void http_client_close(struct http_client *client);

/*
 * Makes all of them at once and returns when the last has ended. A refused or
 * failed request is no error: its answer says so. err is for what keeps a
 * request from being made: a URL or header of impossible form
 * (STATUS_INVALID), libcurl refusing to start (STATUS_IO).
 */
bool http_perform(struct http_client *client, struct http_transfer **transfers,
	size_t count, struct error *err) MUST_CHECK;

/*
 * The value of the first header of that name (any case), without blanks
 * around it, and its size; NULL where there is none. Borrowed, ended by \n.
 */
const char *http_answer_header(
	const struct http_answer *answer, const char *name, size_t *size);

#endif
