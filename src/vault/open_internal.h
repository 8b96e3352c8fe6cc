/* SPDX-License-Identifier: MIT */
/*
 * What opening, changing and saving share.
 */
#ifndef VAULT_OPEN_INTERNAL_H
#define VAULT_OPEN_INTERNAL_H

#include "vault/vault_internal.h"

/* An empty one, in its vault's list. vault_close ends it. */
struct opened *opened_new(struct vault *vault, const char *profile,
	const struct vault_access *access);

void opened_warn(const struct opened *opened, const char *message);

/* The profile as it is now becomes what this machine remembers. */
void opened_remember(struct opened *opened);

#endif
