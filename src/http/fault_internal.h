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
	bool tls;           /* the URL is https */
	bool proxied;       /* it goes through a proxy */
	long tunnel_status; /* of the answer to CONNECT, else 0 */
	long verify_result; /* OpenSSL's, of the server's certificate */
	long os_error;      /* errno of the last attempt to connect */
	/* Steps that were completed. */
	bool name_known;
	bool connected;
	bool secured;
};

enum http_fault fault_of(const struct fault_evidence *seen);

#endif
