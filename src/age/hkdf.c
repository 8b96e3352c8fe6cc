/* SPDX-License-Identifier: MIT */
#include "age/hkdf.h"

#include <sodium.h>

_Static_assert(crypto_auth_hmacsha256_BYTES == HKDF_SIZE,
	"one block of output is all that is made");

static void update(
	crypto_auth_hmacsha256_state *state, const void *bytes, size_t size)
{
	if (size)
		crypto_auth_hmacsha256_update(state, bytes, size);
}

static void start(
	crypto_auth_hmacsha256_state *state, const void *key, size_t size)
{
	/* HMAC pads its key with zeros, so an empty salt is one of zeros. */
	static const unsigned char none[1] = { 0 };

	crypto_auth_hmacsha256_init(state, size ? key : none, size);
}

void hkdf_sha256(const struct hkdf *from, unsigned char out[HKDF_SIZE])
{
	static const unsigned char first_block = 0x01;
	crypto_auth_hmacsha256_state state;
	unsigned char extracted[HKDF_SIZE];

	start(&state, from->salt, from->salt_size);
	update(&state, from->key, from->key_size);
	crypto_auth_hmacsha256_final(&state, extracted);

	start(&state, extracted, sizeof(extracted));
	update(&state, from->info, from->info_size);
	update(&state, &first_block, sizeof(first_block));
	crypto_auth_hmacsha256_final(&state, out);

	sodium_memzero(extracted, sizeof(extracted));
	sodium_memzero(&state, sizeof(state));
}
