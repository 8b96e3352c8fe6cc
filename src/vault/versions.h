/* SPDX-License-Identifier: MIT */
/*
 * Versions of a vault, to be merged (vault-format section 9, "git"): texts that
 * are not the file, opened and verified without a trace in what this machine
 * remembers; and the steps by which a profile takes in what another version of
 * it has.
 *
 *     vault_parse, vault_take_profile    whole profiles, as they stand
 *     vault_open_version                 one that two sides have changed
 *     opened_succeed, opened_take_...    its parts
 *     opened_finish_recipients           its data key
 *
 * Which part is taken from where is for the caller to say (versions/merge.h).
 */
#ifndef VAULT_VERSIONS_H
#define VAULT_VERSIONS_H

#include "vault/vault.h"

/* A text as it would be in the file at `path`. STATUS_INVALID. */
bool vault_parse(const char *path, const char *text, size_t size,
	struct vault **vault, struct error *err) MUST_CHECK;

/* From here on it stands for the file there, whatever that has in it:
 * vault_save replaces the file, unless it changes. STATUS_IO. */
bool vault_stand_for_file(struct vault *vault, struct error *err) MUST_CHECK;

/* Whether both have the profile alike, or none has it. */
bool vault_has_same_profile(
	const struct vault *a, const struct vault *b, const char *name);

/* The profile's text becomes that of `from`, where it may be missing. No
 * profile of `to` is open. STATUS_INVALID: too many profiles, too large. */
bool vault_take_profile(struct vault *to, const struct vault *from,
	const char *name, struct error *err) MUST_CHECK;

/*
 * As vault_open, but for what holds for the file alone: the mark, and who is
 * known of its writers (opened_acquaintance). STATUS_INVALID,
 * STATUS_LOCKED_OUT.
 */
bool vault_open_version(struct vault *vault, const char *profile,
	const struct vault_access *access, struct opened **opened,
	struct error *err) MUST_CHECK;

/* vault_save to another file, and nothing is remembered. */
bool vault_write(struct vault *vault, const char *path, struct error *err)
	MUST_CHECK;

enum acquaintance {
	ACQUAINTANCE_NONE,
	/*
	 * A writer whom this machine knows vouches for him, in a generation
	 * that it has passed: he may have been removed since.
	 */
	ACQUAINTANCE_VOUCHED,
	ACQUAINTANCE_KNOWN,
};

/*
 * What this machine makes of a recipient of a version (section 6): it knows a
 * writer whom it remembers, who is vouched for in a generation that is new to
 * it, or who has the fingerprint of --trust; and a reader of a version that is
 * new to it. One that nobody is remembered of knows all. STATUS_INVALID,
 * STATUS_LOCKED_OUT: as vault_open; STATUS_USAGE: no fingerprint.
 */
bool opened_acquaintance(const struct opened *opened, const char *recipient,
	enum acquaintance *acquaintance, struct error *err) MUST_CHECK;

/* Whether one of the writers signs with the key that sealed `other`. */
bool opened_has_sealer_of(
	const struct opened *opened, const struct opened *other);

/* The generation in which a recipient was made a writer; of a reader, that of
 * the version. */
int64_t opened_recipient_generation(
	const struct opened *opened, const char *recipient);

/* Says, where nobody is remembered of the profile, who is trusted from now on.
 */
void opened_announce(const struct opened *opened);

/*
 * The profile is to follow on `generation` and on all that this machine has
 * seen of it: a rebase merges versions that are older than its own last one.
 * Says so where `generation` is the older one.
 */
void opened_succeed(struct opened *opened, int64_t generation);

/* A JSON object of all names; the caller's own reference. */
json_t *opened_secret_names(const struct opened *opened);
json_t *opened_recipient_names(const struct opened *opened);

/* Both may be NULL, which has none of the name. The same values in the same
 * slots, whenever they were set: decrypted, where the data keys differ. */
bool opened_has_same_secret(
	const struct opened *a, const struct opened *b, const char *name);

/* The same keys and role, whoever vouches for them. */
bool opened_has_same_recipient(
	const struct opened *a, const struct opened *b, const char *name);
/* The same keys and role, and the same writer vouches for them. */
bool opened_has_equal_recipient(
	const struct opened *a, const struct opened *b, const char *name);

/* All slots as `from` has them, or none. STATUS_LOCKED_OUT where a value was
 * tampered with. */
bool opened_take_secret(struct opened *to, const struct opened *from,
	const char *name, struct error *err) MUST_CHECK;

/* Whether the secret is being rotated. */
bool opened_is_rotating(const struct opened *opened, const char *name);

/* As `from` has it, or removed; opened_finish_recipients is to follow. */
void opened_take_recipient(
	struct opened *to, const struct opened *from, const char *name);

/* This identity vouches for a writer of the profile, in the generation to
 * come. */
void opened_vouch(struct opened *opened, const char *name);

/*
 * Wraps the data key for the recipients as they are now; makes a new one where
 * `others` have another, or a recipient that the profile has not. NULLs among
 * them are passed over.
 */
bool opened_finish_recipients(struct opened *opened,
	const struct opened *const *others, size_t count, struct error *err)
	MUST_CHECK;

#endif
