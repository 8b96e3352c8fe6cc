/* SPDX-License-Identifier: MIT */
/*
 * What both `apply` and `verify` do around the test call: tell how far it is,
 * say what Ctrl-C leaves, and have this machine remember when each route was
 * last proven.
 */
#ifndef DEPLOY_PROOF_H
#define DEPLOY_PROOF_H

#include "gateway/gateway.h"
#include "session/observer.h"
#include "vault/vault.h"

#include <stdint.h>

/* Nothing is told of a call that is quicker. */
#define PROOF_QUIET_MS 300

struct proof_watch {
	const struct observer *observer; /* borrowed, as the next */
	/* What is said where Ctrl-C ends the program during the call: what was
	 * saved and how to go on. NULL: nothing. */
	const char *last_words;
	int64_t told_second; /* what the line shows; set by proof_observe */
	size_t told_done;
};

/* Progress of the calls goes to the watch's observer, until proof_over. */
void proof_observe(struct verify_options *options, struct proof_watch *watch);
void proof_over(const struct proof_watch *watch);

/*
 * Notes the routes of that subject (its index in gateway_verify, and its
 * profile) that were proven through the gateway, and of the others which
 * secrets were refused. To be followed by opened_save_state.
 */
void proof_remember(struct opened *opened, const struct verify_results *results,
	size_t subject, const struct profile *profile);

#endif
