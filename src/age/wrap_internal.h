/* SPDX-License-Identifier: MIT */
/*
 * Wrapping a file key for a recipient or a passphrase, and unwrapping it
 * (age.md, "The X25519 recipient type", "The scrypt recipient type"; the
 * ssh-ed25519 type is age's own, filippo.io/age/agessh). What comes in was
 * checked by header_parse.
 */
#ifndef AGE_WRAP_INTERNAL_H
#define AGE_WRAP_INTERNAL_H

#include "age/age.h"
#include "age/header_internal.h"

/* By the recipient's kind. STATUS_INVALID where its key is of low order, or no
 * point of its curve. */
bool wrap_public(const struct age_recipient *recipient,
	const struct file_key *key, struct stanza *stanza, struct error *err)
	MUST_CHECK;

/* Whether the identity (AGE_KEY_SIZE bytes; recipient: its public half) opens
 * the stanza, which may be of any kind. */
bool unwrap_private(const unsigned char *identity,
	const struct age_recipient *recipient, const struct stanza *stanza,
	struct file_key *key) MUST_CHECK;

/* STATUS_IO where scrypt's memory cannot be had. */
bool wrap_scrypt(const struct secret *passphrase, unsigned work_factor,
	const struct file_key *key, struct stanza *stanza, struct error *err)
	MUST_CHECK;

/*
 * STATUS_LOCKED_OUT where the passphrase is not the file's, STATUS_IO where
 * the memory cannot be had.
 */
bool unwrap_scrypt(const struct secret *passphrase, const struct stanza *stanza,
	struct file_key *key, struct error *err) MUST_CHECK;

#endif
