/* SPDX-License-Identifier: MIT */
/*
 * What can be asked to go wrong: one table, a row per fault, so that a new one
 * is a row and no branch.
 */
#ifndef EMULATOR_FAULT_H
#define EMULATOR_FAULT_H

#include "emulator/answer.h"
#include "emulator/dialect.h"
#include "emulator/gateway_error.h"
#include "emulator/settings.h"

/* Where on a request's way the fault strikes. */
enum fault_stage {
	FAULT_EDGE,     /* before the gateway sees the request */
	FAULT_REST,     /* in place of the REST API's answer */
	FAULT_TOKEN,    /* in place of the token's check */
	FAULT_COMPAT,   /* in place of reading a Unified API's request */
	FAULT_LIMIT,    /* in place of the rate limit's check */
	FAULT_POLICY,   /* after the credentials, before the provider */
	FAULT_CACHE,    /* where the cache is asked */
	FAULT_CALL,     /* in place of the call of the provider */
	FAULT_PROVIDER, /* in place of the provider's answer, direct too */
	FAULT_STREAM,   /* the right stream is changed; streams alone */
	FAULT_DELIVERY, /* the right answer arrives badly */
};

enum fault_effect {
	EFFECT_PAGE,    /* status, type and body */
	EFFECT_ERROR,   /* the gateway's error */
	EFFECT_REFUSAL, /* the provider's refusal, in its dialect */
	EFFECT_BOMB,    /* status, type and a body that unpacks to very much */
	EFFECT_STREAM,  /* the events are edited */
	EFFECT_DELIVER, /* the way it is delivered */
	EFFECT_CACHE,   /* the cache answers whoever asks */
};

enum fault_edit {
	EDIT_ERROR,   /* after the second event an error, then nothing */
	EDIT_NO_DONE, /* the last event is left out */
};

struct fault {
	const char *name;
	const char *help;
	enum fault_stage stage;
	enum fault_effect effect;
	int count; /* without :COUNT; -1 stays on */
	bool ray;  /* Cloudflare's own headers are on it */
	unsigned status;
	const char *type;
	const char *body;
	size_t body_size; /* where the body has NULs; else 0 */
	unsigned repeat;  /* the body so often; 0 is once */
	const char *tail; /* once, behind it; or NULL */
	const char *header_name;
	const char *header_value;
	enum gateway_error error;
	enum refusal_kind refusal;
	enum fault_edit edit;
	enum delivery delivery;
};

/* The table; the last row has no name. */
extern const struct fault faults[];

const struct fault *fault_find(const char *name, size_t size);

/* The fault that is due at this stage, now counted down; or NULL. */
const struct fault *fault_take(
	struct settings *settings, enum fault_stage stage);

/* Makes the answer of it. `dialect` may be NULL at the stages before. */
void fault_answer(const struct fault *fault, const struct dialect *dialect,
	struct answer *answer);

#endif
