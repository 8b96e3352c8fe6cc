/* SPDX-License-Identifier: MIT */
/* What a profile's structure is checked by, piece by piece. */
#ifndef VAULT_STRUCTURE_CHECKS_INTERNAL_H
#define VAULT_STRUCTURE_CHECKS_INTERNAL_H

#include "vault/form_internal.h"
#include "vault/rotation.h"

/*
 * The values at the ends of a profile's structure (vault-format section 2), one
 * check each, as form_check: keys, tags, times, generations.
 */

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

/*
 * What members of a profile have to do with each other, where each of them is
 * right by itself: as form_check, after the members.
 */

/* A writer has all of sign, by, gen and proof, a reader none. */
form_check rule_recipient;

/* The name of a rotation's step, and the slots that each step has (vault-format
 * section 10). */
form_check rule_step;
form_check rule_secret;
const char *rule_step_word(enum rotation_step step);
/* Of a word that rule_step accepts. */
enum rotation_step rule_step_of(const char *word);

/* No two slots of a secret have the same gen. */
form_check rule_distinct_gens;

/* No gen is above the generation, and at most one secret is being rotated. */
form_check rule_profile;

#endif
