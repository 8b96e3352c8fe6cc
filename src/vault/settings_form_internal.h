/* SPDX-License-Identifier: MIT */
/*
 * The form of a profile's settings, as far as the format fixes it: names of
 * members, types, limits (vault-format section 2). What they mean, and which
 * values make sense, src/profile knows.
 */
#ifndef VAULT_SETTINGS_FORM_INTERNAL_H
#define VAULT_SETTINGS_FORM_INTERNAL_H

#include "vault/form_internal.h"

extern const struct form settings_form;

#endif
