/* SPDX-License-Identifier: MIT */
/*
 * A route that gets another provider: what was chosen for the first one is not
 * the new one's. And where a route's key has another variable by now, its value
 * goes along: settings and secrets are kept apart, and would part here.
 */
#ifndef SESSION_CHANGED_ROUTES_H
#define SESSION_CHANGED_ROUTES_H

#include "session/observer.h"
#include "session/session.h"
#include "vault/vault.h"

#include <jansson.h>

/* Says what of such routes went, changed, or stays: direct_url, the key's
 * variable and the model. `before` may be NULL: not known. */
void provider_change_tell(const struct session *session, const json_t *before,
	const json_t *after);

/*
 * Takes direct_url out of routes of `after` where `before` has it for another
 * provider alone, also of a route that has another name now: a probe would
 * send one provider's key to the other.
 */
void provider_change_forget(const json_t *before, json_t *after);

/* A profile, and what its settings are to be. */
struct renaming {
	struct opened *opened; /* borrowed, as the others; or NULL: it is new */
	const json_t *before;
	const json_t *after;
};

/* The secret whose value becomes that of `name`; NULL where none does, or
 * `name` is there already. Borrowed from `before`. */
const char *renamed_keys_source(
	const struct renaming *renaming, const char *name);

/* Whether a secret is no route's key any more, since its value has another
 * name. */
bool renamed_keys_leave(const struct renaming *renaming, const char *name);

/* Moves them, before the settings are set; each is told. */
bool renamed_keys_move(const struct renaming *renaming,
	const struct observer *observer, struct error *err) MUST_CHECK;

#endif
