/* SPDX-License-Identifier: MIT */
/*
 * When a secret is to be replaced: by its age, where the profile
 * (max_age_days) or the name (schema.NAME.max_age_days, which wins) has a
 * limit, and by the day on which its issuer ends it (a slot's `expires`).
 */
#ifndef SESSION_DUE_H
#define SESSION_DUE_H

#include "session/session.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* A rotation is announced that many days before it is due. */
#define DUE_WARN_DAYS 14

struct due {
	int64_t age_days;
	int64_t limit_days; /* of the age; 0: none */
	bool expires;       /* days_left counts to that */
	int64_t days_left;  /* below 0: so long ago */
};

/* False where there is neither limit nor end. `now` is in seconds since the
 * epoch. */
bool due_of(const json_t *settings, const struct secret_info *info, int64_t now,
	struct due *due);

/* "expires in 3 days", where days_left is within DUE_WARN_DAYS; else NULL.
 * Owned. */
char *due_words(const struct due *due);

/* Tells the observer of every secret that there is something to be said of. */
void due_warn(const struct session *session);

#endif
