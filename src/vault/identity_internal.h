/* SPDX-License-Identifier: MIT */
/*
 * The identity's file: its permissions and its passphrase.
 */
#ifndef VAULT_IDENTITY_INTERNAL_H
#define VAULT_IDENTITY_INTERNAL_H

#include "vault/identity.h"

/*
 * The text with the keys, unlocked. *warning is set (owned) where the file is
 * passed with a word about it. STATUS_LOCKED_OUT, STATUS_IO.
 */
bool identity_file_read(const char *path, const struct identity_prompt *prompt,
	struct secret *text, char **warning, struct error *err) MUST_CHECK;

#endif
