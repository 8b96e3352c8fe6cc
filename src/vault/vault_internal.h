/* SPDX-License-Identifier: MIT */
/*
 * The two things of this room: a vault (the file, as text and parsed) and an
 * opened profile (its own copy, keys and memory of this machine).
 */
#ifndef VAULT_VAULT_INTERNAL_H
#define VAULT_VAULT_INTERNAL_H

#include "vault/layout_internal.h"
#include "vault/place_internal.h"
#include "vault/proven_internal.h"
#include "vault/seal_internal.h"
#include "vault/state_internal.h"
#include "vault/vault.h"

#include <sys/stat.h>

#define VAULT_FORMAT_VERSION 1

struct placed_profile {
	char *name; /* owned */
	struct profile_span span;
};

struct vault {
	char *path;      /* owned; as the caller gave it */
	char *directory; /* owned; absolute */
	char id[2 * VAULT_ID_SIZE + 1];
	char *text; /* owned; as it was read, NULL for a new one */
	size_t text_size;
	json_t *root; /* owned; `text` parsed, less what was removed, with
		       * null for profiles that nobody has asked for */
	struct placed_profile *placed; /* owned; where they stand in `text` */
	size_t placed_count;
	json_t *names; /* owned; an object whose members have been lent */
	char *checked; /* owned; the profile of it whose structure is known to
			  be right, or NULL */
	struct stat status;    /* of the file when it was read */
	struct opened *opened; /* first of those that are open; borrowed */
	bool differs;          /* from the file, open profiles aside */
	bool is_version;       /* vault_parse made it */
	bool memory_warned;    /* "cannot remember" was said */
	struct place place;    /* where this machine finds it */
	bool place_is_loaded;
};

struct opened {
	struct opened *next; /* in its vault's list */
	struct vault *vault; /* borrowed; NULL once it is gone */
	char *name;          /* owned */
	json_t *profile;     /* owned; in order, as it would be written */
	const struct identity *identity; /* borrowed */
	struct profile_keys keys;
	int64_t succeeds; /* a generation that it is to follow on, or 0 */
	bool changed;
	bool is_new;
	bool settings_edited;
	bool first_contact;   /* nobody was known before it was opened */
	struct state state;   /* of this machine */
	struct proven proven; /* of this machine; read when it is asked for */
	struct vault_access access;
};

/* The vault's bytes, parsed and checked at the top; replaces what it held. */
bool vault_take_text(struct vault *vault, const char *text, size_t size,
	struct error *err) MUST_CHECK;

/*
 * A profile of the file, parsed when it is first asked for: opening one of
 * sixty does not pay for the others. Borrowed; NULL where there is none.
 */
json_t *vault_parsed(const struct vault *vault, const char *profile);

/* Gives back where the profiles stand in the text: vault_free calls it. */
void vault_forget_places(struct vault *vault);

/* Where it stands in the text; NULL where that has none of the name. */
const struct profile_span *vault_place_of(
	const struct vault *vault, const char *profile);

/* All of them by name. Borrowed. */
json_t *vault_parsed_all(const struct vault *vault);

/* Puts the file's name before the path of the member in err.where. */
bool vault_at(const struct vault *vault, struct error *err);

/* STATUS_INVALID naming the profiles there are. */
bool vault_require_profile(const struct vault *vault, const char *name,
	struct error *err) MUST_CHECK;

/* Rule (d): that the file is the vault which this machine knows there. */
bool vault_check_place(struct vault *vault, const struct vault_access *access,
	struct error *err) MUST_CHECK;

/* What this machine knows of the file's path, read once, when there is a file.
 * STATUS_INVALID, STATUS_LOCKED_OUT. */
bool vault_load_place(struct vault *vault, struct error *err) MUST_CHECK;

/* An empty one, in its vault's list. vault_close ends it. */
struct opened *opened_new(struct vault *vault, const char *profile,
	const struct vault_access *access);

void opened_warn(const struct opened *opened, const char *message);

struct seal_scope opened_scope(const struct opened *opened);

/* The recipient whose signing key is this identity's, or NULL. Borrowed. */
const char *opened_own_name(const struct opened *opened);

/* Parts of the profile. Borrowed. */
json_t *opened_sealed(const struct opened *opened);
json_t *opened_secrets(const struct opened *opened);
json_t *opened_recipients(const struct opened *opened);

/* The index-th name of an object in its own order; NULL beyond the last. */
const char *object_name_at(json_t *object, size_t index);

/* Puts the profile in the order in which it is written. */
void opened_sort(struct opened *opened);

/*
 * The generation that it is saved with. An older copy that was accepted goes on
 * above what this machine has seen, or it would stay an older one, or a twin.
 */
int64_t opened_next_generation(const struct opened *opened);

/* Whether it may become the secret's value: its form, and that it is not the
 * present one. STATUS_INVALID. */
bool opened_check_new_value(const struct opened *opened, const char *name,
	const struct secret *value, struct error *err) MUST_CHECK;

/* The value in one of the secret's slots; NULL where it is not genuine. */
const struct secret *opened_decrypt(const struct opened *opened,
	const char *name, const json_t *slot, struct secret_arena *arena);

/* A slot with that value, for the generation to come. New reference. */
json_t *opened_encrypt(const struct opened *opened, const char *name,
	const struct secret *value);

/* Puts the secret's record in the place of the one there, which the vault may
 * have, too: a copy is changed, and put back. Takes the reference. */
void opened_put_secret(struct opened *opened, const char *name, json_t *secret);

/* What opening and saving have in common: the mark (mark.c). */

/*
 * Compares with the generation that this machine remembers (section 8): an
 * older copy, or another one of the same generation, gets a warning, or is
 * refused where the vault is to be changed. STATUS_LOCKED_OUT.
 */
bool mark_check(const struct opened *opened, struct error *err) MUST_CHECK;

/* The profile as it is now becomes what this machine remembers. */
void opened_remember(struct opened *opened);

/* What sharing and merging have in common (share.c). */

/* Sets the profile's `key`: its data key, for all recipients. */
bool share_wrap(struct opened *opened, struct error *err) MUST_CHECK;

/* This identity vouches for a writer, in the generation to come. */
void share_vouch(const struct opened *opened, const char *name);

/* A secret under other keys, each value in its place; NULL where one is not
 * genuine. New reference. */
json_t *share_encrypt_again(const struct opened *opened,
	const struct profile_keys *keys, const char *name, json_t *secret);

/* STATUS_LOCKED_OUT for one that is not. */
bool share_refuse_value(
	const struct opened *opened, const char *name, struct error *err);

/* The secret that is being rotated, with its name; NULL: none is. Borrowed. */
json_t *rotation_secret(const struct opened *opened, const char **name);

#endif
