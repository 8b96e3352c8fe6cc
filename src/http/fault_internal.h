/* SPDX-License-Identifier: MIT */
/* From what libcurl tells about a transfer that failed to the one fault. */
#ifndef HTTP_FAULT_INTERNAL_H
#define HTTP_FAULT_INTERNAL_H

#include "http/http.h"

#include <curl/curl.h>
#include <stdbool.h>

struct fault_evidence {
	CURLcode code;
	const char *said;   /* libcurl's words */
	bool answered;      /* a status line came */
	bool went_out;      /* a connection to the server was there */
	bool tls;           /* the URL is https */
	bool http_proxy;    /* it goes through one, by CONNECT */
	bool socks_proxy;   /* or through one of this kind */
	long tunnel_status; /* of the answer to CONNECT, else 0 */
	long verify_result; /* OpenSSL's, of the server's certificate */
	long os_error;      /* errno of the last attempt to connect */
	/* Steps that were completed before it went out. */
	bool name_known;
	bool connected; /* to the server or proxy, by TCP */
};

/* It is the proxy that did it. */
bool fault_is_of_proxy(enum http_fault fault);

enum http_fault fault_of(const struct fault_evidence *seen);

#endif
