/* SPDX-License-Identifier: MIT */
/*
 * T and G of the format (section 6): the signing keys that are believed before
 * a profile is looked at, and the generation up to which its own proofs count
 * no more.
 */
#ifndef VAULT_KNOWN_INTERNAL_H
#define VAULT_KNOWN_INTERNAL_H

#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct known {
	json_t *keys;  /* owned; an object whose names are keys in Base64 */
	int64_t after; /* G */
};

/* With no key in it. */
void known_init(struct known *known);
void known_release(struct known *known);

bool known_is_empty(const struct known *known);
bool known_has(const struct known *known, const char *key);
void known_add(struct known *known, const char *key);

/* Adds all of an object of name to key. NULL has none. */
void known_add_writers(struct known *known, json_t *writers);

/*
 * Rule (e), for a profile that is new to this machine: adds all writers that it
 * remembers of the vault's other profiles in `profiles` or, where it remembers
 * none of these, of all. STATUS_INVALID, STATUS_LOCKED_OUT: as remembered_read.
 */
bool known_add_neighbours(struct known *known, const char *vault_id,
	json_t *profiles, struct error *err) MUST_CHECK;

#endif
