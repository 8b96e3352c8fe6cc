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

/*
 * Compares with the generation that this machine remembers (section 8): an
 * older copy, or another one of the same generation, gets a warning, or is
 * refused where the vault is to be changed. STATUS_LOCKED_OUT.
 */
bool mark_check(const struct opened *opened, struct error *err) MUST_CHECK;
bool mark_is_older(const struct opened *opened);

/* What this machine knows of the file's path, read once, when there is a file.
 * STATUS_INVALID, STATUS_LOCKED_OUT. */
bool vault_load_place(struct vault *vault, struct error *err) MUST_CHECK;

/* The profile as it is now becomes what this machine remembers. */
void opened_remember(struct opened *opened);

#endif
