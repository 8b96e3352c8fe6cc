/* SPDX-License-Identifier: MIT */
/*
 * What Cloudflare does with a request before a provider sees it: the checks in
 * their order, and the first that fails is what the client hears of.
 */
#ifndef EMULATOR_GATEWAY_H
#define EMULATOR_GATEWAY_H

#include "emulator/answer.h"
#include "emulator/request.h"

struct emulator;

/* For paths that begin with "/v1/". */
void gateway_answer(struct emulator *emulator, const struct request *request,
	struct answer *answer);

#endif
