/* SPDX-License-Identifier: MIT */
/*
 * The files in which this machine remembers what it has seen (vault-format
 * section 8): JSON objects below $XDG_STATE_HOME/aigenv.
 */
#ifndef VAULT_REMEMBERED_INTERNAL_H
#define VAULT_REMEMBERED_INTERNAL_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/* Looks at an object that was read, by its members. STATUS_INVALID. */
typedef bool remembered_check(json_t *root, struct error *err);

/*
 * Reads the file at `path` into *root, a new reference, or NULL where there is
 * none. STATUS_INVALID where it is damaged: it is what later openings are
 * compared with, so it is never replaced in silence. STATUS_IO.
 */
bool remembered_read(const char *path, remembered_check *check, json_t **root,
	struct error *err) MUST_CHECK;

/* Writes it, 0600, and its folders where they are missing. STATUS_IO. */
bool remembered_write(const char *path, const json_t *root, struct error *err)
	MUST_CHECK;

#endif
