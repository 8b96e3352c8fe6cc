/* SPDX-License-Identifier: MIT */
/*
 * What a profile's schema asks of its variables (settings/table.def, "schema"):
 * of each name whether it is required, whether it has to be a secret, and what
 * its value may be. It holds of all that is rendered, also of what aigenv makes
 * itself. An empty value is none.
 *
 * A vault opens whatever its schema says, and a running app is none of its
 * business: values are held against it where they come in, and before files are
 * written.
 */
#ifndef PROFILE_SCHEMA_H
#define PROFILE_SCHEMA_H

#include "base/error.h"
#include "profile/variables.h"

#include <jansson.h>
#include <stdbool.h>

/*
 * Whether any value could be right: patterns are patterns (base/pattern.h), and
 * each of one_of matches the pattern. err.where is the setting's key.
 * STATUS_INVALID.
 */
bool schema_accepts(const json_t *settings, struct error *err) MUST_CHECK;

/*
 * One value that is to become a plain variable, or a secret, of that name.
 * STATUS_INVALID, with a next step; no value stands in the message.
 */
bool schema_check_plain(const json_t *settings, const char *name,
	const char *value, struct error *err) MUST_CHECK;
bool schema_check_secret(const json_t *settings, const char *name,
	const struct secret *value, struct error *err) MUST_CHECK;

/* The same of a value that an env file has, where plain and secret look alike.
 */
bool schema_check_value(const json_t *settings, const char *name,
	const char *value, struct error *err) MUST_CHECK;

/* Each fault of a profile, in the order of names. */
typedef void schema_tell(void *context, const struct error *fault);

/*
 * All that is rendered, and what is missing. STATUS_INVALID with the first
 * fault; `tell` gets each further one.
 */
bool schema_check(const struct profile *profile,
	const struct variables *variables, schema_tell *tell, void *context,
	struct error *err) MUST_CHECK;

/* What the schema says of a name, an object, or NULL. Borrowed. */
json_t *schema_entry(const json_t *settings, const char *name);

/* Whether the schema requires a value under that name. */
bool schema_requires(const json_t *settings, const char *name);

/* Whether settings, or answers, give a value under that name: a variable, or
 * what a route makes. */
bool schema_has_value(const json_t *settings, const char *name);

/*
 * Whether the schema requires it and no route makes it, whether it has a value
 * or not. The routes have their defaults (profile_complete_routes).
 */
bool schema_wants(const json_t *settings, const char *name);

/* The next such name; NULL after the last. *at is 0 at first, and moved on.
 * Borrowed. */
const char *schema_next_wanted(const json_t *settings, size_t *at);

/* What the schema says of a name for people, below each other: what it is for,
 * and what its value may be. Owned. */
char *schema_help(const json_t *settings, const char *name);

#endif
