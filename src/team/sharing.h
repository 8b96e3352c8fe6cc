/* SPDX-License-Identifier: MIT */
/*
 * With whom profiles are shared (vault-format, section 6): several at once, in
 * one change of the vault.
 *
 *     SCOPED(sharing) struct sharing sharing = SHARING(options);
 *
 *     sharing_load(&sharing, SESSION_CHANGE, err)   find the vault, identify
 *     sharing_add(&sharing, profiles, &recipient, err)
 *
 * The passphrase is asked for in sharing_load; the lock is taken afterwards, in
 * sharing_add and sharing_remove, and nobody is asked anything while it is
 * held.
 */
#ifndef TEAM_SHARING_H
#define TEAM_SHARING_H

#include "age/age.h"
#include "session/session.h"
#include "vault/vault.h"

#include <stdbool.h>
#include <stddef.h>

struct sharing {
	struct session session;
	/* Those that are open; each owned, as all below. */
	struct opened **profiles;
	size_t count;
	/* Those that could not be opened or changed, and why: sharing_remove.
	 */
	struct sharing_left *left;
	size_t left_count;
};

struct sharing_left {
	char *profile; /* owned */
	struct error why;
};

#define SHARING(options_) ((struct sharing){ .session = SESSION(options_) })

/* Finds and loads the vault, and this machine's identity. */
bool sharing_load(struct sharing *sharing, enum session_mode mode,
	struct error *err) MUST_CHECK;

/*
 * Opens the profiles of a comma list; NULL: the chosen one. STATUS_INVALID for
 * a name that is not there, STATUS_LOCKED_OUT for one that is not ours to read
 * (SESSION_CHANGE: to change).
 */
bool sharing_open(struct sharing *sharing, const char *list, struct error *err)
	MUST_CHECK;

/* Opens all profiles; those that cannot be are in sharing->left. */
void sharing_open_all(struct sharing *sharing);

struct new_recipient {
	const char *name; /* borrowed, as long as the call */
	struct age_recipient age;
	unsigned char sign[SIGN_KEY_SIZE]; /* of a writer */
	bool writer;
	/* He cannot read older versions: a new data key first. */
	bool new_key;
};

/*
 * `key` is what `key show` prints (a writer's), or a bare "age1..." (a
 * reader's); `reader` makes a reader of either. STATUS_USAGE.
 */
bool new_recipient_parse(struct new_recipient *recipient, const char *name,
	const char *key, bool reader, struct error *err) MUST_CHECK;

/* Takes the lock, opens (as sharing_open; `all`: every profile that this
 * identity can change), adds and saves: all of them or none. */
bool sharing_add(struct sharing *sharing, const char *list,
	const struct new_recipient *recipient, struct error *err) MUST_CHECK;
bool sharing_add_to_all(struct sharing *sharing,
	const struct new_recipient *recipient, struct error *err) MUST_CHECK;

/*
 * Takes the lock and removes the recipient from the profiles of the list, or
 * (NULL) from each that has one of that name, and saves. Profiles that this
 * identity cannot change are in sharing->left; where that is all of them, the
 * first one's error is the result.
 */
bool sharing_remove(struct sharing *sharing, const char *list, const char *name,
	struct error *err) MUST_CHECK;

/* What somebody who could read the profile knows, oldest first: in this order
 * it is to be replaced. Owned; the texts in it are the profile's. */
struct secret_info *sharing_secrets_by_age(
	const struct opened *opened, size_t *count);

void sharing_release(struct sharing *sharing);

#endif
