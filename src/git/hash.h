/* SPDX-License-Identifier: MIT */
/*
 * The id that git gives to an object (gitformat-index: "blob SIZE", NUL and its
 * bytes), counted while these are read for something else. OpenSSL's libcrypto
 * counts it, opened on demand: it is there wherever libcurl is, and ten times
 * as fast as git's own. Where it is not, nothing is known to be the same.
 */
#ifndef GIT_HASH_H
#define GIT_HASH_H

#include <stddef.h>
#include <stdint.h>

struct git_hash;

/* NULL: there is no such library. The caller frees it. */
struct git_hash *git_hash_new(void);
/* NULL is fine. */
void git_hash_free(struct git_hash *hash);

/* An object of that type ("blob") and size in bytes, of which that id is
 * awaited: by its length it is one of SHA-1 or of SHA-256. */
void git_hash_begin(
	struct git_hash *hash, const char *type, const char *id, uint64_t size);
void git_hash_take(struct git_hash *hash, const char *bytes, size_t size);

enum git_hashed {
	GIT_HASH_SAME,
	GIT_HASH_OTHER,
	GIT_HASH_UNKNOWN, /* the library does not give it */
};
/* The object is over. */
enum git_hashed git_hash_end(struct git_hash *hash);

#endif
