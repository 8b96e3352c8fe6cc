/* SPDX-License-Identifier: MIT */
/* Answers that documentation shows and nobody got. */
#ifndef TRANSCRIPT_SAMPLE_INTERNAL_H
#define TRANSCRIPT_SAMPLE_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>

/* By its values: ids that OpenAI's reference invented and everybody copies,
 * names of types in place of values. */
bool sample_is_body(const json_t *body);

#endif
