/* SPDX-License-Identifier: MIT */
/*
 * The part of Cloudflare's REST API that aigenv uses, under /client/v4: tokens
 * and their check, accounts, gateways, custom providers, stored keys. What is
 * made or removed here holds for the gateway at once: a deleted token is
 * refused by the next call.
 *
 * Its envelope has `errors` (plural), the gateway's has `error`.
 */
#ifndef EMULATOR_REST_H
#define EMULATOR_REST_H

#include "emulator/answer.h"
#include "emulator/request.h"

#include <jansson.h>
#include <stdbool.h>

struct emulator;

/* What the API knows beside the settings; made on first use. */
struct rest_state {
	json_t *tokens;   /* id, name, status, value (the API never shows it) */
	json_t *gateways; /* by id: what its creator set */
	json_t *providers; /* by slug: its id, and what its creator set */
};

/* Answers where the path begins with /client/v4/. */
bool rest_answers(struct emulator *emulator, const struct request *request,
	struct answer *answer);

/*
 * To be called before each request: a token that was made begins to hold once
 * its delay is over, one that has expired holds no more, and who was taken out
 * of the settings or put into them is gone or known here, too.
 */
void rest_settle(struct emulator *emulator);

/* What was set for one gateway through the API, else `otherwise`. */
bool rest_gateway_flag(const struct rest_state *state, const char *gateway,
	const char *member, bool otherwise);

void rest_clear(struct rest_state *state);

#endif
