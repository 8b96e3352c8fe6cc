/* SPDX-License-Identifier: MIT */
/*
 * From an answer to its one cause. Pure: no network, no files; what further
 * calls found is told to it as facts.
 *
 * An answer is read (reading.h: who spoke, in which words), what is known of
 * the call is a set of facts (facts.h), and the first rule of the table that
 * fits (rules.h) has the cause, a sentence and an advice. src/gateway asks for
 * its own calls, src/explain for what somebody pasted.
 *
 * What it refuses to do: repeat a secret. The values of token and key are
 * compared, and never written.
 */
#ifndef DIAGNOSIS_DIAGNOSIS_H
#define DIAGNOSIS_DIAGNOSIS_H

#include "diagnosis/facts.h"
#include "diagnosis/reading.h"
#include "diagnosis/result.h"
#include "diagnosis/rules.h"
#include "os/secret.h"
#include "profile/profile.h"

#include <jansson.h>
#include <stdbool.h>

/* One call that is to be diagnosed. Everything is borrowed. */
struct inquiry {
	const struct profile *profile; /* as far as it is known */
	const struct route *route;     /* likewise */
	bool direct;                   /* the provider itself was called */
	const char *provider; /* its title, or the segment; "" or NULL: untold
			       */
	/* Of size 0 where there is none; of a paste, as it was masked. */
	const struct secret *token;
	const struct secret *key;
	const char *model;
	const char *base;
	const struct reading *reading; /* the answer that counts */
	facts known;             /* of the request, and from further calls */
	const struct rule *rule; /* what is concluded so far */
	char near[256];          /* names that were near, for sentences */
	char best[64];           /* the nearest of them */
};

/* What is known of the route; with the values that are sent; of an answer. */
facts facts_of_route(const struct inquiry *inquiry);
facts facts_of_request(const struct inquiry *inquiry);
facts facts_of_answer(
	const struct inquiry *inquiry, const struct reading *reading);

/* Sets the rule, by all that is known. */
void inquiry_judge(struct inquiry *inquiry);

/* Fills said_by, or_else, means and advice of the result. */
void inquiry_say(const struct inquiry *inquiry, struct verify_result *result);

/* Why the rule was found, as a list of clauses. New reference. */
json_t *evidence_list(const struct inquiry *inquiry);

/* The base with the path that the catalogue has for this provider, or NULL
 * where it has none or that is the base already. Owned. */
char *base_of_catalogue(const struct inquiry *inquiry);

/* Where the last part of the path is a version ("/v1", "/v4", "/v1beta"), its
 * slash; else NULL. */
const char *base_version(const char *base);

/* The base URL or path with its version taken away, or with /v1 added. Owned.
 */
char *base_other_version(const char *base);

#endif
