/* SPDX-License-Identifier: MIT */
/*
 * The id that git gives to a file's bytes (gitformat-index, "blob SIZE", NUL
 * and these), counted while they are read for something else. OpenSSL's
 * libcrypto counts it, opened on demand: it is there wherever libcurl is, and
 * ten times as fast as git's own. Where it is not, no file is known to be the
 * same.
 */
#ifndef GIT_HASH_H
#define GIT_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct git_hash;

/* NULL: there is no such library. The caller frees it. */
struct git_hash *git_hash_new(void);
/* NULL is fine. */
void git_hash_free(struct git_hash *hash);

/* A file of so many bytes, of which an object with that id is awaited: by its
 * length it is one of SHA-1 or of SHA-256. */
void git_hash_begin(struct git_hash *hash, const char *id, uint64_t size);
void git_hash_take(struct git_hash *hash, const char *bytes, size_t size);
/* The file is over: whether it has that id. */
bool git_hash_is_same(struct git_hash *hash);

#endif
