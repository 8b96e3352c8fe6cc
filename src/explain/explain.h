/* SPDX-License-Identifier: MIT */
/*
 * `aigenv explain`: what src/transcript reads out of a paste, by the same rules
 * as a call of our own (src/diagnosis). Pure, no network.
 */
#ifndef EXPLAIN_EXPLAIN_H
#define EXPLAIN_EXPLAIN_H

#include "base/error.h"
#include "diagnosis/result.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* What `aigenv explain` is given. Texts are borrowed; NULL where not told. */
struct explain_question {
	const char *text; /* what somebody pasted, at most EXPLAIN_LIMIT */
	size_t size;
	const char *provider; /* slug or segment, where the paste lacks it */
	const char *model;
};

#define EXPLAIN_LIMIT ((size_t)1024 * 1024)

struct explanation {
	/* profile and route are "", latency_ms is -1; explained has
	 * "evidence" alone. */
	struct verify_result result;
	char provider[128]; /* what result.provider and result.model point to */
	char model[128];
};

/*
 * The diagnosis of an answer that somebody else got, by the same table and
 * without network. Secrets in the paste are masked in all that comes out.
 * STATUS_INVALID where nothing in it was recognised, or the provider is not
 * in the catalogue and no custom one's segment.
 */
bool explain_paste(const struct explain_question *question,
	struct explanation *explanation, struct error *err) MUST_CHECK;
void explanation_release(struct explanation *explanation);

/* {"ok","diagnosis","http_status","message","means","advice","log_id",
 * "evidence"}. New reference. */
json_t *explanation_json(const struct explanation *explanation);

#endif
