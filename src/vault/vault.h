/* SPDX-License-Identifier: MIT */
/*
 * The vault: aigenv.json as reference vault-format specifies it (version 1).
 *
 *     vault_load         read, parse, version, top level           (exit 3, 7)
 *     vault_open         one profile: structure, data key, tags, signature,
 *                        trust, rollback mark                       (3, 4)
 *     vault_get_secret   decrypt one value
 *     vault_set_*        change the opened profile in memory
 *     vault_save         generation + 1, tags, signature, atomic write, mark
 *
 * It binds settings as bytes and knows no meaning of them but the form that
 * the format fixes; src/profile gives them theirs. Only after vault_open has
 * succeeded may a setting be used for anything but display.
 */
#ifndef VAULT_VAULT_H
#define VAULT_VAULT_H

#include "base/buf.h"
#include "base/error.h"
#include "os/lock.h"
#include "vault/identity.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define VAULT_FILE "aigenv.json"
#define VAULT_LIMIT (4u << 20)

struct vault; /* the file */

/*
 * Where the vault is: `file` (-f, AIGENV_FILE) as it is, else the first
 * aigenv.json from `directory` upwards. *path is owned, and NULL where there is
 * none. STATUS_LOCKED_OUT where one that was found, or its folder, is another
 * user's or can be written by others (section 11).
 */
bool vault_find(const char *file, const char *directory, char **path,
	struct error *err) MUST_CHECK;

/* That check alone, also for one that is to be made at `path`. */
bool vault_check_owner(const char *path, struct error *err) MUST_CHECK;

/* STATUS_INVALID, STATUS_IO. */
bool vault_load(const char *path, struct vault **vault, struct error *err)
	MUST_CHECK;

/*
 * Reads the file again into the same vault. What was borrowed from it is gone;
 * profiles that are open stay as they were, until opened_renew. A failure
 * leaves the vault as it was.
 */
bool vault_reload(struct vault *vault, struct error *err) MUST_CHECK;

/* A new one in memory, with a random id and no profile. */
struct vault *vault_create(const char *path);

void vault_free(struct vault *vault);

/* Whether the file is still the one that was read. */
bool vault_is_current(const struct vault *vault);

const char *vault_path(const struct vault *vault);
/* The folder that output paths are relative to; absolute. Borrowed. */
const char *vault_directory(const struct vault *vault);
const char *vault_id(const struct vault *vault);

/* Profile names in order; profile_count of them. Borrowed until the vault is
 * freed, also where vault_open finds another file and reads that. NULL behind
 * the last. */
size_t vault_profile_count(const struct vault *vault);
const char *vault_profile_name(const struct vault *vault, size_t index);
bool vault_has_profile(const struct vault *vault, const char *name);

/*
 * A profile's settings as they stand in the file; structure is checked, and
 * nobody vouches for them. Borrowed until the vault is saved or freed.
 */
bool vault_peek_settings(struct vault *vault, const char *profile,
	json_t **settings, struct error *err) MUST_CHECK;

/* The name of the secret after *name, or of the first where that is NULL, as it
 * stands in the file: after vault_peek_settings. False after the last. Borrowed
 * as these are. */
bool vault_peek_secret(
	struct vault *vault, const char *profile, const char **name);

/* Whether the file says so; likewise nobody vouches for it. */
bool vault_names_recipient(
	const struct vault *vault, const char *profile, const char *recipient);
bool vault_is_shared_with(const struct vault *vault, const char *profile,
	const struct identity *identity);

enum vault_purpose {
	VAULT_READ,  /* an older copy gets a warning */
	VAULT_WRITE, /* an older copy is refused without allow_older */
	/* So it is, and this machine remembers nothing of it: nobody is trusted
	 * from then on. */
	VAULT_LOOK,
};

