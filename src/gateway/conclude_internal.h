/* SPDX-License-Identifier: MIT */
/*
 * From answers to one cause: first the rules over the test call's answer, then
 * the probes that the rule asks for, then what their answers decide.
 */
#ifndef GATEWAY_CONCLUDE_INTERNAL_H
#define GATEWAY_CONCLUDE_INTERNAL_H

#include "gateway/attempt_internal.h"

/* What has to be asked before a rule's cause is believed. */
enum plan {
	PLAN_NONE,
	PLAN_TOKEN,  /* refused token: rejected, or the two are swapped? */
	PLAN_KEY,    /* refused key: or an odd path that answers 401? */
	PLAN_PATH,   /* not found: version, path or model? */
	PLAN_MODEL,  /* an unexplained 400: is the model in the list? */
	PLAN_DIRECT, /* the provider failed: also without the gateway? */
};

/* A row of the table in rules.c. */
struct rule {
	unsigned speakers;      /* one of these spoke */
	int least, most;        /* status; 0 for any */
	int code;               /* gateway's or REST API's; 0 for any */
	const char *const *any; /* one of these words; NULL for any */
	const char *also;       /* and this one */
	enum diagnosis cause;
	enum plan plan;
};

/* The first rule that fits; there is always one. */
const struct rule *rule_find(const struct reading *reading);

/* The rule's cause, corrected by what only the attempt knows: whether a key
 * was sent, whether the route is compat, who pays. */
enum diagnosis cause_in_context(const struct attempt *attempt,
	const struct reading *reading, enum diagnosis cause);

/* The key that was sent has the form of a Cloudflare token, and this provider's
 * keys have not. */
bool looks_like_token(const struct attempt *attempt, const char *value);

/* Adds the probes of a plan to the attempt, unasked. */
void probes_plan(struct attempt *attempt, enum plan plan);

/* The cause, once the probes have been read. */
enum diagnosis probes_conclude(
	const struct attempt *attempt, enum plan plan, enum diagnosis cause);

/* The base URL or path with its version taken away, or with /v1 added. Owned.
 */
char *other_version(const char *base);

/* Fills said_by, means and advice. */
void advise(struct attempt *attempt);

#endif
