/* SPDX-License-Identifier: MIT */
/*
 * Whether secrets have the form of what they are to be in a profile: the
 * gateway's token, a provider's key, neither in the other's place (DESIGN
 * "Secrets' form"). No value is ever repeated in an error.
 */
#ifndef SESSION_SECRET_CHECK_H
#define SESSION_SECRET_CHECK_H

#include "session/session.h"
#include "session/workspace.h"

/* The name of one that is to be set on a command line: a variable's, and none
 * that decides which code runs. STATUS_USAGE. */
bool secret_check_name(const char *name, struct error *err) MUST_CHECK;

/* Whether the opened profile may get a secret of that name, so that nobody is
 * asked for a value in vain. STATUS_INVALID. */
bool secret_check_place(const struct session *session, const char *name,
	struct error *err) MUST_CHECK;

/*
 * Warns of a key whose prefix is another provider's, where it was set on
 * purpose: formats change, so it is no refusal (profile_check_key_owner is).
 * `entry` may be NULL.
 */
void secret_warn_of_owner(const struct observer *observer, const char *name,
	const struct provider *entry, const struct secret *key);

/*
 * A value that is to become secret `name` of the opened profile, alone and
 * beside those that are there. STATUS_INVALID. Warns of its owner.
 */
bool secret_check_value(const struct session *session, const char *name,
	const struct secret *value, struct error *err) MUST_CHECK;

/* Whether it is there and the profile cannot be applied without it. */
bool secret_is_needed(const struct session *session, const char *name);

/* The token and each route's key among collected variables. STATUS_INVALID. */
bool secret_check_variables(const struct profile *profile,
	const struct variables *variables, struct error *err) MUST_CHECK;

#endif
