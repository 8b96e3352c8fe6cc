/* SPDX-License-Identifier: MIT */
/*
 * Keys as OpenSSH writes them: the public line of a .pub file (RFC 4253,
 * section 6.6; RFC 8709) and the private file (openssh-portable, PROTOCOL.key).
 * Of both, ssh-ed25519 alone.
 */
#ifndef AGE_SSH_INTERNAL_H
#define AGE_SSH_INTERNAL_H

#include "age/age.h"
#include "age/key_internal.h"

#define SSH_WIRE_SIZE 51 /* its type, and the key, each behind its length */

/* "ssh-ed25519 BASE64", and what stands behind a blank, which is a comment. */
bool ssh_recipient_parse(const char *text, struct age_recipient *recipient)
	MUST_CHECK;
/* Without a comment. */
void ssh_recipient_format(
	const struct age_recipient *recipient, struct buf *out);

/* The public key's bytes, which the Base64 holds. */
void ssh_wire(const struct age_recipient *recipient,
	unsigned char wire[SSH_WIRE_SIZE]);

/* Whether the file's text is a private key in a PEM-like form. */
bool ssh_identity_begins(const char *bytes, size_t size);

/*
 * Reads a private file: the key is what its Ed25519 key is for X25519.
 * STATUS_LOCKED_OUT for one behind a passphrase and for other types.
 */
bool ssh_identity_parse(const char *bytes, size_t size, struct key *key,
	struct age_recipient *recipient, struct error *err) MUST_CHECK;

#endif
