/* SPDX-License-Identifier: MIT */
/*
 * The values at the ends of a profile's structure (vault-format section 2), one
 * check each, as form_check: keys, tags, times, generations.
 */
#ifndef VAULT_STRUCTURE_LEAVES_INTERNAL_H
#define VAULT_STRUCTURE_LEAVES_INTERNAL_H

#include "vault/form_internal.h"

form_check leaf_tag;
form_check leaf_signature;
form_check leaf_generation;
form_check leaf_time;
form_check leaf_key_id;
form_check leaf_armor_line;
form_check leaf_armor;
form_check leaf_data; /* an encrypted value: its length alone */
form_check leaf_by;   /* a recipient's name */
form_check leaf_age;  /* a recipient: age's, or an SSH key */

#endif