/* What it points to has to live as long as the opened profile. */
struct vault_access {
	const struct identity *identity;
	/* --trust: the fingerprint that takes the place of all that this
	 * machine knows; or NULL. */
	const char *trust;
	/* AIGENV_TRUST: one that counts where it knows nothing yet; or NULL. */
	const char *first_trust;
	bool allow_older;
	enum vault_purpose purpose;
	/*
	 * `seal`: settings that were edited by hand are let through, where
	 * those that were sealed are at hand for a comparison: remembered by
	 * this machine or, where it is not NULL, `sealed_settings` (git's
	 * HEAD). With `trust` also without them, as somebody was asked then.
	 */
	bool accept_edited_settings;
	json_t *sealed_settings;
	/* Told of warnings ("first contact: trusting ...", "an older copy"). */
	void (*warn)(void *context, const char *message);
	void *context;
};

struct opened; /* a profile that was opened and verified */

/* STATUS_INVALID, STATUS_LOCKED_OUT: section 7, steps 1 to 5. */
bool vault_open(struct vault *vault, const char *profile,
	const struct vault_access *access, struct opened **opened,
	struct error *err) MUST_CHECK;

/*
 * For display where no identity is at hand: a profile's settings after the
 * checks that need no key (structure, signature, proofs, trust). That the
 * settings are those which were sealed is not verified. Borrowed until the
 * vault is saved or freed. STATUS_INVALID, STATUS_LOCKED_OUT.
 */
bool vault_view_settings(struct vault *vault, const char *profile,
	const struct vault_access *access, json_t **settings, struct error *err)
	MUST_CHECK;

/* A new profile with a new data key and `writer` as its first writer. */
bool vault_add_profile(struct vault *vault, const char *profile,
	const struct vault_access *access, const char *writer,
	struct opened **opened, struct error *err) MUST_CHECK;

/*
 * Opens the profile again in a vault that was reloaded, as vault_open does but
 * for its warnings, which were given. The handle stays the same; what was
 * borrowed from it is gone, changes that were not saved are lost. A failure
 * leaves it as it was.
 */
bool opened_renew(struct opened *opened, struct error *err) MUST_CHECK;

void vault_close(struct opened *opened);

const char *opened_profile(const struct opened *opened);
int64_t opened_generation(const struct opened *opened);
/* Whether this machine has used a newer one, or another of the same generation:
 * to change it takes allow_older. */
bool opened_is_older(const struct opened *opened);

/* Whether this machine knew nothing of it when it was opened: whom it had to
 * trust for that, nobody has said. */
bool opened_is_first_contact(const struct opened *opened);

/* What this version is told apart by (`sealed.core`). Borrowed. */
const char *opened_core(const struct opened *opened);
/* The name of the writer who sealed it. */
const char *opened_sealed_by(const struct opened *opened);

/* Verified settings. Borrowed; do not change. */
json_t *opened_settings(const struct opened *opened);

/* True where settings differ from what was sealed (accept_edited_settings). */
bool opened_settings_edited(const struct opened *opened);

/*
 * The settings that were sealed, where settings were edited since: looked for
 * as vault_access says. NULL where they cannot be had. Borrowed.
 */
json_t *opened_sealed_settings(const struct opened *opened);

/*
 * Appends names of the profile's variables by which a program can be made to
 * run other code ("NODE_OPTIONS, PYTHONPATH"), less those that settings
 * `before` had; NULL for none before.
 */
void opened_format_code_names(
	const struct opened *opened, json_t *before, struct buf *out);

/* Replaces the settings in memory (takes a copy); form is checked. */
bool opened_set_settings(
	struct opened *opened, json_t *settings, struct error *err) MUST_CHECK;

enum secret_slot {
	SLOT_CURRENT,
	SLOT_PENDING,
	SLOT_PREVIOUS
};

struct secret_info {
	const char *name;
	const char *at;      /* of the current value, as 2026-11-10T09:30:00Z */
	const char *expires; /* or NULL */
	/* By which its issuer knows the value, or NULL. */
	const char *id, *previous_id;
	bool pending, previous;
};

size_t opened_secret_count(const struct opened *opened);
/* The secret after info->name, or the first where that is NULL; false after the
 * last. What it tells is borrowed until the profile is changed. */
