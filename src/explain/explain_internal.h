/* SPDX-License-Identifier: MIT */
/* What a paste shows of the values that were sent, as facts and in words. */
#ifndef EXPLAIN_EXPLAIN_INTERNAL_H
#define EXPLAIN_EXPLAIN_INTERNAL_H

#include "diagnosis/diagnosis.h"
#include "explain/explain.h"
#include "transcript/transcript.h"

/* Whether they were sent and what they look like. */
facts explain_facts(
	const struct inquiry *inquiry, const struct transcript *transcript);

/* "x-api-key ••••••••9e1f, ...", as far as the paste shows it. */
void explain_describe_sent(
	const struct transcript *transcript, char *out, size_t size);

/* Clauses on values that cannot be right (empty, in quotes, a placeholder);
 * where the diagnosis is about one of them, its advice is that. */
void explain_faults(const struct transcript *transcript,
	struct verify_result *result, json_t *evidence);

/* notes.c: what the refusal shows of the key, what the catalogue knows
 * of keys, and that the gateway was not asked. */
void explain_notes(const struct inquiry *inquiry,
	const struct transcript *transcript, struct verify_result *result,
	json_t *evidence);

#endif
