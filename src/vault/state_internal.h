/* SPDX-License-Identifier: MIT */
/*
 * What this machine remembers of one profile (vault-format section 8):
 * $XDG_STATE_HOME/aigenv/vaults/<vault id>/<profile>.json. It is what later
 * openings are compared with, so a damaged one is never replaced in silence.
 */
#ifndef VAULT_STATE_INTERNAL_H
#define VAULT_STATE_INTERNAL_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct state {
	char *path;   /* owned */
	json_t *root; /* owned; NULL where nothing is remembered yet */
	bool changed;
};

/* STATUS_INVALID where it is damaged, STATUS_IO where it cannot be read. */
bool state_load(struct state *state, const char *vault_id, const char *profile,
	struct error *err) MUST_CHECK;
void state_release(struct state *state);

/* The highest generation that this machine has used, or 0. */
int64_t state_generation(const struct state *state);
const char *state_core(const struct state *state); /* or NULL */
/* An object of name to signing key in Base64, or NULL. Borrowed. */
json_t *state_writers(const struct state *state);
json_t *state_settings(const struct state *state); /* or NULL */

/* Sets a member; `changed` tells whether it is another value. */
void state_put(struct state *state, const char *member, json_t *value);

/* Sets `name` in the object `member`; removes it where value is NULL. */
void state_put_entry(struct state *state, const char *member, const char *name,
	json_t *value);
json_t *state_entry(
	const struct state *state, const char *member, const char *name);

/*
 * Writes what changed. A generation that another process has written since is
 * kept where it is higher.
 */
bool state_save(struct state *state, struct error *err) MUST_CHECK;

#endif
