/* SPDX-License-Identifier: MIT */
/*
 * The identity that is made for a vault, and goes again where the vault could
 * not be written. Vaults in different folders share it, so another `init` may
 * be at it too.
 */
#ifndef SETUP_NEW_IDENTITY_H
#define SETUP_NEW_IDENTITY_H

#include "os/lock.h"
#include "session/session.h"

#include <stdbool.h>

/* The one that is there; before anything is locked, since it may ask for a
 * passphrase. */
bool new_identity_load(struct session *session, struct error *err) MUST_CHECK;

/*
 * No vault is written for an identity that the `init` of another folder, which
 * failed, has taken away again. The vault's own folder is locked already. Where
 * there can be no lock nobody waits.
 */
bool new_identity_lock(const struct session *session, struct lock *lock,
	struct error *err) MUST_CHECK;

/* Makes sure that there is one; *made where it was made here. */
bool new_identity_keep(struct session *session, bool *made, struct error *err)
	MUST_CHECK;

/* "Nothing was changed" has to be true: one that opens nothing goes. Returns
 * false, with the next step in err. */
bool new_identity_drop(
	const struct session *session, bool *made, struct error *err);

#endif
