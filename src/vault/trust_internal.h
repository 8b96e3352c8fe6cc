/* SPDX-License-Identifier: MIT */
/*
 * Whose word a profile is (vault-format section 6, "Trust, on every open"):
 * (a) sealed by one of its writers, (b) each writer vouched for, (c) by
 * somebody whom this machine knows.
 */
#ifndef VAULT_TRUST_INTERNAL_H
#define VAULT_TRUST_INTERNAL_H

#include "vault/seal_internal.h"
#include "vault/state_internal.h"

/* (a) The signature of sealed.by. STATUS_LOCKED_OUT. */
bool trust_check_signature(const struct seal_scope *scope, json_t *profile,
	struct error *err) MUST_CHECK;

/* (b) The proofs of all writers. STATUS_LOCKED_OUT. */
bool trust_check_proofs(const struct seal_scope *scope, json_t *profile,
	struct error *err) MUST_CHECK;

/*
 * (c) `fingerprint` (or NULL) in place of what `state` remembers. Without both
 * it is a first contact, which is accepted. STATUS_LOCKED_OUT, STATUS_USAGE
 * where the fingerprint is none.
 */
bool trust_check_writers(const struct state *state, json_t *profile,
	const char *fingerprint, struct error *err) MUST_CHECK;

/* Name to signing key in Base64, of all writers. New reference. */
json_t *trust_writers(json_t *profile);

/* "alice (cace ad55 ...), bob (...)". */
void trust_format_writers(json_t *profile, struct buf *out);

#endif
