/* SPDX-License-Identifier: MIT */
/*
 * How an answer leaves: whole, in events, or badly on purpose.
 */
#ifndef EMULATOR_DELIVERY_H
#define EMULATOR_DELIVERY_H

#include "emulator/answer.h"

#include <stdatomic.h>

/* libmicrohttpd needs it before its header. */
#include <microhttpd.h>

/*
 * Sends the answer on the connection. Empties answer->body. `stopping` ends
 * every wait. MHD_NO closes the connection without an answer.
 */
enum MHD_Result deliver(struct MHD_Connection *connection,
	struct answer *answer, const atomic_bool *stopping);

#endif
