/* SPDX-License-Identifier: MIT */
/*
 * Keys that live on the stack for the length of one function: declared SCOPED,
 * so that they are wiped on every way out.
 */
#ifndef AGE_KEY_INTERNAL_H
#define AGE_KEY_INTERNAL_H

#include "base/attributes.h"

#include <sodium.h>

#define FILE_KEY_SIZE 16

/* What a file's stanzas wrap; header MAC and payload key come from it. */
struct file_key {
	unsigned char bytes[FILE_KEY_SIZE];
};

/* Any key of 32 bytes: wrap key, payload key, shared secret, ephemeral. */
struct key {
	unsigned char bytes[32];
};

static inline void file_key_release(struct file_key *key)
{
	sodium_memzero(key, sizeof(*key));
}

static inline void key_release(struct key *key)
{
	sodium_memzero(key, sizeof(*key));
}

#endif
