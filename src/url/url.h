/* SPDX-License-Identifier: MIT */
/*
 * URLs: parse, check, say which part is wrong; never repair.
 */
#ifndef URL_URL_H
#define URL_URL_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct url {
	char *scheme;         /* lower case */
	char *host;           /* lower case; IPv6 with brackets */
	char *port;           /* digits, or "" */
	char *path;           /* "" or begins with "/" */
	char *query;          /* without "?", or NULL */
	bool has_credentials; /* user@ was there */
	bool has_fragment;
};

/* An absolute URL (RFC 3986). STATUS_INVALID; the text may be quoted, but
 * never its user part or query. All members owned. */
bool url_parse(const char *text, struct url *url, struct error *err) MUST_CHECK;
void url_release(struct url *url);

/* localhost, *.localhost, 127.0.0.0/8, [::1]. */
bool url_host_is_loopback(const char *host);

/* https, or http for loopback alone. */
bool url_check_scheme(const struct url *url, struct error *err) MUST_CHECK;

/* Two URLs have the same scheme, host and port (defaults filled in). */
bool url_same_origin(const struct url *a, const struct url *b);

#endif
