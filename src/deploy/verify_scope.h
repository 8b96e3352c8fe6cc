/* SPDX-License-Identifier: MIT */
/*
 * What `verify` calls: the chosen profile, or every one of the vault, opened,
 * with the values that each would render.
 */
#ifndef DEPLOY_VERIFY_SCOPE_H
#define DEPLOY_VERIFY_SCOPE_H

#include "base/slice.h"
#include "deploy/proof.h"
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

/*
 * The test calls, observed by `watch`; this machine remembers for `status` when
 * each route was last proven. Not being able to remember does not make a call
 * less proven.
 */
bool verify_scope_call(struct verify_scope *scope,
	struct verify_options *options, struct proof_watch *watch,
	struct verify_results *results, struct error *err) MUST_CHECK;

/* What the command ends with: 5 before 6 before 0 (DESIGN "verify --json"),
 * then, in *err too, what was left out. */
enum status verify_scope_conclude(const struct verify_scope *scope,
	const struct verify_results *results, struct error *err);

/* Whether the same call may end better later: what a setting breaks will
 * not. */
bool verify_may_recover(enum status status);

typedef void verify_curl_seen(void *context, const char *profile,
	const char *route, struct slice command);

/* The calls as curl commands (gateway_curl), appended to `text`, of which each
 * is shown to `seen`. */
bool verify_scope_curl(const struct verify_scope *scope,
	const struct verify_options *options, struct buf *text,
	verify_curl_seen *seen, void *context, struct error *err) MUST_CHECK;

void verify_scope_release(struct verify_scope *scope);

#endif
