/* SPDX-License-Identifier: MIT */
#ifndef PASTE_RECOGNISE_INTERNAL_H
#define PASTE_RECOGNISE_INTERNAL_H

#include "paste/recognise.h"

/* Whether a finding is an address, whatever it is for. */
bool finding_is_address(const struct finding *finding);

/* How likely an endpoint is the one that the text is about: higher is better, 0
 * is of no use. */
int endpoint_rank(const struct endpoint *endpoint);

/* Fills the endpoints, and what belongs to them as their addresses. */
void endpoints_take(struct recognised *recognised);

#endif
