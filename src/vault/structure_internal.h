/* SPDX-License-Identifier: MIT */
/*
 * The structure of one profile (vault-format section 2), with every limit.
 * Nothing here looks at a key: it says whether the file can be a vault at all
 * (exit 3), not whether it is genuine.
 */
#ifndef VAULT_STRUCTURE_INTERNAL_H
#define VAULT_STRUCTURE_INTERNAL_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define NESTING_LIMIT 8
#define PROFILE_DEPTH (NESTING_LIMIT - 2) /* it stands two below the root */
#define PROFILES_LIMIT 64
#define RECIPIENTS_LIMIT 64
#define SECRETS_LIMIT 256
#define GENERATION_LIMIT ((INT64_C(1) << 53) - 1)
#define VALUE_LIMIT 65535 /* bytes before padding */
#define VALUE_BLOCK 64
#define VAULT_ID_SIZE 16
#define KEY_ID_SIZE 8
#define TAG_SIZE 32
#define SIGNATURE_SIZE 64

/* None ends in ".proven": what is remembered of such a profile would have the
 * name of another's proofs (section 8). */
bool structure_is_profile_name(const char *name);
bool structure_is_recipient_name(const char *name);

/* err.where is the member's path from "profiles" on. STATUS_INVALID. */
bool structure_check_profile(
	json_t *profile, const char *name, struct error *err) MUST_CHECK;

/*
 * That no two slots of a secret were encrypted in the same generation. A rule
 * for writers: it is looked at when the tags have been, so that a "gen" that
 * was changed by hand is told as what it is. STATUS_INVALID.
 */
bool structure_check_slots(json_t *profile, const char *name, struct error *err)
	MUST_CHECK;

/* Settings alone, as opened_set_settings gets them. */
bool structure_check_settings(json_t *value, struct error *err) MUST_CHECK;

/* The profile as it is written: records and maps in order. New reference. */
json_t *structure_in_order(json_t *profile);

#endif
