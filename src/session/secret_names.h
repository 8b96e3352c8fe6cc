/* SPDX-License-Identifier: MIT */
/*
 * Which secrets a profile has, for variables_collect (profile/variables.h):
 * those in the vault, and those that a command knows of beside it.
 */
#ifndef SESSION_SECRET_NAMES_H
#define SESSION_SECRET_NAMES_H

#include "vault/vault.h"

#include <stddef.h>

/*
 * For one call of variables_collect and no longer: the names are borrowed from
 * the opened profile, and the next change of it frees them.
 */
struct secret_names {
	const char **items; /* owned; the names are borrowed */
	size_t count;
};

#define SECRET_NAMES_NONE ((struct secret_names){ NULL, 0 })

/* All names of an opened profile; NULL has none. */
void secret_names_add_all(
	struct secret_names *names, const struct opened *opened);

/* One more, unless it is there. */
void secret_names_add(struct secret_names *names, const char *name);

void secret_names_release(struct secret_names *names);

#endif
