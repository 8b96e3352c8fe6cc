/* SPDX-License-Identifier: MIT */
/* A draft is tried before it takes an answer. */
#ifndef WIZARD_DRAFT_INTERNAL_H
#define WIZARD_DRAFT_INTERNAL_H

#include "wizard/draft.h"

/* Everything that was said but secrets, which no check here looks at: to put an
 * answer in and see whether that stands. New reference. */
json_t *draft_trial(const struct draft *draft);

/* Whether they can be a profile's. */
bool draft_stands(
	const struct draft *draft, json_t *answers, struct error *err);

#endif
