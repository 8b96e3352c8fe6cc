/* SPDX-License-Identifier: MIT */
#include "vault/seal_internal.h"

#include "base/memory.h"
#include "vault/encoding_internal.h"

#include <sodium.h>
#include <string.h>

#define NONCE_SIZE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define AEAD_TAG_SIZE crypto_aead_xchacha20poly1305_ietf_ABYTES
#define PLACE_LIMIT 4096

json_t *value_encrypt(const struct profile_keys *keys,
	const struct value_place *place, const struct secret *value)
{
	SCOPED(buf) struct buf aad = BUF(PLACE_LIMIT);
	SCOPED(secret) struct secret padded = { 0 };
	size_t padded_size = 0;
	unsigned long long sealed_size = 0;

	/* At least one byte of padding: 64 bytes take two blocks. */
	secret_init(&padded, (value->size / VALUE_BLOCK + 1) * VALUE_BLOCK);
	if (value->size)
		memcpy(secret_room(&padded), secret_bytes(value), value->size);
	if (sodium_pad(&padded_size, secret_room(&padded), value->size,
		    VALUE_BLOCK, padded.size) != 0)
		memory_exhausted();
	size_t size = NONCE_SIZE + padded_size + AEAD_TAG_SIZE;
	unsigned char *data = memory_new(size);

	value_format_place(place, &aad);
	randombytes_buf(data, NONCE_SIZE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(data + NONCE_SIZE,
		&sealed_size, secret_bytes(&padded), padded_size,
		(const unsigned char *)aad.data, aad.size, NULL, data,
		profile_keys_value_key(keys));
	json_t *json = base64_json(data, size);
	memory_free(data, size);
	return json;
}

const struct secret *value_decrypt(const struct profile_keys *keys,
	const struct value_place *place, const char *data,
	struct secret_arena *arena)
{
	SCOPED(buf) struct buf aad = BUF(PLACE_LIMIT);
	unsigned long long plain_size = 0;
	size_t unpadded = 0;
	size_t size = base64_size(data);

	if (size < NONCE_SIZE + AEAD_TAG_SIZE + VALUE_BLOCK)
		return NULL;
	unsigned char *bytes = memory_new(size);
	struct secret *plain =
		secret_arena_new(arena, size - NONCE_SIZE - AEAD_TAG_SIZE);

	value_format_place(place, &aad);
	bool good = base64_decode(data, bytes, size) &&
		crypto_aead_xchacha20poly1305_ietf_decrypt(secret_room(plain),
			&plain_size, NULL, bytes + NONCE_SIZE,
			size - NONCE_SIZE, (const unsigned char *)aad.data,
			aad.size, bytes, profile_keys_value_key(keys)) == 0 &&
		sodium_unpad(&unpadded, secret_bytes(plain), (size_t)plain_size,
			VALUE_BLOCK) == 0;
	memory_free(bytes, size);
	secret_truncate(plain, good ? unpadded : 0);
	return good ? plain : NULL;
}
