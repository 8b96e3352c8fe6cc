/* SPDX-License-Identifier: MIT */
/*
 * What every command that opens a vault does first, and those that change one
 * do last:
 *
 *     SCOPED(session) struct session session = SESSION_NONE;
 *
 *     session_open(&session, call, SESSION_READ, err)    find, choose, verify
 *     ... session.opened ...
 *
 * A command that changes the vault:
 *
 *     session_open(&session, call, SESSION_CHANGE, err)  also: is a writer
 *     ... prompts, network calls: no lock is held ...
 *     session_begin_change(&session, err)                lock; read again
 *     ... opened_set_...(session.opened, ...) ...
 *     session_save(&session, err)                        seal, write, unlock
 *
 * session.opened may be another pointer after session_begin_change, so nothing
 * borrowed from it is to be kept across that call.
 *
 * The profile is -p, else AIGENV_PROFILE, else the vault's only one, else
 * `production`. Warnings go to call->output.
 */
#ifndef COMMANDS_SESSION_H
#define COMMANDS_SESSION_H

#include "base/error.h"
#include "cli/command.h"
#include "os/lock.h"
#include "vault/vault.h"

#include <stdbool.h>

enum session_mode {
	SESSION_READ,   /* an older copy gets a warning */
	SESSION_USE,    /* it is refused without --allow-older: `apply` */
	SESSION_CHANGE, /* that, and the identity is one of the writers */
};

struct session {
	struct invocation *call; /* borrowed */
	enum session_mode mode;
	char *path;
	struct vault *vault;
	const char *profile; /* its name, borrowed from `name` */
	char *name;
	struct identity identity;
	bool has_identity;
	struct opened *opened;
	struct lock lock;
	bool silent; /* warnings were given already */
};

#define SESSION_NONE ((struct session){ .lock = LOCK_NONE })

/* All of it: find, load, choose, identity, open. STATUS_*: as DESIGN says. */
bool session_open(struct session *session, struct invocation *call,
	enum session_mode mode, struct error *err) MUST_CHECK;

/*
 * Its parts, for commands that do not open a profile, or several.
 *
 * Finds and loads the vault. STATUS_INVALID where there is none.
 */
bool session_load(struct session *session, struct invocation *call,
	enum session_mode mode, struct error *err) MUST_CHECK;

/* Sets session->profile. STATUS_USAGE with the names where none is meant. */
bool session_choose(struct session *session, struct error *err) MUST_CHECK;

/* Loads the identity, once; a passphrase is asked for on a terminal. */
bool session_identify(struct session *session, struct error *err) MUST_CHECK;

/* Opens a profile by name; the caller closes it (vault_close). */
bool session_open_profile(struct session *session, const char *name,
	struct opened **opened, struct error *err) MUST_CHECK;

/* What vault_open is called with; for vault_add_profile. */
struct vault_access session_access(struct session *session);

/*
 * Takes the lock and makes sure that the profile is still what was opened:
 * STATUS_BUSY where another process holds the lock or has changed the profile.
 */
bool session_begin_change(struct session *session, struct error *err)
	MUST_CHECK;

/*
 * The same for a change that does not depend on what was read before: it goes
 * on with what another process has made of the profile, verified anew.
 */
bool session_begin_change_on_newest(struct session *session, struct error *err)
	MUST_CHECK;

/* vault_save, and gives the lock back. */
bool session_save(struct session *session, struct error *err) MUST_CHECK;

void session_release(struct session *session);

/* -f, else AIGENV_FILE, else upwards; NULL where there is no vault. Owned. */
char *session_find_vault(const struct invocation *call);

#endif
