/* SPDX-License-Identifier: MIT */
/*
 * URLs: parse, check, say which part is wrong; never repair.
 *
 * The subset of RFC 3986 that an HTTP client needs: an absolute URL with an
 * authority. Stricter than the RFC where leniency would let two readers see two
 * hosts: no blanks, no backslash, no control or non-ASCII characters, no
 * percent escapes in the host, no empty labels, ports from 1 to 65535.
 *
 * It knows nothing of gateways (profile/base_url.h does) and of no scheme but
 * what url_check_scheme lets pass. An error never repeats a user part, a query
 * or a fragment: people paste addresses with keys in them.
 */
#ifndef URL_URL_H
#define URL_URL_H

#include "base/error.h"

#include <stdbool.h>

struct url {
	char *scheme;         /* lower case */
	char *host;           /* lower case; IPv6 with brackets */
	char *port;           /* digits, or "" */
	char *path;           /* "" or begins with "/" */
	char *query;          /* without "?", or NULL */
	bool has_credentials; /* user@ was there */
	bool has_fragment;
};

/* Longest text that is looked at, in bytes. */
#define URL_LIMIT 8192

/*
 * Takes an absolute URL apart. STATUS_INVALID, with nothing to release. All
 * members are owned.
 */
bool url_parse(const char *text, struct url *url, struct error *err) MUST_CHECK;
void url_release(struct url *url);

/* localhost, *.localhost, 127.0.0.0/8, [::1]. */
bool url_host_is_loopback(const char *host);

/* https, or http for loopback alone. */
bool url_check_scheme(const struct url *url, struct error *err) MUST_CHECK;

/* Two URLs have the same scheme, host and port (defaults filled in). */
bool url_same_origin(const struct url *a, const struct url *b);

#endif
