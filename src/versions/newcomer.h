/* SPDX-License-Identifier: MIT */
/* Whether a recipient of a version may be in the result of a merge. */
#ifndef VERSIONS_NEWCOMER_H
#define VERSIONS_NEWCOMER_H

#include "vault/versions.h"
#include "versions/decide.h"

struct newcomer {
	const char *vault_path;
	const struct opened *base;   /* or NULL */
	const struct opened *opened; /* of the side that he is in */
	enum version side;
	const char *name;
};

/* STATUS_LOCKED_OUT: whoever sealed the version is not known here. */
bool newcomer_check_sealer(const struct newcomer *sealer, struct error *err)
	MUST_CHECK;

/* The same of the base, whose sealer may have been removed since: nobody
 * vouches for him whom this machine knows. It decides which side's parts are
 * taken. */
bool newcomer_check_base(const struct newcomer *sealer, struct error *err)
	MUST_CHECK;

/* STATUS_LOCKED_OUT: he is not known here, or was removed once. */
bool newcomer_check(const struct newcomer *newcomer, struct error *err)
	MUST_CHECK;

#endif
