/* SPDX-License-Identifier: MIT */
/* What there is at Cloudflare, for the questions (known.c). */
#ifndef WIZARD_KNOWN_INTERNAL_H
#define WIZARD_KNOWN_INTERNAL_H

#include "wizard/asking_internal.h"
#include "wizard/choices_internal.h"

/* Appends what the question can be answered with; nothing where that is not
 * known. The first may ask for it, which takes a while. */
void known_accounts(struct asking *asking, struct choices *choices);
void known_gateways(struct asking *asking, struct choices *choices);
void known_providers(struct asking *asking, struct choices *choices);

/*
 * The custom provider's own base URL, where it ends in the path that the route
 * would have by default: the path would stand there twice. Else NULL. Borrowed.
 */
const char *known_base_with_path(const struct asking *asking);

#endif
