/* SPDX-License-Identifier: MIT */
/*
 * What opening and saving have in common: the mark.
 */
#ifndef VAULT_OPEN_INTERNAL_H
#define VAULT_OPEN_INTERNAL_H

#include "vault/vault_internal.h"

/*
 * Compares with the generation that this machine remembers (section 8): an
 * older copy, or another one of the same generation, gets a warning, or is
 * refused where the vault is to be changed. STATUS_LOCKED_OUT.
 */
bool mark_check(const struct opened *opened, struct error *err) MUST_CHECK;

/* The profile as it is now becomes what this machine remembers. */
void opened_remember(struct opened *opened);

#endif
