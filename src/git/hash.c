/* SPDX-License-Identifier: MIT */
#include "git/hash.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"
#include "git/history.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGEST_MOST 64 /* EVP_MAX_MD_SIZE */

struct git_hash {
	/* As openssl/evp.h has them: all that is passed on is opaque. */
	void *(*new_state)(void);
	void (*free_state)(void *state);
	const void *(*sha1)(void);
	const void *(*sha256)(void);
	int (*begin)(void *state, const void *kind, void *engine);
	int (*take)(void *state, const void *bytes, size_t size);
	int (*end)(void *state, unsigned char *digest, unsigned *size);
	void *state;
	char id[GIT_ID_SIZE]; /* the one that is awaited */
	bool failed;
};

static const struct {
	const char *name;
	size_t offset; /* in the hash */
} functions[] = {
	{ "EVP_MD_CTX_new", offsetof(struct git_hash, new_state) },
	{ "EVP_MD_CTX_free", offsetof(struct git_hash, free_state) },
	{ "EVP_sha1", offsetof(struct git_hash, sha1) },
	{ "EVP_sha256", offsetof(struct git_hash, sha256) },
	{ "EVP_DigestInit_ex", offsetof(struct git_hash, begin) },
	{ "EVP_DigestUpdate", offsetof(struct git_hash, take) },
	{ "EVP_DigestFinal_ex", offsetof(struct git_hash, end) },
};

/* Never closed: OpenSSL leaves exit handlers behind. */
static void *open_library(void)
{
	static const char *const names[] = { "libcrypto.so.3",
		"libcrypto.so.1.1" };
	void *library = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(names) && !library; i++)
		library = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL);
	return library;
}

static bool load(struct git_hash *hash)
{
	void *library = open_library();

	for (size_t i = 0; i < ARRAY_SIZE(functions); i++) {
		void *symbol =
			library ? dlsym(library, functions[i].name) : NULL;

		if (!symbol)
			return false;
		/* dlsym gives an object pointer; only copying its bytes is
		 * clean C. */
		memcpy((char *)hash + functions[i].offset, &symbol,
			sizeof(symbol));
	}
	hash->state = hash->new_state();
	return hash->state != NULL;
}

struct git_hash *git_hash_new(void)
{
	struct git_hash *hash = memory_new(sizeof(*hash));

	if (load(hash))
		return hash;
	free(hash);
	return NULL;
}

void git_hash_free(struct git_hash *hash)
{
	if (!hash)
		return;
	/* It wipes what it has of the bytes. */
	hash->free_state(hash->state);
	free(hash);
}

void git_hash_begin(
	struct git_hash *hash, const char *type, const char *id, uint64_t size)
{
	const void *kind =
		strlen(id) == GIT_ID_SIZE - 1 ? hash->sha256() : hash->sha1();
	char head[32];
	int length = snprintf(
		head, sizeof(head), "%s %llu", type, (unsigned long long)size);

	(void)snprintf(hash->id, sizeof(hash->id), "%s", id);
	hash->failed = length < 0 || hash->begin(hash->state, kind, NULL) != 1;
	if (!hash->failed)
		git_hash_take(hash, head, (size_t)length + 1);
}

void git_hash_take(struct git_hash *hash, const char *bytes, size_t size)
{
	hash->failed =
		hash->failed || hash->take(hash->state, bytes, size) != 1;
}

enum git_hashed git_hash_end(struct git_hash *hash)
{
	unsigned char digest[DIGEST_MOST];
	char id[2 * DIGEST_MOST + 1] = "";
	unsigned size = 0;

	if (hash->failed || hash->end(hash->state, digest, &size) != 1)
		return GIT_HASH_UNKNOWN;
	for (unsigned i = 0; i < size; i++)
		(void)snprintf(id + (size_t)2 * i, 3, "%02x", digest[i]);
	return text_equal(id, hash->id) ? GIT_HASH_SAME : GIT_HASH_OTHER;
}
