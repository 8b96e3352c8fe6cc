/* SPDX-License-Identifier: MIT */
/*
 * A request and its answer on their way through the gateway's checks, with what
 * the checks before have found out.
 */
#ifndef EMULATOR_EXCHANGE_H
#define EMULATOR_EXCHANGE_H

#include "emulator/emulator.h"
#include "emulator/fault.h"
#include "emulator/gateway_error.h"

struct exchange {
	struct emulator *emulator;
	const struct request *request;
	struct answer *answer;
	const char *account, *gateway, *segment; /* in the path, not ended */
	size_t account_size, gateway_size, segment_size;
	const char *rest;    /* after the segment, without the "/" */
	bool authentication; /* of this gateway */
	bool byok_only;
	bool compat;
	json_t *compat_body; /* owned; NULL where it is no compat chat */
	const char *model;   /* compat's, less its prefix */
	bool token_was_key;  /* Authorization held the gateway's token */
	struct provider_state *provider;
	const char *key; /* that goes to the provider; NULL: none */
	bool caches;
	unsigned char cache_key[CACHE_KEY_SIZE];
};

/* True: the request may pass on. False: the answer is made. */
typedef bool check(struct exchange *exchange);

/* The Unified API: the body's model says which provider is meant. */
check check_compat;

/*
 * Which key goes out: a header of the client wins over a stored key, whatever
 * its value.
 */
check check_credentials;

/* Answers with the gateway's error; returns false. */
bool exchange_refuse(struct exchange *exchange, enum gateway_error error);

/* False: a fault was due at this stage, and has made the answer. */
bool exchange_survives(struct exchange *exchange, enum fault_stage stage);

/* What Cloudflare does with a request before a provider sees it, for paths that
 * begin with "/v1/": the first check that fails is what the client hears of. */
void gateway_answer(struct emulator *emulator, const struct request *request,
	struct answer *answer);

#endif
