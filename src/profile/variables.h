/* SPDX-License-Identifier: MIT */
/*
 * The variables that a profile renders, in order (DESIGN "Variables it
 * renders"): CF_AIG_BASE_URL, CF_AIG_TOKEN, each route's key, further base
 * URLs, models, then plain vars and the profile's other secrets by name.
 */
#ifndef PROFILE_VARIABLES_H
#define PROFILE_VARIABLES_H

#include "base/error.h"
#include "os/secret.h"
#include "profile/profile.h"
#include "redact/redact.h"

#include <stdbool.h>

struct variable {
	const char *name;  /* in the arena */
	const char *value; /* NUL-terminated, no NUL inside; a secret's is in
			    * the arena, any other is the profile's */
	bool secret;
};

/*
 * They borrow from the profile alone, which has to outlive them, and nothing
 * from the vault: it may be saved, read again or closed in between.
 */
struct variables {
	struct variable *items; /* owned */
	size_t count;
	struct secret_arena arena; /* holds the names and the secret values */
};

/* A secret's value, into the arena; NULL and err where it fails. */
typedef const char *secret_lookup(void *context, const char *name,
	struct secret_arena *arena, struct error *err);

/*
 * `names` are all secrets of the profile; `lookup` gives their values. Two
 * variables of one name are STATUS_INVALID, as is a required secret that is
 * missing (err.next: `aigenv secret set NAME`).
 */
bool variables_collect(struct variables *variables,
	const struct profile *profile, const char *const *names,
	size_t name_count, secret_lookup *lookup, void *context,
	struct error *err) MUST_CHECK;

const struct variable *variables_find(
	const struct variables *variables, const char *name);
void variables_release(struct variables *variables);

/* What hides all that is secret in them from what is shown. Owned. */
struct redactor *variables_redactor(const struct variables *variables);

#endif