bool opened_next_secret(const struct opened *opened, struct secret_info *info);
bool opened_has_secret(const struct opened *opened, const char *name);

/*
 * Decrypts one value into the arena. NULL with STATUS_INVALID where there is
 * none of that name or slot, with STATUS_LOCKED_OUT where it was tampered with.
 */
const struct secret *opened_get_secret(const struct opened *opened,
	const char *name, enum secret_slot slot, struct secret_arena *arena,
	struct error *err) MUST_CHECK;

/* Whether it may be set at all, whatever the value: it is not being rotated,
 * and there is room. */
bool opened_check_may_set(const struct opened *opened, const char *name,
	struct error *err) MUST_CHECK;

/*
 * Sets the current value (in memory, until vault_save). *changed tells whether
 * it differs from the present one, which is then left as it is.
 */
bool opened_set_secret(struct opened *opened, const char *name,
	const struct secret *value, bool *changed, struct error *err)
	MUST_CHECK;

/*
 * What was current becomes previous in opened_set_secret, unless it is not
 * known to have been in use (no test call of this machine since it was set):
 * then an older previous value stays.
 *
 * Exchanges current and previous, or drops previous. STATUS_INVALID where there
 * is none.
 */
bool opened_exchange_secret(
	struct opened *opened, const char *name, struct error *err) MUST_CHECK;
bool opened_forget_secret(
	struct opened *opened, const char *name, struct error *err) MUST_CHECK;

/*
 * What a rollback exchanged and has not brought into use yet is remembered by
 * this machine from before the vault is saved, so that one which was killed is
 * gone on with: the same command again would exchange the two back. Whether
 * that is so of the secret's present value; of which others it is so ("A, B",
 * owned; NULL: of none); remembers it of a secret that was exchanged; forgets
 * it of all. The last writes it, where there was any.
 */
bool opened_is_rolled_back(const struct opened *opened, const char *name);
char *opened_rolled_back_beside(const struct opened *opened, const char *name);
void opened_begin_rollback(struct opened *opened, const char *name);
void opened_end_rollback(struct opened *opened);

/* STATUS_INVALID where there is none, or a rotation of it is under way; the
 * second does it. */
bool opened_can_remove_secret(const struct opened *opened, const char *name,
	struct error *err) MUST_CHECK;
bool opened_remove_secret(
	struct opened *opened, const char *name, struct error *err) MUST_CHECK;

struct recipient_info {
	const char *name;
	const char *age;
	bool writer;
	char fingerprint[FINGERPRINT_SIZE]; /* "" for a reader */
	const char *vouched_by;             /* a name, or NULL */
};
size_t opened_recipient_count(const struct opened *opened);
void opened_recipient_info(
	const struct opened *opened, size_t index, struct recipient_info *info);

/* STATUS_LOCKED_OUT unless the identity is one of the profile's writers. */
bool opened_require_writer(const struct opened *opened, struct error *err)
	MUST_CHECK;

/*
 * Sharing (section 6), in memory until vault_save. A writer has a signing key;
 * `sign` NULL makes a reader. Wraps the same data key anew: the new recipient
 * can read every older version under it, unless opened_renew_key comes first.
 * STATUS_INVALID where the name or the key is there already.
 */
bool opened_add_recipient(struct opened *opened, const char *name,
	const struct age_recipient *age,
	const unsigned char sign[SIGN_KEY_SIZE], struct error *err) MUST_CHECK;

/*
 * Takes a recipient out: a new data key, and this identity vouches anew for
 * the writers that the removed one had vouched for. What he could read is to be
 * rotated. STATUS_INVALID for oneself and for a name that is not there.
 */
bool opened_remove_recipient(
	struct opened *opened, const char *name, struct error *err) MUST_CHECK;

/* A new data key; every value is encrypted anew, `gen` and `at` stay. */
bool opened_renew_key(struct opened *opened, struct error *err) MUST_CHECK;

