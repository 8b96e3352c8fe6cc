/* SPDX-License-Identifier: MIT */
/*
 * What is authenticated, and with which key (vault-format sections 3 and 4):
 * canonical bytes, subkeys, tags, signatures, encrypted values.
 */
#ifndef VAULT_SEAL_INTERNAL_H
#define VAULT_SEAL_INTERNAL_H

#include "base/buf.h"
#include "os/secret.h"
#include "vault/structure_internal.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#define DATA_KEY_SIZE 32
#define SIGN_SIZE 32

/* A profile's data key and what comes from it: one guarded block. */
struct profile_keys {
	struct secret block; /* owned: data key, value key, MAC key */
	char id[2 * KEY_ID_SIZE + 1];
};

/* The data key is copied. `vault_id` is 32 digits of hex. */
void profile_keys_derive(struct profile_keys *keys,
	const struct secret *data_key, const char *vault_id);
void profile_keys_release(struct profile_keys *keys);

const unsigned char *profile_keys_data_key(const struct profile_keys *keys);
const unsigned char *profile_keys_value_key(const struct profile_keys *keys);

/* Where a profile stands: what every message begins with. */
struct seal_scope {
	const char *vault_id;
	const char *profile;
};

/* HMAC over C(["aigenv/1 settings", v, p, g, settings]). */
void seal_tag_settings(const struct profile_keys *keys,
	const struct seal_scope *scope, int64_t generation, json_t *settings,
	unsigned char tag[TAG_SIZE]);

/* HMAC over C(["aigenv/1 core", ...]) of a whole profile. */
void seal_tag_core(const struct profile_keys *keys,
	const struct seal_scope *scope, json_t *profile,
	unsigned char tag[TAG_SIZE]);

/*
 * Ed25519 over C(["aigenv/1 seal", v, p, P]), P being the profile less settings
 * and signature. The settings' tag, which P has, binds the settings, so that
 * the signature can be checked also where they were edited.
 */
void seal_sign(const struct secret *signing, const struct seal_scope *scope,
	json_t *profile, unsigned char signature[SIGNATURE_SIZE]);
bool seal_verify(const unsigned char sign[SIGN_SIZE],
	const struct seal_scope *scope, json_t *profile) MUST_CHECK;

/* Ed25519 over C(["aigenv/1 writer", v, p, N, age, sign, gen]). */
void proof_sign(const struct secret *signing, const struct seal_scope *scope,
	const char *name, json_t *recipient,
	unsigned char proof[SIGNATURE_SIZE]);
bool proof_verify(const struct seal_scope *scope, const char *name,
	json_t *recipient) MUST_CHECK;

/* One value: C(["aigenv/1 value", v, p, NAME, gen]) is its AAD. */
struct value_place {
	struct seal_scope scope;
	const char *name;
	int64_t gen;
};

/* Base64 of nonce, ciphertext and tag. New reference. */
json_t *value_encrypt(const struct profile_keys *keys,
	const struct value_place *place, const struct secret *value);

/* Into the arena; NULL where it is not the value of that place. */
const struct secret *value_decrypt(const struct profile_keys *keys,
	const struct value_place *place, const char *data,
	struct secret_arena *arena);

/* The canonical bytes themselves; for tests. New text in out. */
void seal_format_core(
	const struct seal_scope *scope, json_t *profile, struct buf *out);
void seal_format_settings(const struct seal_scope *scope, int64_t generation,
	json_t *settings, struct buf *out);
void seal_format_message(
	const struct seal_scope *scope, json_t *profile, struct buf *out);
void value_format_place(const struct value_place *place, struct buf *out);

#endif
