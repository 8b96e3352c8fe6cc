/* SPDX-License-Identifier: MIT */
#ifndef VAULT_ROTATION_INTERNAL_H
#define VAULT_ROTATION_INTERNAL_H

#include "vault/rotation.h"

/* The secret that is being rotated, with its name; NULL: none is. Borrowed. */
json_t *rotation_secret(const struct opened *opened, const char **name);

#endif
