/* SPDX-License-Identifier: MIT */
/*
 * One profile that two sides have changed: a secret, a recipient, a plain
 * setting, a variable, a route and an output each are taken from the side that
 * changed them.
 *
 * A merge brings in no recipient of whom this machine could not know by an
 * ordinary pull: the proof of a writer who was removed is genuine for ever, and
 * whoever may push can make a history in which he never was. So one who comes
 * in by a side has to be new to this machine, or new to all of git's history.
 */
#ifndef VERSIONS_PROFILE_MERGE_H
#define VERSIONS_PROFILE_MERGE_H

#include "session/session.h"
#include "vault/versions.h"
#include "versions/decide.h"

struct profile_merge {
	char *name; /* owned, as are all below */
	/* Of VERSION_BASE: NULL where there is none. */
	struct opened *versions[VERSIONS];
	struct opened *result; /* in the vault that is to be written */
	/* [{key, before, after, from}] against the base; "from" is "ours",
	 * "theirs" or "both". */
	json_t *changes;
	/* [{recipient, secret}]: who was removed on one side, and can read what
	 * the other one set meanwhile. */
	json_t *known_to;
};

/*
 * Opens merge->name of the vaults, of which that of VERSION_BASE may be NULL.
 * STATUS_LOCKED_OUT where one cannot be opened, or was sealed by somebody whom
 * this machine does not know.
 */
bool profile_merge_open(struct profile_merge *merge, struct session *session,
	struct vault *const *vaults, struct error *err) MUST_CHECK;

/*
 * Merges into `result`, in memory. STATUS_LOCKED_OUT where a recipient would
 * come in whom this machine cannot know; STATUS_INVALID where what comes out is
 * no profile; and what the decider says.
 */
bool profile_merge_do(struct profile_merge *merge, struct session *session,
	const struct decider *decider, struct error *err) MUST_CHECK;

void profile_merge_release(struct profile_merge *merge);

#endif
