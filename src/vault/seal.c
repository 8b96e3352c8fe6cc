/* SPDX-License-Identifier: MIT */
#include "vault/seal_internal.h"

#include "age/hkdf.h"
#include "base/json.h"
#include "base/memory.h"
#include "vault/encoding_internal.h"

#include <sodium.h>
#include <string.h>

/* More than any vault needs: escapes at most double a text. */
#define MESSAGE_LIMIT (16u << 20)

enum block_part {
	DATA_KEY_AT = 0,
	VALUE_KEY_AT = 32,
	MAC_KEY_AT = 64,
	BLOCK_SIZE = 96
};

static void derive(const struct secret *data_key,
	const unsigned char id[VAULT_ID_SIZE], const char *info,
	unsigned char out[HKDF_SIZE])
{
	struct hkdf from = { secret_bytes(data_key), data_key->size, id,
		VAULT_ID_SIZE, info, strlen(info) };

	hkdf_sha256(&from, out);
}

void profile_keys_derive(struct profile_keys *keys,
	const struct secret *data_key, const char *vault_id)
{
	unsigned char id[VAULT_ID_SIZE] = { 0 };
	unsigned char key_id[HKDF_SIZE];

	if (!hex_decode(vault_id, id, sizeof(id)))
		memory_wipe(id, sizeof(id)); /* checked when it was loaded */
	secret_init(&keys->block, BLOCK_SIZE);
	unsigned char *block = secret_room(&keys->block);
	memcpy(block + DATA_KEY_AT, secret_bytes(data_key), DATA_KEY_SIZE);
	derive(data_key, id, "aigenv/1 value", block + VALUE_KEY_AT);
	derive(data_key, id, "aigenv/1 mac", block + MAC_KEY_AT);
	derive(data_key, id, "aigenv/1 key id", key_id);
	sodium_bin2hex(keys->id, sizeof(keys->id), key_id, KEY_ID_SIZE);
	sodium_memzero(key_id, sizeof(key_id));
}

void profile_keys_release(struct profile_keys *keys)
{
	secret_release(&keys->block);
}

const unsigned char *profile_keys_data_key(const struct profile_keys *keys)
{
	return secret_bytes(&keys->block) + DATA_KEY_AT;
}

const unsigned char *profile_keys_value_key(const struct profile_keys *keys)
{
	return secret_bytes(&keys->block) + VALUE_KEY_AT;
}

/* C(["aigenv/1 KIND", v, p, ...]); takes the array that json_pack made. */
static void format_message(json_t *message, struct buf *out)
{
	if (!message)
		memory_exhausted();
	json_format_canonical(message, out);
	json_decref(message);
	if (buf_failed(out))
		memory_exhausted();
}

void seal_format_settings(const struct seal_scope *scope, int64_t generation,
	json_t *settings, struct buf *out)
{
	format_message(json_build("['aigenv/1 settings', %s, %s, %I, %O]",
			       scope->vault_id, scope->profile,
			       (json_int_t)generation, settings),
		out);
}

void seal_format_core(
	const struct seal_scope *scope, json_t *profile, struct buf *out)
{
	json_t *sealed = json_object_get(profile, "sealed");

	format_message(
		json_build("['aigenv/1 core', %s, %s, %O, %O, %O, %O, %O, %O]",
			scope->vault_id, scope->profile,
			json_object_get(sealed, "generation"),
			json_object_get(sealed, "at"),
			json_object_get(sealed, "by"),
			json_object_get(profile, "recipients"),
			json_object_get(profile, "key"),
			json_object_get(profile, "secrets")),
		out);
}

void seal_format_message(
	const struct seal_scope *scope, json_t *profile, struct buf *out)
{
	JSON_SCOPED json_t *whole = json_new_shallow(profile);
	json_t *sealed = json_new_shallow(json_object_get(profile, "sealed"));

	(void)json_object_del(whole, "settings");
	(void)json_object_del(sealed, "signature");
	json_put(whole, "sealed", sealed);
	format_message(json_build("['aigenv/1 seal', %s, %s, %O]",
			       scope->vault_id, scope->profile, whole),
		out);
}

