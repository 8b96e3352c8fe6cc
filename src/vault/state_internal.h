/* SPDX-License-Identifier: MIT */
/*
 * What this machine remembers of one profile (vault-format section 8), and
 * compares later openings with:
 * $XDG_STATE_HOME/aigenv/vaults/<vault id>/<profile>.json. Members that are not
 * known here are kept.
 */
#ifndef VAULT_STATE_INTERNAL_H
#define VAULT_STATE_INTERNAL_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct state {
	char *name;   /* owned; of its file in the memory */
	json_t *root; /* owned; NULL where nothing is remembered yet */
	json_t *news; /* owned; members that were set since it was read */
};

/* STATUS_INVALID where it is damaged, STATUS_LOCKED_OUT where it cannot be
 * relied on. */
bool state_load(struct state *state, const char *vault_id, const char *profile,
	struct error *err) MUST_CHECK;
void state_release(struct state *state);

/*
 * Calls `visit` with each profile of the vault that this machine remembers, in
 * no order; false from it ends the walk and is the result. STATUS_LOCKED_OUT.
 */
typedef bool state_visit(void *context, const char *profile, struct error *err);
bool state_each(const char *vault_id, state_visit *visit, void *context,
	struct error *err) MUST_CHECK;

/* The highest generation that this machine has used, or 0. */
int64_t state_generation(const struct state *state);
/* A member that is a text: "core", "settings_tag", "signature"; or NULL. */
const char *state_text(const struct state *state, const char *member);
/* An object of name to signing key in Base64, or NULL. Borrowed. */
json_t *state_writers(const struct state *state);
json_t *state_settings(const struct state *state); /* or NULL */

/* Sets a member, where it is another value. Takes the reference. */
void state_put(struct state *state, const char *member, json_t *value);

/* Sets `name` in the object `member`; removes it where value is NULL. */
void state_put_entry(struct state *state, const char *member, const char *name,
	json_t *value);
json_t *state_entry(
	const struct state *state, const char *member, const char *name);

/*
 * Writes what was set, into what is there by now: members that another process
 * has written since stay, and so does its generation where it is higher.
 */
bool state_save(struct state *state, struct error *err) MUST_CHECK;

#endif
