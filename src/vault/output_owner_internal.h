/* SPDX-License-Identifier: MIT */
/*
 * Which profile wrote the file at a path last, on this machine:
 * $XDG_STATE_HOME/aigenv/outputs/<SHA-256 of the real path>.json. A profile's
 * own memory (state_internal.h) has paths as its settings name them, relative
 * to any clone of the vault; here a file has one owner, whatever clone it is
 * in.
 */
#ifndef VAULT_OUTPUT_OWNER_INTERNAL_H
#define VAULT_OUTPUT_OWNER_INTERNAL_H

#include "base/error.h"

/* STATUS_IO. */
bool output_owner_save(const char *id, const char *profile, const char *path,
	struct error *err) MUST_CHECK;

#endif
