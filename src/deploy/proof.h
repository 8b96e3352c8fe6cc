/* SPDX-License-Identifier: MIT */
/*
 * What both `apply` and `verify` do around the test call: tell how far it is,
 * and have this machine remember when each route was last proven.
 */
#ifndef DEPLOY_PROOF_H
#define DEPLOY_PROOF_H

#include "gateway/gateway.h"
#include "session/observer.h"
#include "vault/vault.h"

/* Progress of the calls goes to the observer, which is borrowed. */
void proof_observe(struct verify_options *options, struct observer *observer);

/*
 * Notes the routes of that subject (its index in gateway_verify) that were
 * proven through the gateway. To be followed by opened_save_state.
 */
void proof_remember(struct opened *opened, const struct verify_results *results,
	size_t subject);

#endif
