/* SPDX-License-Identifier: MIT */
/*
 * The files in which this machine remembers what it has seen (vault-format
 * section 8): JSON objects below $XDG_STATE_HOME/aigenv. Trust rests on them,
 * so what is there has to be readable, and nobody else may be able to write it:
 * STATUS_LOCKED_OUT otherwise, as a machine that cannot look has not forgotten.
 */
#ifndef VAULT_REMEMBERED_INTERNAL_H
#define VAULT_REMEMBERED_INTERNAL_H

#include "base/error.h"
#include "os/atomic_file.h"

#include <jansson.h>
#include <stdbool.h>

/* "folder/<SHA-256 of the path>.json": what is remembered of a place. Owned. */
char *remembered_name(const char *folder, const char *path);

/* Looks at an object that was read, by its members. STATUS_INVALID. */
typedef bool remembered_check(json_t *root, struct error *err);

/*
 * Reads the file `name` ("places/....json") into *root, a new reference, or
 * NULL where there is none. STATUS_INVALID where it is damaged: it is never
 * replaced in silence.
 */
bool remembered_read(const char *name, remembered_check *check, json_t **root,
	struct error *err) MUST_CHECK;

/*
 * Writes it, and its folders where they are missing; ATOMIC_PASSING for what
 * may be lost in a crash. STATUS_IO.
 */
bool remembered_write(const char *name, const json_t *root,
	enum atomic_mode mode, struct error *err) MUST_CHECK;

/*
 * Calls `visit` with each file in the folder `name`, by its name there, in no
 * order; false from it ends the walk and is the result. A folder that is not
 * there has none.
 */
typedef bool remembered_visit(
	void *context, const char *file, struct error *err);
bool remembered_each(const char *name, remembered_visit *visit, void *context,
	struct error *err) MUST_CHECK;

#endif
