/* SPDX-License-Identifier: MIT */
/*
 * The payload: a nonce, then chunks of 64 KiB, each sealed with its number and
 * whether it is the last (age.md, "Payload").
 */
#ifndef AGE_STREAM_INTERNAL_H
#define AGE_STREAM_INTERNAL_H

#include "age/key_internal.h"
#include "base/buf.h"
#include "base/error.h"
#include "os/secret.h"

#include <stdbool.h>
#include <stddef.h>

void stream_encrypt(const struct file_key *key, const unsigned char *bytes,
	size_t size, struct buf *out);

/*
 * STATUS_INVALID where the nonce is cut off or there is more than
 * AGE_INPUT_LIMIT, STATUS_LOCKED_OUT where a chunk is damaged, missing or too
 * much. `plain` is set once all of it is authentic.
 */
bool stream_decrypt(const struct file_key *key, const unsigned char *bytes,
	size_t size, struct secret *plain, struct error *err) MUST_CHECK;

#endif
