/* SPDX-License-Identifier: MIT */
/*
 * Which vault was in a file when this machine last used it (vault-format
 * section 8): $XDG_STATE_HOME/aigenv/places/<SHA-256 of the path>.json, for the
 * path as it was reached and for the real one. So a whole vault that was
 * replaced by another is noticed, though it has another id.
 */
#ifndef VAULT_PLACE_INTERNAL_H
#define VAULT_PLACE_INTERNAL_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct place_path {
	char *path;  /* owned; absolute */
	char *name;  /* owned; of its file in the memory */
	char *vault; /* owned; the id that is remembered, or NULL */
};

/* Empty for a file that has no lasting path, as /dev/fd/3. */
struct place {
	struct place_path paths[2]; /* as it was reached; the real one */
	size_t count;
};

/* STATUS_INVALID where the memory is damaged, STATUS_LOCKED_OUT where it cannot
 * be relied on. */
bool place_load(struct place *place, const char *vault_path, struct error *err)
	MUST_CHECK;
void place_release(struct place *place);

/* Whether this machine has used a vault here. */
bool place_is_known(const struct place *place);

/* Whether it was another one than `id`. */
bool place_had_another(const struct place *place, const char *id);

/* Has the memory know that it is `id`, where it does not yet. STATUS_IO. */
bool place_save(struct place *place, const char *id, struct error *err)
	MUST_CHECK;

/*
 * For a first contact: the path of another vault of that file name that this
 * machine knows, the nearest one; NULL where it knows none. Owned.
 */
char *place_find_another(const struct place *place, const char *id);

#endif
