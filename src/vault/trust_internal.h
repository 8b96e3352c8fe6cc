/* SPDX-License-Identifier: MIT */
/*
 * Whose word a profile is (vault-format section 6, "Trust, on every open"):
 * (a) sealed by one of its writers, (b) each writer vouched for, (c) by
 * somebody whom this machine knows, (d) in the vault that was in this place
 * before, (e) or known from the vault's other profiles.
 */
#ifndef VAULT_TRUST_INTERNAL_H
#define VAULT_TRUST_INTERNAL_H

#include "vault/place_internal.h"
#include "vault/seal_internal.h"
#include "vault/state_internal.h"
#include "vault/versions.h"

/*
 * (a) and (b): the signature of sealed.by, and the proofs of all writers. They
 * need no key and hold whatever became of the settings. STATUS_LOCKED_OUT.
 */
bool trust_check_signatures(const struct seal_scope *scope, json_t *profile,
	struct error *err) MUST_CHECK;

/* What is known before a profile is believed. All borrowed. */
struct trust {
	const char *vault_id;
	const char *profile;       /* its name */
	json_t *profiles;          /* all of the file */
	const struct state *state; /* of this machine, for this profile */
	const struct place *place;
	const char *fingerprint; /* --trust: takes the place of all of it */
	/* AIGENV_TRUST: counts where nothing is known of profile and place. */
	const char *first_fingerprint;
};

/*
 * (c) to (e). *first_contact: nobody is known yet, and so whoever is found is
 * believed. STATUS_LOCKED_OUT; STATUS_USAGE where a fingerprint is none;
 * STATUS_INVALID where the memory of this machine is damaged.
 */
bool trust_check_writers(const struct trust *trust, json_t *profile,
	bool *first_contact, struct error *err) MUST_CHECK;

/*
 * Of a version that is to be merged: whether nobody is known, and what is known
 * of one of its recipients, where --trust adds to what is remembered. As
 * trust_check_writers.
 */
bool trust_is_first_contact(const struct trust *trust, json_t *profile,
	bool *first_contact, struct error *err) MUST_CHECK;
bool trust_acquaintance(const struct trust *trust, json_t *profile,
	const char *recipient, enum acquaintance *acquaintance,
	struct error *err) MUST_CHECK;

/* (d) alone, which needs no profile. STATUS_LOCKED_OUT. */
bool trust_check_place(const struct place *place, const char *vault_id,
	struct error *err) MUST_CHECK;

/* Name to signing key in Base64, of all writers. New reference. */
json_t *trust_writers(json_t *profile);

/* "alice (cace ad55 ...), bob (...)". */
void trust_format_writers(json_t *profile, struct buf *out);

#endif
