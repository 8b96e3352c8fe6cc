/* SPDX-License-Identifier: MIT */
/* One transfer while it runs: its libcurl handle and what came so far. */
#ifndef HTTP_TRANSFER_INTERNAL_H
#define HTTP_TRANSFER_INTERNAL_H

#include "http/curl_library_internal.h"
#include "http/http.h"
#include "http/origin_internal.h"
#include "http/proxy_internal.h"
#include "http/sockets_internal.h"

#define HTTP_USER_AGENT "aigenv/" AIGENV_VERSION
/* What SDKs ask for and every libcurl undoes. */
#define HTTP_ENCODINGS "gzip, deflate"

struct running {
	const struct curl_library *curl;
	struct http_transfer *transfer;
	struct origin *origin; /* borrowed */
	CURL *easy;            /* owned */
	/* The header list is made of our own nodes, which point into the
	 * request: libcurl's own list would be a copy of the secrets. */
	struct curl_slist *nodes; /* owned array */
	struct proxy proxy;
	struct sockets sockets; /* that were opened for it */
	bool tls;
	int64_t started_ms;
	int64_t connect_limit_ms;
	int64_t first_byte_limit_ms;
	size_t body_limit;
	size_t head_bytes;          /* of all heads, 1xx ones too */
	bool compressed;            /* its head says so */
	bool went_out;              /* a connection was there for it */
	enum http_fault cut;        /* for what we cut it off */
	char why[128];              /* the same in words, or "" */
	char said[CURL_ERROR_SIZE]; /* libcurl's reason */
};

/* Whom TLS trusts beside the system's own, read when it is first needed. */
struct authorities {
	const char *path; /* borrowed from the environment; NULL: not read */
	struct buf text;  /* of what is no file and cannot be read twice */
};

#define AUTHORITIES_LIMIT ((size_t)16 << 20)

/* STATUS_IO or STATUS_INVALID where that is a pipe or device which does not
 * end, in time or at all. `authorities` has to outlive the transfer. */
bool authorities_set(struct authorities *authorities, struct curl_settings *to,
	struct error *err) MUST_CHECK;

/* STATUS_INVALID for a URL or header of impossible form. */
bool request_check(const struct http_request *request, struct error *err)
	MUST_CHECK;

/* What an answer may take in memory. */
size_t request_room(const struct http_request *request);

/*
 * Fills `running` for a request that passed request_check; it must not move
 * until running_release. STATUS_IO where libcurl refuses; release it in either
 * case.
 */
bool running_init(struct running *running, const struct curl_library *curl,
	struct http_transfer *transfer, struct origin *origin,
	struct authorities *authorities, struct error *err) MUST_CHECK;
void running_release(struct running *running);

/* It waited too long for a connection or a first byte; says so in `why`. */
bool running_is_late(struct running *running, int64_t now_ms);

/* Fills outcome, fault, times and detail of the answer. */
void running_finish(struct running *running, CURLcode code);

/* The value in a header line of that name, without blanks around it, or NULL.
 */
const char *header_value(
	const char *line, size_t size, const char *name, size_t *value_size);
/* The bytes are this word, in any case. */
bool header_is(const char *bytes, size_t size, const char *word);

/* libcurl's callbacks: `to` is the running (receive.c). */
size_t receive_header(char *bytes, size_t size, size_t count, void *to);
size_t receive_body(char *bytes, size_t size, size_t count, void *to);
int receive_connection(
	void *to, char *remote, char *local, int remote_port, int local_port);
int receive_socket(void *to, curl_socket_t file, curlsocktype purpose);

#endif
