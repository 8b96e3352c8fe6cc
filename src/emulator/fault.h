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
	FAULT_TOKEN,    /* in place of the token's check */
	FAULT_LIMIT,    /* in place of the rate limit's check */
	FAULT_POLICY,   /* after the credentials, before the provider */
	FAULT_PROVIDER, /* in place of the provider's answer */
	FAULT_DELIVERY, /* the right answer arrives badly */
};

enum fault_effect {
	EFFECT_PAGE,    /* status, type and body */
	EFFECT_ERROR,   /* the gateway's error */
	EFFECT_REFUSAL, /* the provider's refusal, in its dialect */
	EFFECT_DELIVER, /* the way it is delivered */
};

struct fault {
	const char *name;
	const char *help;
	enum fault_stage stage;
	enum fault_effect effect;
	int count; /* without :COUNT; -1 stays on */
	unsigned status;
	const char *type;
	const char *body;
	size_t body_size; /* where the body has NULs; else 0 */
	const char *header_name;
	const char *header_value;
	enum gateway_error error;
	enum refusal_kind refusal;
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
