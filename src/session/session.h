/* SPDX-License-Identifier: MIT */
/*
 * What every verb that opens a vault does first, and those that change one do
 * last:
 *
 *     SCOPED(session) struct session session = SESSION(options);
 *
 *     session_open(&session, SESSION_READ, err)          find, choose, verify
 *     ... session.opened ...
 *
 * One that changes the vault:
 *
 *     session_open(&session, SESSION_CHANGE, err)        also: is a writer
 *     ... prompts, network calls: no lock is held ...
 *     session_begin_change(&session, err)                lock; read again
 *     ... opened_set_...(session.opened, ...) ...
 *     session_save(&session, err)                        seal, write, unlock
 *
 * Who owns what, here and in every room that a session is passed to:
 *
 *   - Who opens a vault owns it until the end. session.vault and session.opened
 *     stay the same handles until session_release, whatever is read again.
 *   - What is borrowed from them (settings, names, a path) lasts until the next
 *     session_begin_change, session_save or opened_set_... and is not used
 *     afterwards.
 *   - Whoever keeps a string longer than that owns a copy of it.
 *
 * The profile is -p, else AIGENV_PROFILE, else the vault's only one, else the
 * only one that is shared with this identity, else `production`.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "base/error.h"
#include "os/lock.h"
#include "session/observer.h"
#include "vault/vault.h"

#include <stdbool.h>

/* What a verb is called with. Texts are borrowed: they outlive the session. */
struct session_options {
	const char *file;       /* -f; NULL: AIGENV_FILE, else upwards */
	const char *profile;    /* -p, or NULL */
	const char *directory;  /* -C, or NULL: where the process is now */
	const char *trust;      /* --trust: a fingerprint, or NULL */
	bool allow_older;       /* go on with an older copy of the vault */
	bool no_input;          /* nobody can be asked */
	int patience_ms;        /* how long another's lock is waited for */
	const char *started_in; /* absolute: the folder that the user is in */
	struct observer observer;
};

enum session_mode {
	SESSION_READ,   /* an older copy gets a warning */
	SESSION_LOOK,   /* nothing is remembered, nor swept: `doctor` */
	SESSION_USE,    /* it is refused without allow_older: `apply` */
	SESSION_CHANGE, /* that, and the identity is one of the writers */
};

/* The profile that is meant where a vault has several and nobody names one. */
#define DEFAULT_PROFILE "production"

struct session {
	struct session_options options;
	enum session_mode mode;
	char *path; /* of the vault; owned, as are all below */
	struct vault *vault;
	char *profile; /* its name */
	struct identity identity;
	bool has_identity;
	bool identity_is_lent; /* it is another session's (session_lend) */
	struct opened *opened;
	struct lock lock;
};

#define SESSION(options_)                                                      \
	((struct session){ .options = (options_), .lock = LOCK_NONE })

/* All of it: find, load, choose, identity, open. STATUS_*: as DESIGN says. */
bool session_open(struct session *session, enum session_mode mode,
	struct error *err) MUST_CHECK;

/*
 * Its parts, for verbs that do not open a profile, or several.
 *
 * Finds the vault: session->path. STATUS_INVALID where there is none.
 */
bool session_find(struct session *session, enum session_mode mode,
	struct error *err) MUST_CHECK;

/* Finds the vault as session_find does, and reads the file. */
bool session_load(struct session *session, enum session_mode mode,
	struct error *err) MUST_CHECK;

/* Begins a vault that is not there yet, in memory. */
void session_create(
	struct session *session, const char *path, enum session_mode mode);

/* Sets session->profile. STATUS_USAGE with the names where none is meant. */
bool session_choose(struct session *session, struct error *err) MUST_CHECK;

/* Sets session->profile to a copy of `name`, whether it is there or not. */
void session_name_profile(struct session *session, const char *name);

/* Loads the identity, once; a passphrase is asked for where one can be. */
bool session_identify(struct session *session, struct error *err) MUST_CHECK;

/* Before anything is asked: STATUS_LOCKED_OUT where what is to be done is a
 * change, and the identity cannot make one. */
bool session_check_identity(struct session *session, struct error *err)
	MUST_CHECK;

/*
 * Has a session that was not opened yet use this one's identity, so that a
 * passphrase is asked for once. The lender outlives it.
 */
void session_lend(const struct session *lender, struct session *session);

/* Opens a profile by name; the caller closes it (vault_close). */
bool session_open_profile(struct session *session, const char *name,
	struct opened **opened, struct error *err) MUST_CHECK;

/*
 * Opens another session's profile in this one's vault, which is locked, so that
 * both are changed in one save; the other one has to begin anew afterwards
 * (session_begin_change_on_newest). The caller closes it. STATUS_BUSY where
 * somebody has changed it since the other session opened it.
 */
bool session_join(struct session *session, const struct session *other,
	struct opened **opened, struct error *err) MUST_CHECK;

/* What vault_open is called with; for vault_add_profile. */
struct vault_access session_access(struct session *session);

/*
 * Takes the lock and makes sure that the profile is still what was opened, or
 * is not there still: STATUS_BUSY where another process holds the lock, or has
 * made, changed or removed the profile. Other profiles may have changed.
 */
bool session_begin_change(struct session *session, struct error *err)
	MUST_CHECK;

/*
 * The same for a change that does not depend on what was read before: it goes
 * on with what another process has made of the profile, verified anew.
 */
bool session_begin_change_on_newest(struct session *session, struct error *err)
	MUST_CHECK;

/* From here on another's lock is waited for: what is under way is not given up
 * for somebody's short save, not even by who would not have waited to begin it.
 */
void session_be_patient(struct session *session);

/* vault_save, and gives the lock back; after a failure session_release does. */
bool session_save(struct session *session, struct error *err) MUST_CHECK;

void session_release(struct session *session);

/* -f, else AIGENV_FILE, else upwards, as vault_find does. */
bool session_find_vault(const struct session_options *options, char **path,
	struct error *err) MUST_CHECK;

/* Whether a command line has to name this profile to mean it. */
bool session_must_name_profile(const struct session *session);

/* The options with which a command line means this vault and profile, each with
 * a blank in front, for words that nothing completes (cli/advice.h does it for
 * all others): what an interrupt prints. Owned. */
char *session_options_again(const struct session *session);

#endif
