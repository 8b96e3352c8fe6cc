/* SPDX-License-Identifier: MIT */
/*
 * A real provider behind the emulated gateway (--upstream): the request goes
 * on as Cloudflare would send it, without the gateway's own headers, and the
 * answer comes back as it is. Whole, not piece by piece: a stream arrives at
 * its end. http.h's limits hold, among them https, or http for loopback alone.
 */
#ifndef EMULATOR_RELAY_H
#define EMULATOR_RELAY_H

#include "emulator/answer.h"
#include "emulator/request.h"
#include "emulator/upstream.h"

/* Notes in the answer where the call has to go; relay_perform does it. */
void relay_plan(const struct upstream_call *call, struct answer *answer);

/*
 * Makes the planned call, outside the emulator's lock: it may take its time.
 * The gateway's 2005 where no answer comes.
 */
void relay_perform(const struct request *request, struct answer *answer);

#endif
