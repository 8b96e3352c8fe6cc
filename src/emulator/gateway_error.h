/* SPDX-License-Identifier: MIT */
/*
 * The gateway's own errors: an envelope whose `error` (singular) is an array,
 * with name "AiGatewayError". Codes, statuses and sentences are those seen at
 * the service.
 */
#ifndef EMULATOR_GATEWAY_ERROR_H
#define EMULATOR_GATEWAY_ERROR_H

#include "emulator/answer.h"

enum gateway_error {
#define GATEWAY_ERROR(name, ...) GATEWAY_##name,
#include "emulator/gateway_error.def"
#undef GATEWAY_ERROR
};

/* Fills the answer; `message` replaces the table's sentence unless NULL. */
void gateway_error(
	struct answer *answer, enum gateway_error error, const char *message);

#endif
