/* SPDX-License-Identifier: MIT */
/* What the files have in common that choose among the findings. */
#ifndef PASTE_PICK_INTERNAL_H
#define PASTE_PICK_INTERNAL_H

#include "paste/recognise.h"

/* A finding's value without "Bearer ". */
struct slice finding_secret(const struct finding *finding);

/* Whether the segment is Workers AI's, whose key is a token of Cloudflare's. */
bool is_workers_ai(const char *provider);

/* The only finding of that role under the prefix of the endpoint's variable. */
const struct finding *recognised_beside(
	const struct recognised *recognised, size_t endpoint, enum role role);

#endif
