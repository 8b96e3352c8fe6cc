/* SPDX-License-Identifier: MIT */
/*
 * The variables that a profile renders, in order (DESIGN "Variables it
 * renders"): CF_AIG_BASE_URL, CF_AIG_TOKEN, each route's key, further base
 * URLs, models, then plain vars and the profile's other secrets by name.
 */
#ifndef PROFILE_VARIABLES_H
#define PROFILE_VARIABLES_H

#include "base/error.h"
#include "base/name_table.h"
#include "os/secret.h"
#include "profile/profile.h"
#include "redact/redact.h"

#include <stdbool.h>

struct variable {
	char *name;                  /* owned */
	const char *plain;           /* the profile's; NULL: it is a secret */
	const struct secret *secret; /* as it was looked up; NULL: plain */
};

/*
 * They borrow from the profile alone, which has to outlive them, and nothing
 * from the vault: it may be saved, read again or closed in between.
 */
struct variables {
	struct variable *items; /* owned */
	size_t count;
	struct name_table index;
	struct secret_arena arena; /* holds the secret values */
};

/* A secret's value, into the arena or where it lives longer than the variables;
 * NULL and err where it fails. It has no NUL inside. */
typedef const struct secret *secret_lookup(void *context, const char *name,
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

/* One more; false where there is one of that name. */
bool variables_add_secret(struct variables *variables, const char *name,
	const struct secret *value);

/* Whether that is the variable of the base URL of a route, by its place. */
bool profile_is_base_url(
	const struct route *route, size_t index, const char *name);

const struct variable *variables_find(
	const struct variables *variables, const char *name);
void variables_release(struct variables *variables);

/* The value of either kind, as text: for what is rendered, and for a program
 * that is run. Borrowed. */
const char *variable_reveal(const struct variable *variable);

/* Whether its value is that text. */
bool variable_is(const struct variable *variable, const char *text);

/* The value as people may see it: a secret is masked. Owned. */
char *variable_shown(const struct variable *variable);

/* What hides all that is secret in them from what is shown. Owned. */
struct redactor *variables_redactor(const struct variables *variables);

#endif
