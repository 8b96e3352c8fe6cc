/* SPDX-License-Identifier: MIT */
/*
 * age v1 files (C2SP age.md, age-encryption.org/v1) over libsodium: X25519,
 * ssh-ed25519 and scrypt recipients, armor, identity files. Plugins are never
 * started.
 *
 * Nothing leaves this module before all of it is authentic. No file, no
 * network: callers bring bytes. Stanzas of types that are not ours are skipped;
 * a malformed stanza of ours fails the whole header, whoever it is for.
 *
 *     age_identities_generate, _parse    private keys
 *     age_recipient_parse                public ones
 *     age_encrypt, age_decrypt           whole files, armored or not
 *     hkdf_sha256 (age/hkdf.h)           the key derivation, for the vault too
 */
#ifndef AGE_AGE_H
#define AGE_AGE_H

#include "base/buf.h"
#include "base/error.h"
#include "os/secret.h"

#include <stdbool.h>
#include <stddef.h>

#define AGE_KEY_SIZE 32
#define AGE_RECIPIENT_SIZE 96       /* a recipient's text with the NUL */
#define AGE_INPUT_LIMIT (64u << 20) /* of plaintext */
#define AGE_FILE_LIMIT (96u << 20)  /* so much plaintext, armored, fits */
#define AGE_WORK_FACTOR 18          /* written; 1 to 22 are accepted */

enum age_key_kind {
	AGE_X25519,      /* age1... */
	AGE_SSH_ED25519, /* "ssh-ed25519 AAAA...": a host's or a user's own key
			  */
};

/* A public key: X25519's, or Ed25519's as SSH has it. */
struct age_recipient {
	unsigned char key[AGE_KEY_SIZE];
	enum age_key_kind kind;
};

#define AGE_IDENTITIES_LIMIT 64

/* Private X25519 keys, AGE_KEY_SIZE bytes each, in the order of their files;
 * one of an SSH key is what its Ed25519 key is on the other curve. */
struct age_identities {
	struct secret keys;
	size_t count;
	/* Their public halves (of an SSH key Ed25519's): computed once, which
	 * is a multiplication. */
	struct age_recipient recipients[AGE_IDENTITIES_LIMIT];
};

/*
 * Bech32 "age1...", or "ssh-ed25519 AAAA..." as a .pub file has it, whose
 * comment is left out. STATUS_INVALID where it is malformed or of a kind that
 * is not supported (age1pq..., plugins, ssh-rsa), which the message names.
 */
bool age_recipient_parse(const char *text, struct age_recipient *recipient,
	struct error *err) MUST_CHECK;
void age_recipient_format(
	const struct age_recipient *recipient, char out[AGE_RECIPIENT_SIZE]);

/* Whether the text, in whatever case, is this recipient's. */
bool age_recipient_is(const struct age_recipient *recipient, const char *text);

/* Appends a fresh random identity. */
void age_identities_generate(struct age_identities *identities);

/*
 * Appends the identities of a file's text: "#" comments, empty lines, one
 * AGE-SECRET-KEY-1... a line; or one ssh-ed25519 key as OpenSSH keeps it,
 * without a passphrase. STATUS_LOCKED_OUT naming the line; the text is never
 * quoted.
 */
bool age_identities_parse(const char *bytes, size_t size, const char *name,
	struct age_identities *identities, struct error *err) MUST_CHECK;

/* "AGE-SECRET-KEY-1..." of identity `index`, no SSH key, appended to out. */
void age_identity_format(
	const struct age_identities *identities, size_t index, struct buf *out);
void age_identity_recipient(const struct age_identities *identities,
	size_t index, struct age_recipient *recipient);
void age_identities_release(struct age_identities *identities);

/* Whether the bytes are an age file, armored or not. */
bool age_is_encrypted(const char *bytes, size_t size);

/*
 * Encrypts to all recipients, or to a passphrase alone (count 0). `armor`
 * writes the PEM-like form with LF.
 */
struct age_encryption {
	const struct age_recipient *recipients;
	size_t count;
	const struct secret *passphrase; /* NULL with recipients */
	bool armor;
	unsigned work_factor; /* of scrypt; 0 for AGE_WORK_FACTOR */
};
bool age_encrypt(const struct age_encryption *to, const void *bytes,
	size_t size, struct buf *out, struct error *err) MUST_CHECK;

/*
 * Decrypts with whichever key fits; either may be NULL. STATUS_INVALID where
 * header or armor is malformed; STATUS_LOCKED_OUT where nothing fits, the
 * header's MAC is wrong, or the payload damaged; STATUS_IO where scrypt's
 * memory cannot be had. `plain` is set on success alone.
 */
bool age_decrypt(const void *bytes, size_t size,
	const struct age_identities *identities,
	const struct secret *passphrase, struct secret *plain,
	struct error *err) MUST_CHECK;

/*
 * The same, where it is known which stanza is ours: a file for many is opened
 * as fast as one for few.
 */
struct age_decryption {
	const struct age_identities *identities; /* or NULL */
	const struct secret *passphrase;         /* or NULL */
	size_t first; /* the stanza, from 0, that is tried before the others */
};
bool age_decrypt_with(const struct age_decryption *with, const void *bytes,
	size_t size, struct secret *plain, struct error *err) MUST_CHECK;

/* How many stanzas of any type a file's header has; for `check`. */
bool age_count_stanzas(const void *bytes, size_t size, size_t *count,
	struct error *err) MUST_CHECK;

#endif
