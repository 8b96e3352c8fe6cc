/* SPDX-License-Identifier: MIT */
/*
 * Three versions of one thing: what one side changed is taken from there; what
 * both changed, and not alike, somebody decides.
 */
#ifndef VERSIONS_DECIDE_H
#define VERSIONS_DECIDE_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

enum version {
	VERSION_BASE, /* what both began from; there may be none */
	VERSION_OURS,
	VERSION_THEIRS,
	VERSIONS
};

/* Options and messages call them so: "base", "ours", "theirs". */
const char *version_name(enum version version);

/* All borrowed for the call. */
struct conflict {
	const char *profile;
	const char *key; /* "secrets.MIMO_API_KEY", "vars.LOG_LEVEL" */
	/* What each has, in words; NULL where it is not there. Never a secret.
	 */
	const char *base, *ours, *theirs;
};

struct decider {
	/* False ends the merge with the error. */
	bool (*decide)(void *context, const struct conflict *conflict,
		enum version *side, struct error *err);
	void *context; /* borrowed */
};

/* Whether the parts of the three are alike. */
struct likeness {
	bool ours_theirs, base_ours, base_theirs;
};

/* Which side has what the merge takes. */
bool decide_side(const struct decider *decider, const struct likeness *likeness,
	const struct conflict *conflict, enum version *side, struct error *err)
	MUST_CHECK;

#endif