/*
 * What `check` can say of a profile without an identity: structure, signature,
 * proofs, and as many age stanzas as recipients. STATUS_INVALID,
 * STATUS_LOCKED_OUT.
 */
bool vault_check_profile(
	struct vault *vault, const char *profile, struct error *err) MUST_CHECK;

/* Drops a profile from the file (in memory). */
bool vault_remove_profile(
	struct vault *vault, const char *profile, struct error *err) MUST_CHECK;

/*
 * Seals every opened profile that was changed and writes the file; updates this
 * machine's mark. Other profiles keep their bytes. STATUS_BUSY where the file
 * was changed since it was read, STATUS_IO. Hold the lock from load to save.
 */
bool vault_save(struct vault *vault, struct error *err) MUST_CHECK;

/*
 * Removes what a killed aigenv left half-written: beside the vault, and in the
 * folders of all outputs that its profiles have, or that this machine has ever
 * rendered for it. vault_save does it; for who writes outputs. Hold the lock.
 */
void vault_sweep(struct vault *vault);

/* Takes the lock on the vault's folder (section 9); tries for `patience_ms`. */
bool vault_lock(const char *path, int patience_ms, struct lock *lock,
	struct error *err) MUST_CHECK;

/*
 * What this machine remembers beside trust (section 8): of an output the names
 * that `apply` wrote into it, each with its plain value, or null for a secret;
 * NULL where it wrote none. Borrowed until the next opened_set_rendered.
 */
json_t *opened_get_rendered(const struct opened *opened, const char *path);

/* All of them, by their paths in the settings of that time; NULL for none. */
json_t *opened_all_rendered(const struct opened *opened);

/* `names` NULL forgets the output. */
void opened_set_rendered(
	struct opened *opened, const char *path, json_t *names);

/*
 * A file has one owner: the profile that wrote it last, wherever the vault was
 * cloned to. NULL where that is another vault's profile, or not known; it may
 * be one that the vault no longer has. `path` is absolute. Owned.
 */
char *vault_output_owner(const struct vault *vault, const char *path);

/* The profile becomes its owner; warns as opened_save_state does. */
void opened_own_output(struct opened *opened, const char *path);

/* opened_get_rendered of any profile, without opening it. New reference. */
json_t *vault_rendered_by(
	const struct vault *vault, const char *profile, const char *path);

/*
 * What was given to PM2: {"apps": [...], "names": [...]}. The names are those
 * that the profile has lost since, the apps all of them; or NULL. Borrowed
 * until the next opened_set_deployed, which takes the reference.
 */
json_t *opened_get_deployed(const struct opened *opened);
void opened_set_deployed(struct opened *opened, json_t *deployed);

/* The last good test call of a route: {"at", "log_id"}, or NULL. Borrowed. */
json_t *opened_get_proven(struct opened *opened, const char *route);

/* What the profile's values are made of, as hex of a hash: the settings, less
 * those that are no values (pm2, outputs, restart), and in which generation
 * each secret was set. Asked once for all routes. Owned by the caller. */
char *opened_values(const struct opened *opened);

/* Whether it was made with these values. */
bool opened_is_proven(
	struct opened *opened, const char *route, const char *values);
void opened_set_proven(struct opened *opened, const char *route,
	const char *values, const char *at, const char *log_id);

/*
 * The last test call of a route was refused for the present values of these
 * secrets; opened_set_proven forgets that. Whether a value is one of them: not
 * after it was changed.
 */
void opened_set_refused(struct opened *opened, const char *route,
	const char *const *names, size_t count);
bool opened_was_refused(struct opened *opened, const char *name);

/*
 * For how many days a new value was asked for under that label, which the vault
 * itself has no place for; 0 is without an end. What was remembered last is
 * kept; -1 where that is another one's, or nothing.
 */
void opened_set_asked_days(
	struct opened *opened, const char *label, int64_t days);
int64_t opened_get_asked_days(const struct opened *opened, const char *label);

/* Writes all of it, with the mark; warns once per vault where it cannot. */
void opened_save_state(struct opened *opened);

#endif
