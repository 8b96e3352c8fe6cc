/* SPDX-License-Identifier: MIT */
/*
 * What members of a profile have to do with each other, where each of them is
 * right by itself: as form_check, after the members.
 */
#ifndef VAULT_STRUCTURE_RULES_INTERNAL_H
#define VAULT_STRUCTURE_RULES_INTERNAL_H

#include "vault/form_internal.h"
#include "vault/rotation.h"

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