static void mac(const struct profile_keys *keys, const struct buf *message,
	unsigned char tag[TAG_SIZE])
{
	crypto_auth_hmacsha256(tag, (const unsigned char *)message->data,
		message->size, secret_bytes(&keys->block) + MAC_KEY_AT);
}

void seal_tag_settings(const struct profile_keys *keys,
	const struct seal_scope *scope, int64_t generation, json_t *settings,
	unsigned char tag[TAG_SIZE])
{
	SCOPED(buf) struct buf message = BUF(MESSAGE_LIMIT);

	seal_format_settings(scope, generation, settings, &message);
	mac(keys, &message, tag);
}

void seal_tag_core(const struct profile_keys *keys,
	const struct seal_scope *scope, json_t *profile,
	unsigned char tag[TAG_SIZE])
{
	SCOPED(buf) struct buf message = BUF(MESSAGE_LIMIT);

	seal_format_core(scope, profile, &message);
	mac(keys, &message, tag);
}

static void sign_message(const struct secret *signing,
	const struct buf *message, unsigned char signature[SIGNATURE_SIZE])
{
	crypto_sign_detached(signature, NULL,
		(const unsigned char *)message->data, message->size,
		secret_bytes(signing));
}

static bool verify_message(const unsigned char sign[SIGN_SIZE],
	const char *signature, const struct buf *message)
{
	unsigned char bytes[SIGNATURE_SIZE];

	return base64_decode(signature, bytes, sizeof(bytes)) &&
		crypto_sign_verify_detached(bytes,
			(const unsigned char *)message->data, message->size,
			sign) == 0;
}

void seal_sign(const struct secret *signing, const struct seal_scope *scope,
	json_t *profile, unsigned char signature[SIGNATURE_SIZE])
{
	SCOPED(buf) struct buf message = BUF(MESSAGE_LIMIT);

	seal_format_message(scope, profile, &message);
	sign_message(signing, &message, signature);
}

bool seal_verify(const unsigned char sign[SIGN_SIZE],
	const struct seal_scope *scope, json_t *profile)
{
	SCOPED(buf) struct buf message = BUF(MESSAGE_LIMIT);
	json_t *sealed = json_object_get(profile, "sealed");

	seal_format_message(scope, profile, &message);
	return verify_message(sign, json_text(sealed, "signature"), &message);
}

static void format_proof(const struct seal_scope *scope, const char *name,
	json_t *recipient, struct buf *out)
{
	format_message(json_build("['aigenv/1 writer', %s, %s, %s, %O, %O, %O]",
			       scope->vault_id, scope->profile, name,
			       json_object_get(recipient, "age"),
			       json_object_get(recipient, "sign"),
			       json_object_get(recipient, "gen")),
		out);
}

void proof_sign(const struct secret *signing, const struct seal_scope *scope,
	const char *name, json_t *recipient,
	unsigned char proof[SIGNATURE_SIZE])
{
	SCOPED(buf) struct buf message = BUF(MESSAGE_LIMIT);

	format_proof(scope, name, recipient, &message);
	sign_message(signing, &message, proof);
}

bool proof_verify(
	const struct seal_scope *scope, const char *name, json_t *recipient)
{
	SCOPED(buf) struct buf message = BUF(MESSAGE_LIMIT);
	unsigned char by[SIGN_SIZE];

	format_proof(scope, name, recipient, &message);
	return base64_decode(json_text(recipient, "by"), by, sizeof(by)) &&
		verify_message(by, json_text(recipient, "proof"), &message);
}

/* Values (section 4). */

/* C(...) by hand, for each value: nothing in it has to be escaped, as names of
 * profiles and variables are letters, digits and some signs alone. */
void value_format_place(const struct value_place *place, struct buf *out)
{
	buf_text(out, "[\"aigenv/1 value\",\"");
	buf_text(out, place->scope.vault_id);
	buf_text(out, "\",\"");
	buf_text(out, place->scope.profile);
	buf_text(out, "\",\"");
	buf_text(out, place->name);
	buf_text(out, "\",");
	buf_number(out, place->gen);
	buf_byte(out, ']');
}
