/* SPDX-License-Identifier: MIT */
/*
 * The text header of an age file: version line, stanzas, MAC (age.md,
 * "Header"). Knows how stanzas of the native types look and refuses malformed
 * ones, whoever they are for; opens none.
 */
#ifndef AGE_HEADER_INTERNAL_H
#define AGE_HEADER_INTERNAL_H

#include "age/base64_internal.h"
#include "age/key_internal.h"
#include "base/buf.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define HEADER_LIMIT (1u << 20)
#define HEADER_STANZAS_LIMIT 1024
#define HEADER_MAC_SIZE 32
#define HEADER_VERSION "age-encryption.org/v1"

#define SHARE_SIZE 32
#define SALT_SIZE 16
#define TAG_SIZE 4
#define WRAPPED_SIZE 32 /* a file key and its tag */
#define WORK_FACTOR_LIMIT 22

enum stanza_kind {
	STANZA_OTHER, /* of a type that is not ours: skipped */
	STANZA_X25519,
	STANZA_SSH_ED25519,
	STANZA_SCRYPT,
};

struct stanza {
	enum stanza_kind kind;
	unsigned char wrapped[WRAPPED_SIZE];
	/* X25519, ssh-ed25519: the ephemeral public key */
	unsigned char share[SHARE_SIZE];
	unsigned char tag[TAG_SIZE];   /* ssh-ed25519: whose it is */
	unsigned char salt[SALT_SIZE]; /* scrypt */
	unsigned work_factor;          /* scrypt: log2 of N */
};

struct header {
	struct stanza *stanzas; /* owned */
	size_t count;
	const char *bytes; /* borrowed: where the header begins */
	size_t size;       /* of the header; the payload follows */
	size_t covered;    /* bytes that the MAC covers: up to "---" */
	unsigned char mac[HEADER_MAC_SIZE];
};

/* STATUS_INVALID naming the header's line. */
bool header_parse(const char *bytes, size_t size, struct header *header,
	struct error *err) MUST_CHECK;
void header_release(struct header *header);

/* The scrypt stanza, which is then the only one; NULL where there is none. */
const struct stanza *header_scrypt(const struct header *header);

/* Whether the MAC is the one that this file key makes. */
bool header_is_authentic(
	const struct header *header, const struct file_key *key) MUST_CHECK;

/* Appends a stanza; its kind is not STANZA_OTHER. */
void header_write_stanza(const struct stanza *stanza, struct buf *out);

/* Ends a header that begins at out->data with its MAC. */
void header_write_mac(const struct file_key *key, struct buf *out);

#endif
