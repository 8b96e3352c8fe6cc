/* SPDX-License-Identifier: MIT */
/*
 * Where a route's key has another variable by now, its value goes along:
 * settings and secrets are kept apart, and would part here.
 */
#ifndef SESSION_RENAMED_KEYS_H
#define SESSION_RENAMED_KEYS_H

#include "session/observer.h"
#include "vault/vault.h"

#include <jansson.h>

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
