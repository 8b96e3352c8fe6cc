/* SPDX-License-Identifier: MIT */
#include "age/stream_internal.h"

#include "age/age.h"
#include "age/hkdf.h"
#include "base/i18n.h"
#include "base/memory.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#define STREAM_NONCE_SIZE 16
#define CHUNK_SIZE (64u << 10)
#define TAG_SIZE crypto_aead_chacha20poly1305_ietf_ABYTES
#define SEALED_SIZE (CHUNK_SIZE + TAG_SIZE)

struct chunk_nonce {
	unsigned char bytes[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];
};

/* Eleven bytes of counter, big endian, and one that marks the last chunk. */
static struct chunk_nonce chunk_nonce(uint64_t counter, bool last)
{
	struct chunk_nonce nonce = { { 0 } };

	for (size_t i = 0; i < sizeof(counter); i++)
		nonce.bytes[10 - i] = (unsigned char)(counter >> (8 * i));
	nonce.bytes[11] = last;
	return nonce;
}

static void payload_key(const struct file_key *key,
	const unsigned char nonce[STREAM_NONCE_SIZE], struct key *out)
{
	hkdf_sha256(&(struct hkdf){ .key = key->bytes,
			    .key_size = FILE_KEY_SIZE,
			    .salt = nonce,
			    .salt_size = STREAM_NONCE_SIZE,
			    .info = "payload",
			    .info_size = strlen("payload") },
		out->bytes);
}

void stream_encrypt(const struct file_key *key, const unsigned char *bytes,
	size_t size, struct buf *out)
{
	SCOPED(key) struct key stream_key;
	unsigned char nonce[STREAM_NONCE_SIZE];
	unsigned char *sealed = memory_new(SEALED_SIZE);
	size_t done = 0;
	bool last = false;

	randombytes_buf(nonce, sizeof(nonce));
	payload_key(key, nonce, &stream_key);
	buf_append(out, nonce, sizeof(nonce));
	/* An empty payload is one empty chunk; else no chunk is empty. */
	for (uint64_t counter = 0; !last; counter++) {
		size_t left = size - done;
		size_t now = left < CHUNK_SIZE ? left : CHUNK_SIZE;

		last = now == left;
		crypto_aead_chacha20poly1305_ietf_encrypt(sealed, NULL,
			now ? bytes + done : NULL, now, NULL, 0, NULL,
			chunk_nonce(counter, last).bytes, stream_key.bytes);
		buf_append(out, sealed, now + TAG_SIZE);
		done += now;
	}
	memory_free(sealed, SEALED_SIZE);
}

static bool damaged(struct error *err)
{
	return error_tell(err, STATUS_LOCKED_OUT,
		_("the age file's payload is damaged or cut off"),
		_("get the file again from where it came from"));
}

/* The size of the plaintext that so many sealed bytes hold, if any can. */
static bool plain_size(size_t size, size_t *plain)
{
	size_t chunks = size / SEALED_SIZE + (size % SEALED_SIZE != 0);
	size_t last = size - (chunks ? chunks - 1 : 0) * SEALED_SIZE;

	if (last < TAG_SIZE || (last == TAG_SIZE && chunks > 1))
		return false;
	*plain = size - chunks * TAG_SIZE;
	return true;
}

static bool open_chunks(const struct key *key, const unsigned char *sealed,
	size_t size, unsigned char *plain)
{
	for (uint64_t counter = 0; size; counter++) {
		bool last = size <= SEALED_SIZE;
		size_t now = last ? size : SEALED_SIZE;

		if (crypto_aead_chacha20poly1305_ietf_decrypt(plain, NULL, NULL,
			    sealed, now, NULL, 0,
			    chunk_nonce(counter, last).bytes, key->bytes) != 0)
			return false;
		sealed += now;
		size -= now;
		plain += now - TAG_SIZE;
	}
	return true;
}

bool stream_decrypt(const struct file_key *key, const unsigned char *bytes,
	size_t size, struct secret *plain, struct error *err)
{
	SCOPED(key) struct key stream_key;
	SCOPED(secret) struct secret opened = { 0 };
	size_t opened_size;

	if (size < STREAM_NONCE_SIZE)
		return error_set(err, STATUS_INVALID,
			_("the age file is cut off before its payload's "
			  "nonce"));
	const unsigned char *sealed = bytes + STREAM_NONCE_SIZE;
	size_t sealed_size = size - STREAM_NONCE_SIZE;

	if (!plain_size(sealed_size, &opened_size))
		return damaged(err);
	if (opened_size > AGE_INPUT_LIMIT) {
		error_set(err, STATUS_INVALID,
			_("the age file holds more than %u MiB"),
			AGE_INPUT_LIMIT >> 20);
		return error_next(
			err, _("decrypt it with `age`, which has no limit"));
	}
	payload_key(key, bytes, &stream_key);
	secret_init(&opened, opened_size);
	if (!open_chunks(
		    &stream_key, sealed, sealed_size, secret_room(&opened)))
		return damaged(err);
	*plain = opened;
	opened = (struct secret){ 0 };
	return true;
}
