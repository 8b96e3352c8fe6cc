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
	GATEWAY_NOT_FOUND,        /* 2001 */
	GATEWAY_UNREADABLE,       /* 2002 */
	GATEWAY_RATE_LIMITED,     /* 2003 */
	GATEWAY_NO_RESPONSE,      /* 2005 */
	GATEWAY_LOOP,             /* 2006 */
	GATEWAY_INVALID_PROVIDER, /* 2008 */
	GATEWAY_UNAUTHORIZED,     /* 2009 */
	GATEWAY_PROMPT_BLOCKED,   /* 2016 */
	GATEWAY_RESPONSE_BLOCKED, /* 2017 */
	GATEWAY_BAD_CREDENTIALS,  /* 2018 */
	GATEWAY_BAD_FORMAT,       /* 2019 */
	GATEWAY_NO_CREDITS,       /* 2021 with 402 */
	GATEWAY_NOT_SOLD,         /* 2021 with 402: not via unified billing */
	GATEWAY_WHOLESALE_RATE,   /* 2021 with 429 */
	GATEWAY_NO_CREDENTIALS,   /* 2021 with 400: no-wholesale, byok_only */
	GATEWAY_OPEN_NO_BILLING,  /* 2021: the gateway is not authenticated */
	GATEWAY_DLP_REQUEST,      /* 2029 */
	GATEWAY_DLP_RESPONSE,     /* 2030 */
	GATEWAY_COMPAT_DISABLED,  /* 2036 */
	GATEWAY_NO_ALIAS,         /* 2040; the sentence is made of names */
	GATEWAY_SPEND_LIMIT,      /* 2041 */
	GATEWAY_SPEND_LIMIT_NEW,  /* 2045 */
	GATEWAY_BAD_CREDENTIALS_2021,
	GATEWAY_BAD_CREDENTIALS_2047,
	GATEWAY_NO_BALANCE,      /* 2021 with 402, in other words */
	GATEWAY_NO_BALANCE_REST, /* 2049 */
};

/* Fills the answer; `message` replaces the table's sentence unless NULL. */
void gateway_error(
	struct answer *answer, enum gateway_error error, const char *message);

#endif
