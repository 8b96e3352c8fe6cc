/* SPDX-License-Identifier: MIT */
/*
 * The last good test call of each route of a profile (vault-format section 8),
 * in <profile>.proven.json beside what is remembered for trust; and which
 * values of secrets the last call through a route was refused for:
 *
 *     "refused": { "xiaomi": { "MIMO_API_KEY": 7 } }
 *
 * by the generation that the value was set in, which no other value has.
 * Nothing is decided by it, so a damaged one counts as none.
 */
#ifndef VAULT_PROVEN_INTERNAL_H
#define VAULT_PROVEN_INTERNAL_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

struct proven {
	char *name;   /* owned; NULL until proven_load */
	json_t *root; /* owned; never NULL after proven_load */
	bool changed;
};

void proven_load(
	struct proven *proven, const char *vault_id, const char *profile);
void proven_release(struct proven *proven);

/* {"at", "log_id"} or NULL. Borrowed until the next proven_put. */
json_t *proven_get(const struct proven *proven, const char *route);

/* Takes the reference. */
void proven_put(struct proven *proven, const char *route, json_t *proof);

/* Routes with what each was refused for; or NULL. Borrowed, likewise. */
json_t *proven_refusals(const struct proven *proven);

/* `names` to generations, taken over; NULL forgets the route's. */
void proven_put_refused(
	struct proven *proven, const char *route, json_t *names);

/* STATUS_IO. */
bool proven_save(struct proven *proven, struct error *err) MUST_CHECK;

#endif
