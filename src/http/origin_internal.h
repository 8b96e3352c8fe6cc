/* SPDX-License-Identifier: MIT */
/*
 * How many requests may be under way to one origin. Over HTTP/1.1 each needs a
 * connection, over HTTP/2 all share one; which it is shows as soon as a second
 * request goes out over the connection of one that is still under way.
 */
#ifndef HTTP_ORIGIN_INTERNAL_H
#define HTTP_ORIGIN_INTERNAL_H

#include "http/http.h"

/* Connections to one origin: enough to hide a model's slowness, few enough to
 * be polite, and for the memory of their TLS. */
#define HTTP_CONNECTIONS 16

struct origin {
	char *text; /* owned; scheme, host and port, as written */
	size_t in_flight;
	size_t window; /* at most so many in flight */
	/* The last that went out, while it is under way, and its port. */
	const void *holder;
	long port;
	/* Why the last attempt to connect took too long. */
	enum http_fault stalled;
};

/* As many as can be under way: an idle one makes room. */
struct origins {
	struct origin all[HTTP_AT_ONCE];
};

/* The origin of a URL; NULL: no room before another is idle. */
struct origin *origins_find(struct origins *origins, const char *url);
void origins_release(struct origins *origins);

/* A request goes out over the connection with this local port. */
void origin_goes_out(struct origin *origin, const void *who, long port);
void origin_ended(struct origin *origin, const void *who);

/*
 * A request took too long; `connecting` says in what, where it had no
 * connection yet. The others then wait at once, not one group after another:
 * the whole lasts two limits at most.
 */
void origin_timed_out(struct origin *origin, enum http_fault connecting);

#endif
