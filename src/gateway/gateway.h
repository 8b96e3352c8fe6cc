/* SPDX-License-Identifier: MIT */
/*
 * Proves a route: calls it, and where the answer alone does not tell the cause
 * (src/diagnosis), makes the further calls that do (probes.c), at most five for
 * a route.
 *
 * What it refuses to do: send a key anywhere but to the profile's origin (or,
 * for --direct and one probe, to the direct_url that the profile names), send
 * the gateway token to a provider, ask Cloudflare's API unless an API token for
 * it was given, follow a redirect, repeat a secret in what it says.
 */
#ifndef GATEWAY_GATEWAY_H
#define GATEWAY_GATEWAY_H

#include "base/buf.h"
#include "base/error.h"
#include "diagnosis/result.h"
#include "profile/profile.h"
#include "profile/variables.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One profile with the values it would render. Both are borrowed. */
struct verify_subject {
	const struct profile *profile;
	const struct variables *variables;
};

/* How many of the test calls have ended, and which is waited for. */
struct verify_progress {
	size_t done, all;     /* test calls */
	int64_t elapsed_ms;   /* since they began */
	const char *provider; /* of the first that has not ended, and its */
	const char *model;    /* model; else of the last. Borrowed */
};

struct verify_options {
	bool direct;        /* call direct_url instead of the gateway */
	bool stream;        /* then ask for server-sent events, too */
	bool explain;       /* keep what was sent and received */
	int64_t timeout_ms; /* the whole call; 0 for 60 s */
	/* Pause before the test call is made again: some refusals (2009, and a
	 * provider's 401) also appear under load. 0 for 3 s. */
	int64_t again_after_ms;
	const char *model; /* another than the route's; NULL: the route's */
	const char *route; /* this one alone; NULL: all */
	/* Of Cloudflare's REST API, to tell an unknown account from an unknown
	 * gateway, and an absent provider from a disabled one. NULL: it is not
	 * asked. Borrowed. */
	const struct secret *api_token;
	/* Called as calls end and some ten times a second meanwhile, further
	 * probes included; NULL: nobody is told. */
	void (*progress)(void *context, const struct verify_progress *now);
	void *progress_context;
};

/*
 * Whether the profile's routes can be called: STATUS_INVALID where there is no
 * such route, no direct_url, or a base URL that is not the profile's own
 * gateway.
 */
bool gateway_can_verify(const struct verify_subject *subject,
	const struct verify_options *options, struct error *err) MUST_CHECK;

/*
 * Calls the routes of all subjects, as many at once as src/http allows.
 * Results are in the order of subjects and routes. A refused call is no error
 * here; err is for what keeps a call from being made at all
 * (gateway_can_verify; no libcurl: STATUS_IO). Memory in use grows by some
 * kilobytes for each route, whatever is answered.
 */
bool gateway_verify(const struct verify_subject *subjects, size_t count,
	const struct verify_options *options, struct verify_results *results,
	struct error *err) MUST_CHECK;

/*
 * The test call of a route as a curl command for a shell, with
 * "$MIMO_API_KEY" in place of values. Never with -L: curl then drops
 * Authorization on the way to another host, but not cf-aig-authorization.
 */
bool gateway_curl(const struct verify_subject *subject,
	const struct verify_options *options, const char *route,
	struct buf *out, struct error *err) MUST_CHECK;

#endif
