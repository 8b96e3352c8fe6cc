/* SPDX-License-Identifier: MIT */
/*
 * The table of all that can be concluded: evidence, what to ask before it is
 * believed, diagnosis, sentence, advice. It is read twice: over the first
 * answer, and again with what the further calls have added. `explain` reads it
 * once, without calls.
 */
#ifndef DIAGNOSIS_RULES_H
#define DIAGNOSIS_RULES_H

#include "diagnosis/facts.h"
#include "diagnosis/reading.h"
#include "diagnosis/result.h"

#include <stddef.h>

/* Further calls that belong together; probes.c has what each consists of. */
enum plan {
	PLAN_NONE,
	PLAN_TOKEN,     /* a refused token: is it in the key's place? */
	PLAN_AGAIN,     /* what may pass by itself */
	PLAN_RENAMED,   /* max_tokens by its other name */
	PLAN_KEY,       /* a refused key: again, odd path, directly */
	PLAN_PATH,      /* not found: version, path or model? */
	PLAN_MODEL,     /* which models are there? */
	PLAN_STREAM,    /* the same as server-sent events */
	PLAN_DIRECT,    /* the provider failed: also without the gateway? */
	PLAN_GATEWAYS,  /* Cloudflare's API: account or gateway? */
	PLAN_PROVIDERS, /* Cloudflare's API: absent or disabled? */
	PLAN_COUNT
};

/* A sentence has no more texts than that, for the same thing. */
#define SENTENCE_TEXTS 5

/* For people, with {words} (sentence.c): the first text counts whose words are
 * all known. */
struct sentence {
	const char *means[SENTENCE_TEXTS];
	const char *advice[SENTENCE_TEXTS]; /* "": none */
	/* Where the evidence does not tell two causes apart: the other one, and
	 * the command that would tell. NULL: it does. */
	const char *tell;
	enum diagnosis or_else;
};

/* A row. Zero or NULL: any. The first row of the table that fits counts. */
struct rule {
	unsigned speakers;    /* one of these spoke */
	int least, most;      /* status */
	int code;             /* of the gateway, or of Cloudflare's API */
	const char *says;     /* a word of the answer, ignoring case */
	enum http_outcome no; /* no whole answer, for this reason */
	enum http_fault fault;
	facts needs; /* all of these */
	facts lacks; /* none of these */
	enum plan plan;
	enum diagnosis cause;
	const struct sentence *sentence;
};

/* There is always one. */
const struct rule *rule_find(const struct reading *reading, facts known);

/* For documentation and tests: the row at `index`, NULL behind the last. */
const struct rule *rule_at(size_t index);

/* The place of a row in the table, from 1. */
size_t rule_number(const struct rule *rule);

#endif
