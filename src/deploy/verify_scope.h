/* SPDX-License-Identifier: MIT */
/*
 * What `verify` calls: the chosen profile, or every one of the vault, opened,
 * with the values that each would render.
 */
#ifndef DEPLOY_VERIFY_SCOPE_H
#define DEPLOY_VERIFY_SCOPE_H

#include "gateway/gateway.h"
#include "session/session.h"

/* One profile; its addresses are kept in subjects. */
struct verify_target {
	struct opened *opened; /* owned, as all in it */
	struct profile profile;
	struct variables variables;
};

struct verify_scope {
	struct verify_target *targets; /* owned, as the subjects */
	struct verify_subject *subjects;
	size_t count;
	struct error first; /* of a profile that is left out; STATUS_OK: none */
};

#define VERIFY_SCOPE_NONE ((struct verify_scope){ 0 })

/*
 * Opens session->profile, or with `all` every profile: one that is not shared
 * with this machine, or cannot be called, does not keep the others from being
 * verified; it is told, and its error kept in `first`.
 */
bool verify_scope_open(struct verify_scope *scope, struct session *session,
	bool all, const struct verify_options *options, struct error *err)
	MUST_CHECK;

/* For `status`: when each route was last proven. Not being able to remember
 * does not make the call less proven. */
void verify_scope_remember(
	struct verify_scope *scope, const struct verify_results *results);

void verify_scope_release(struct verify_scope *scope);

#endif
