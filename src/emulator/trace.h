/* SPDX-License-Identifier: MIT */
/*
 * The headers by which Cloudflare's people find a request again.
 */
#ifndef EMULATOR_TRACE_H
#define EMULATOR_TRACE_H

#include "emulator/answer.h"

/* cf-ray and server: what the edge adds to everything. */
void trace_ray(struct answer *answer);

/* cf-aig-log-id, -request-id, -event-id and -step; once. */
void trace_ids(struct answer *answer);

#endif
