/* SPDX-License-Identifier: MIT */
/* What sharing and merging have in common. */
#ifndef VAULT_SHARE_INTERNAL_H
#define VAULT_SHARE_INTERNAL_H

#include "vault/vault_internal.h"

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

#endif
