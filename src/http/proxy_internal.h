/* SPDX-License-Identifier: MIT */
/*
 * Which proxy a request goes through. libcurl reads the same variables by the
 * same rules, but does not tell what it chose; here the choice is made before,
 * so that a message can name the proxy.
 *
 * https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY, the first that is set; not
 * for loopback, and not for a host that no_proxy (or NO_PROXY) lists: names
 * with all below them, addresses, address/bits, "*" for every host.
 */
#ifndef HTTP_PROXY_INTERNAL_H
#define HTTP_PROXY_INTERNAL_H

#include "http/http.h"

#include <stdbool.h>

struct proxy {
	const char *value; /* borrowed; may hold a password; "" for none */
	bool socks;        /* no HTTP proxy */
	char where[HTTP_PROXY_SIZE]; /* host:port, fit to be shown */
};

/* `host` is lower case, IPv6 in brackets. */
void proxy_choose(const char *host, struct proxy *proxy);

/* `host` is one of the list. */
bool proxy_is_off(const char *list, const char *host);

/* The user and password stand in the text. */
bool proxy_is_given_away(const struct proxy *proxy, const char *text);

#endif
