/* SPDX-License-Identifier: MIT */
#include "age/wrap_internal.h"

#include "age/hkdf.h"
#include "base/i18n.h"

#include <sodium.h>
#include <string.h>

#define X25519_LABEL "age-encryption.org/v1/X25519"
#define SCRYPT_LABEL "age-encryption.org/v1/scrypt"
#define SCRYPT_BLOCK 8    /* r */
#define SCRYPT_PARALLEL 1 /* p */

/* Each wrap key is used for one message alone, so the nonce may be fixed. */
static const unsigned char
	zero_nonce[crypto_aead_chacha20poly1305_ietf_NPUBBYTES];

static void seal(const struct key *wrap_key, const struct file_key *key,
	unsigned char wrapped[WRAPPED_SIZE])
{
	crypto_aead_chacha20poly1305_ietf_encrypt(wrapped, NULL, key->bytes,
		FILE_KEY_SIZE, NULL, 0, NULL, zero_nonce, wrap_key->bytes);
}

static bool open_wrapped(const struct key *wrap_key,
	const unsigned char wrapped[WRAPPED_SIZE], struct file_key *key)
{
	return crypto_aead_chacha20poly1305_ietf_decrypt(key->bytes, NULL, NULL,
		       wrapped, WRAPPED_SIZE, NULL, 0, zero_nonce,
		       wrap_key->bytes) == 0;
}

/* False where `theirs` is of low order. */
static bool x25519_wrap_key(const unsigned char *ours,
	const unsigned char *theirs, const unsigned char *share,
	const unsigned char *recipient, struct key *wrap_key)
{
	SCOPED(key) struct key shared;
	unsigned char salt[SHARE_SIZE + AGE_KEY_SIZE];

	if (crypto_scalarmult(shared.bytes, ours, theirs) != 0)
		return false;
	memcpy(salt, share, SHARE_SIZE);
	memcpy(salt + SHARE_SIZE, recipient, AGE_KEY_SIZE);
	hkdf_sha256(&(struct hkdf){ .key = shared.bytes,
			    .key_size = sizeof(shared.bytes),
			    .salt = salt,
			    .salt_size = sizeof(salt),
			    .info = X25519_LABEL,
			    .info_size = strlen(X25519_LABEL) },
		wrap_key->bytes);
	return true;
}

bool wrap_x25519(const struct age_recipient *recipient,
	const struct file_key *key, struct stanza *stanza, struct error *err)
{
	SCOPED(key) struct key ephemeral;
	SCOPED(key) struct key wrap_key;

	*stanza = (struct stanza){ .kind = STANZA_X25519 };
	randombytes_buf(ephemeral.bytes, sizeof(ephemeral.bytes));
	crypto_scalarmult_base(stanza->share, ephemeral.bytes);
	if (!x25519_wrap_key(ephemeral.bytes, recipient->key, stanza->share,
		    recipient->key, &wrap_key))
		return error_set(err, STATUS_INVALID,
			_("a recipient's key is a point of low order, which "
			  "anyone could open"));
	seal(&wrap_key, key, stanza->wrapped);
	return true;
}

bool unwrap_x25519(const unsigned char *identity,
	const struct age_recipient *recipient, const struct stanza *stanza,
	struct file_key *key)
{
	SCOPED(key) struct key wrap_key;

	return x25519_wrap_key(identity, stanza->share, stanza->share,
		       recipient->key, &wrap_key) &&
		open_wrapped(&wrap_key, stanza->wrapped, key);
}

static bool scrypt_wrap_key(const struct secret *passphrase,
	const struct stanza *stanza, struct key *wrap_key, struct error *err)
{
	static const char label[] = SCRYPT_LABEL;
	unsigned char salt[sizeof(label) - 1 + SALT_SIZE];

	memcpy(salt, label, sizeof(label) - 1);
	memcpy(salt + sizeof(label) - 1, stanza->salt, SALT_SIZE);
	if (crypto_pwhash_scryptsalsa208sha256_ll(
		    (const unsigned char *)secret_reveal(passphrase),
		    passphrase->size, salt, sizeof(salt),
		    (uint64_t)1 << stanza->work_factor, SCRYPT_BLOCK,
		    SCRYPT_PARALLEL, wrap_key->bytes,
		    sizeof(wrap_key->bytes)) == 0)
		return true;
	error_set(err, STATUS_IO,
		_("no memory for scrypt: its work factor %u needs %lu KiB"),
		stanza->work_factor, 1ul << stanza->work_factor);
	return error_next(
		err, _("free memory, or raise this process's memory limit"));
}

bool wrap_scrypt(const struct secret *passphrase, unsigned work_factor,
	const struct file_key *key, struct stanza *stanza, struct error *err)
{
	SCOPED(key) struct key wrap_key;

	*stanza = (struct stanza){ .kind = STANZA_SCRYPT,
		.work_factor = work_factor };
	randombytes_buf(stanza->salt, sizeof(stanza->salt));
	if (!scrypt_wrap_key(passphrase, stanza, &wrap_key, err))
		return false;
	seal(&wrap_key, key, stanza->wrapped);
	return true;
}

bool unwrap_scrypt(const struct secret *passphrase, const struct stanza *stanza,
	struct file_key *key, struct error *err)
{
	SCOPED(key) struct key wrap_key;

	if (!scrypt_wrap_key(passphrase, stanza, &wrap_key, err))
		return false;
	if (open_wrapped(&wrap_key, stanza->wrapped, key))
		return true;
	error_set(
		err, STATUS_LOCKED_OUT, _("the passphrase is not this file's"));
	return error_next(err, _("type it again, or use the right file"));
}
