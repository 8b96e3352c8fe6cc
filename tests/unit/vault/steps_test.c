/* SPDX-License-Identifier: MIT */
/*
 * Every intermediate result for one.json, as the other implementation has it in
 * steps.json.
 */
#include "base/json.h"
#include "base/memory.h"
#include "support.h"
#include "vault/encoding_internal.h"
#include "vault/seal_internal.h"

#include <criterion/criterion.h>
#include <sodium.h>
#include <string.h>

TestSuite(steps, .init = enter_folder, .fini = leave_folder);

#define LIMIT (1u << 20)

static const char *text_of(json_t *object, const char *name)
{
	return json_text(object, name);
}

static void assert_hex(
	const unsigned char *bytes, size_t size, const char *expected)
{
	char hex[129];

	sodium_bin2hex(hex, sizeof(hex), bytes, size);
	cr_assert_str_eq(hex, expected);
}

static void assert_sha256(const struct buf *text, const char *expected)
{
	unsigned char hash[32];

	crypto_hash_sha256(hash, (const unsigned char *)text->data, text->size);
	assert_hex(hash, sizeof(hash), expected);
}

static void assert_base64(
	const unsigned char *bytes, size_t size, const char *expected)
{
	char *text = base64_encode(bytes, size);

	cr_assert_str_eq(text, expected);
	memory_free(text, strlen(text));
}

static void derive(json_t *steps, struct profile_keys *keys)
{
	SCOPED(secret) struct secret key = { 0 };

	secret_init(&key, DATA_KEY_SIZE);
	cr_assert(hex_decode(
		text_of(steps, "data_key_hex"), secret_room(&key), 32));
	profile_keys_derive(keys, &key, text_of(steps, "vault"));
}

static json_t *profile_of(json_t *vault)
{
	return json_object_get(
		json_object_get(vault, "profiles"), "production");
}

Test(steps, subkeys_and_key_id)
{
	JSON_SCOPED json_t *steps = read_json(vector_path("steps.json"));
	SCOPED(profile_keys) struct profile_keys keys = { 0 };

	derive(steps, &keys);
	assert_hex(profile_keys_value_key(&keys), 32,
		text_of(steps, "value_key_hex"));
	assert_hex(secret_bytes(&keys.block) + 64, 32,
		text_of(steps, "mac_key_hex"));
	cr_assert_str_eq(keys.id, text_of(steps, "key_id"));
}

Test(steps, canonical_bytes_and_tags)
{
	JSON_SCOPED json_t *steps = read_json(vector_path("steps.json"));
	JSON_SCOPED json_t *vault = read_json(vector_path("one.json"));
	SCOPED(profile_keys) struct profile_keys keys = { 0 };
	SCOPED(buf) struct buf settings = BUF(LIMIT);
	SCOPED(buf) struct buf core = BUF(LIMIT);
	SCOPED(buf) struct buf message = BUF(LIMIT);
	struct seal_scope scope = { text_of(steps, "vault"), "production" };
	json_t *profile = profile_of(vault);
	unsigned char tag[TAG_SIZE];

	derive(steps, &keys);
	seal_format_settings(
		&scope, 1, json_object_get(profile, "settings"), &settings);
	cr_assert_str_eq(
		buf_cstring(&settings), text_of(steps, "settings_canonical"));
	seal_tag_settings(
		&keys, &scope, 1, json_object_get(profile, "settings"), tag);
	assert_base64(tag, sizeof(tag), text_of(steps, "settings_tag_base64"));
	seal_format_core(&scope, profile, &core);
	assert_sha256(&core, text_of(steps, "core_canonical_sha256"));
	seal_tag_core(&keys, &scope, profile, tag);
	assert_base64(tag, sizeof(tag), text_of(steps, "core_tag_base64"));
	seal_format_message(&scope, profile, &message);
	assert_sha256(&message, text_of(steps, "seal_message_sha256"));
}

Test(steps, a_signature_is_made_as_the_other_made_it)
{
	JSON_SCOPED json_t *vault = read_json(vector_path("one.json"));
	SCOPED(identity) struct identity alice = { 0 };
	SCOPED(signing_key) struct signing_key key = { 0 };
	struct seal_scope scope = { text_of(vault, "vault"), "production" };
	unsigned char signature[SIGNATURE_SIZE];
	json_t *profile = profile_of(vault);

	load_vector_identity("alice", &alice);
	identity_signing_key(&alice, &key);
	seal_sign(&key.private, &scope, profile, signature);
	assert_base64(signature, sizeof(signature),
		text_of(json_object_get(profile, "sealed"), "signature"));
	json_t *recipient = json_object_get(
		json_object_get(profile, "recipients"), "alice");
	proof_sign(&key.private, &scope, "alice", recipient, signature);
	assert_base64(
		signature, sizeof(signature), text_of(recipient, "proof"));
}

Test(steps, authenticated_place_of_a_value)
{
	JSON_SCOPED json_t *steps = read_json(vector_path("steps.json"));
	SCOPED(buf) struct buf place = BUF(LIMIT);
	struct value_place at = { { text_of(steps, "vault"), "production" },
		"CF_AIG_TOKEN", 1 };

	value_format_place(&at, &place);
	cr_assert_str_eq(
		buf_cstring(&place), text_of(steps, "aad_CF_AIG_TOKEN"));
}

Test(steps, signing_key_token_and_fingerprint)
{
	JSON_SCOPED json_t *steps = read_json(vector_path("steps.json"));
	SCOPED(identity) struct identity alice = { 0 };
	char token[TOKEN_SIZE];
	char fingerprint[FINGERPRINT_SIZE];

	load_vector_identity("alice", &alice);
	SCOPED(signing_key) struct signing_key key = { 0 };
	identity_signing_key(&alice, &key);
	assert_hex(secret_bytes(&key.private), 32,
		text_of(steps, "alice_signing_seed_hex"));
	assert_base64(key.public, 32, text_of(steps, "alice_sign_base64"));
	identity_token(&alice, token);
	cr_assert_str_eq(token, text_of(steps, "alice_share_token"));
	identity_own_fingerprint(&alice, fingerprint);
	cr_assert_str_eq(fingerprint, text_of(steps, "alice_fingerprint"));
}
