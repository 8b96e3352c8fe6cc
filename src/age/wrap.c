/* SPDX-License-Identifier: MIT */
#include "age/wrap_internal.h"

#include "age/hkdf.h"
#include "age/ssh_internal.h"
#include "base/i18n.h"

#include <sodium.h>
#include <string.h>

#define X25519_LABEL "age-encryption.org/v1/X25519"
#define SSH_LABEL "age-encryption.org/v1/ssh-ed25519"
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

/* The two ends of a Diffie-Hellman, and what their wrap key is bound to. */
struct exchange {
	const unsigned char *ours;   /* private */
	const unsigned char *theirs; /* public */
	const unsigned char *share;
	const unsigned char *recipient; /* on the curve of the share */
	const char *label;
	const unsigned char *tweak; /* of an SSH key, or NULL */
};

/* False where `theirs` is of low order. */
static bool exchange_wrap_key(
	const struct exchange *exchange, struct key *wrap_key)
{
	SCOPED(key) struct key shared;
	unsigned char salt[SHARE_SIZE + AGE_KEY_SIZE];

	if (crypto_scalarmult(shared.bytes, exchange->ours, exchange->theirs) !=
		0)
		return false;
	if (exchange->tweak) {
		SCOPED(key) struct key plain = shared;

		if (crypto_scalarmult(
			    shared.bytes, exchange->tweak, plain.bytes) != 0)
			return false;
	}
	memcpy(salt, exchange->share, SHARE_SIZE);
	memcpy(salt + SHARE_SIZE, exchange->recipient, AGE_KEY_SIZE);
	hkdf_sha256(&(struct hkdf){ .key = shared.bytes,
			    .key_size = sizeof(shared.bytes),
			    .salt = salt,
			    .salt_size = sizeof(salt),
			    .info = exchange->label,
			    .info_size = strlen(exchange->label) },
		wrap_key->bytes);
	return true;
}

/* What an SSH key is for age: the same point on the curve of X25519, a tweak
 * that binds the shared secret to the key as SSH writes it, and a tag. */
struct ssh_key {
	unsigned char point[AGE_KEY_SIZE];
	unsigned char tweak[HKDF_SIZE];
	unsigned char tag[TAG_SIZE];
};

/* False where it is no point, or one of low order. */
static bool ssh_key_fill(
	struct ssh_key *ssh, const struct age_recipient *recipient)
{
	unsigned char wire[SSH_WIRE_SIZE];
	unsigned char hash[crypto_hash_sha256_BYTES];

	ssh_wire(recipient, wire);
	crypto_hash_sha256(hash, wire, sizeof(wire));
	memcpy(ssh->tag, hash, TAG_SIZE);
	hkdf_sha256(&(struct hkdf){ .salt = wire,
			    .salt_size = sizeof(wire),
			    .info = SSH_LABEL,
			    .info_size = strlen(SSH_LABEL) },
		ssh->tweak);
	return crypto_sign_ed25519_pk_to_curve25519(
		       ssh->point, recipient->key) == 0;
}

static bool refuse_key(struct error *err, const char *what)
{
	return error_tell(err, STATUS_INVALID, what,
		_("ask its owner for the right one, or for another"));
}

bool wrap_public(const struct age_recipient *recipient,
	const struct file_key *key, struct stanza *stanza, struct error *err)
{
	SCOPED(key) struct key ephemeral;
	SCOPED(key) struct key wrap_key;
	struct ssh_key ssh;
	struct exchange exchange = { .ours = ephemeral.bytes,
		.theirs = recipient->key,
		.share = stanza->share,
		.recipient = recipient->key,
		.label = X25519_LABEL };

	*stanza = (struct stanza){ .kind = STANZA_X25519 };
	if (recipient->kind == AGE_SSH_ED25519) {
		if (!ssh_key_fill(&ssh, recipient))
			return refuse_key(err,
				_("a recipient's ssh-ed25519 key is not one "
				  "that anything can be encrypted to"));
		stanza->kind = STANZA_SSH_ED25519;
		memcpy(stanza->tag, ssh.tag, TAG_SIZE);
		exchange.theirs = exchange.recipient = ssh.point;
		exchange.label = SSH_LABEL;
		exchange.tweak = ssh.tweak;
	}
	randombytes_buf(ephemeral.bytes, sizeof(ephemeral.bytes));
	crypto_scalarmult_base(stanza->share, ephemeral.bytes);
	if (!exchange_wrap_key(&exchange, &wrap_key))
		return refuse_key(err,
			_("a recipient's key is a point of low order, which "
			  "anyone could open"));
	seal(&wrap_key, key, stanza->wrapped);
	return true;
}

static bool unwrap_x25519(const unsigned char *identity,
	const struct age_recipient *recipient, const struct stanza *stanza,
	struct file_key *key)
{
	SCOPED(key) struct key wrap_key;
	struct exchange exchange = { .ours = identity,
		.theirs = stanza->share,
		.share = stanza->share,
		.recipient = recipient->key,
		.label = X25519_LABEL };

	return exchange_wrap_key(&exchange, &wrap_key) &&
		open_wrapped(&wrap_key, stanza->wrapped, key);
}

static bool unwrap_ssh(const unsigned char *identity,
	const struct age_recipient *recipient, const struct stanza *stanza,
	struct file_key *key)
{
	SCOPED(key) struct key wrap_key;
	struct ssh_key ssh;
	struct exchange exchange = { .ours = identity,
		.theirs = stanza->share,
		.share = stanza->share,
		.recipient = ssh.point,
		.label = SSH_LABEL,
		.tweak = ssh.tweak };

	return ssh_key_fill(&ssh, recipient) &&
		memcmp(ssh.tag, stanza->tag, TAG_SIZE) == 0 &&
		exchange_wrap_key(&exchange, &wrap_key) &&
		open_wrapped(&wrap_key, stanza->wrapped, key);
}

bool unwrap_private(const unsigned char *identity,
	const struct age_recipient *recipient, const struct stanza *stanza,
	struct file_key *key)
{
	bool ssh = recipient->kind == AGE_SSH_ED25519;

	if (stanza->kind != (ssh ? STANZA_SSH_ED25519 : STANZA_X25519))
		return false;
	return (ssh ? unwrap_ssh : unwrap_x25519)(
		identity, recipient, stanza, key);
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
	return error_tell(err, STATUS_LOCKED_OUT,
		_("the passphrase does not open this file"),
		_("type it again, or use the right file"));
}
