/* SPDX-License-Identifier: MIT */
/*
 * This machine's identity: an age identity file, and the Ed25519 signing key
 * that is derived from its first key (vault-format section 6). The file may be
 * an age file behind a passphrase, or an SSH key, such as the host's own, which
 * can open what is shared with it and never signs.
 *
 * A file that others could write, or that is ours and others could read, is
 * refused. Pipes and /dev/fd/N pass: whoever made them chose. The key itself is
 * never taken from a variable or the command line.
 */
#ifndef VAULT_IDENTITY_H
#define VAULT_IDENTITY_H

#include "age/age.h"
#include "base/error.h"

#include <stdbool.h>

#define SIGN_KEY_SIZE 32
#define FINGERPRINT_SIZE 40 /* "cace ad55 ... 1f13" with the NUL */
#define TOKEN_SIZE 128      /* age1... + "+" + Base64url, with the NUL */

struct identity {
	char *path; /* owned */
	struct age_identities keys;
	struct age_recipient recipient; /* of the first key */
	char *warning; /* owned; what the user ought to know of the file's
			  permissions, or NULL */
};

/* The Ed25519 pair that an identity signs with. */
struct signing_key {
	struct secret private;
	unsigned char public[SIGN_KEY_SIZE];
};

/* False of an SSH key: it is a reader for ever. */
bool identity_can_sign(const struct identity *identity);
/* STATUS_LOCKED_OUT where it cannot, and what to do. */
bool identity_require_signing(
	const struct identity *identity, struct error *err) MUST_CHECK;

/* Computes the pair (vault-format section 6) of one that can sign. Readers
 * never need it, so it is not made when an identity is loaded. */
void identity_signing_key(
	const struct identity *identity, struct signing_key *key);
void signing_key_release(struct signing_key *key);

/*
 * AIGENV_IDENTITY, else $XDG_CONFIG_HOME/aigenv/identity.txt. Owned; NULL where
 * there is no home (os/home.h).
 */
char *identity_path(struct error *err) MUST_CHECK;

/* How a person is asked for the passphrase. */
struct identity_prompt {
	bool (*ask)(
		void *context, struct secret *passphrase, struct error *err);
	void *context; /* borrowed */
};

/*
 * Loads and unlocks (AIGENV_PASSPHRASE_FILE, else `prompt`; NULL: nobody can be
 * asked). STATUS_LOCKED_OUT where there is none, its mode is too wide (err.next
 * has the chmod), or the passphrase is wrong.
 */
bool identity_load(const char *path, const struct identity_prompt *prompt,
	struct identity *identity, struct error *err) MUST_CHECK;

/*
 * Makes a new one: 0600 in a 0700 folder; STATUS_INVALID where one exists.
 * `passphrase` NULL: none. One behind a passphrase takes scrypt's second and
 * its 256 MiB (STATUS_IO where that cannot be had).
 */
bool identity_create(const char *path, const struct secret *passphrase,
	struct identity *identity, struct error *err) MUST_CHECK;

/* What AIGENV_PASSPHRASE_FILE holds; *given is false where it is not set.
 * STATUS_LOCKED_OUT where it cannot be read. */
bool identity_given_passphrase(
	struct secret *passphrase, bool *given, struct error *err) MUST_CHECK;

/* What `key show` prints: age1...+SIGN, or an SSH key's "ssh-ed25519 ...". */
void identity_token(const struct identity *identity, char out[TOKEN_SIZE]);

/*
 * Takes a token apart, or a bare recipient: *writer tells which. STATUS_USAGE:
 * it came from the command line.
 */
bool identity_token_parse(const char *token, struct age_recipient *recipient,
	unsigned char sign[SIGN_KEY_SIZE], bool *writer, struct error *err)
	MUST_CHECK;

/* First 16 bytes of SHA-256 of a signing key, in groups of four hex digits. */
void identity_fingerprint(
	const unsigned char sign[SIGN_KEY_SIZE], char out[FINGERPRINT_SIZE]);

/* That of the key which this identity, one that can sign, signs with. */
void identity_own_fingerprint(
	const struct identity *identity, char out[FINGERPRINT_SIZE]);

void identity_release(struct identity *identity);

#endif
