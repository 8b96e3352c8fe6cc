/* SPDX-License-Identifier: MIT */
/* The other profiles of the vault that is open, which may have the same files
 * and the same app. */
#ifndef DEPLOY_OTHER_PROFILE_H
#define DEPLOY_OTHER_PROFILE_H

#include "profile/profile.h"
#include "session/session.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The vault's profile with that index, as its settings stand in the file: not
 * every one can be opened here. False where it is the session's own, or makes
 * no sense; else the caller releases it.
 */
bool other_profile_read(
	const struct session *session, size_t index, struct profile *other);

#endif
