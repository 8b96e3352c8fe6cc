/* SPDX-License-Identifier: MIT */
#include "git/hash.h"

#include "base/attributes.h"
#include "base/memory.h"
#include "base/text.h"
#include "git/history.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As openssl/evp.h has them: all that is passed on is opaque. */
#define CRYPTO_FUNCTIONS(X)                                                    \
	X(void *, EVP_MD_CTX_new, (void))                                      \
	X(void, EVP_MD_CTX_free, (void *))                                     \
	X(const void *, EVP_sha1, (void))                                      \
	X(const void *, EVP_sha256, (void))                                    \
	X(int, EVP_DigestInit_ex, (void *, const void *, void *))              \
	X(int, EVP_DigestUpdate, (void *, const void *, size_t))               \
	X(int, EVP_DigestFinal_ex, (void *, unsigned char *, unsigned *))

#define DIGEST_MOST 64 /* EVP_MAX_MD_SIZE */

struct git_hash {
#define X(result, name, arguments) result(*name) arguments;
	CRYPTO_FUNCTIONS(X)
#undef X
	void *state;
	char id[GIT_ID_SIZE]; /* the one that is awaited */
	bool failed;
};

/* dlsym gives an object pointer; only copying its bytes is clean C. */
static bool find(void *library, const char *name, void *function)
{
	void *symbol = dlsym(library, name);

	memcpy(function, &symbol, sizeof(symbol));
	return symbol != NULL;
}

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

	if (!library)
		return false;
#define X(result, name, arguments)                                             \
	if (!find(library, #name, &hash->name))                                \
		return false;
	CRYPTO_FUNCTIONS(X)
#undef X
	hash->state = hash->EVP_MD_CTX_new();
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
	hash->EVP_MD_CTX_free(hash->state);
	free(hash);
}

void git_hash_begin(struct git_hash *hash, const char *id, uint64_t size)
{
	const void *kind = strlen(id) == GIT_ID_SIZE - 1 ? hash->EVP_sha256()
							 : hash->EVP_sha1();
	char head[32];
	int length = snprintf(
		head, sizeof(head), "blob %llu", (unsigned long long)size);

	(void)snprintf(hash->id, sizeof(hash->id), "%s", id);
	hash->failed = length < 0 ||
		hash->EVP_DigestInit_ex(hash->state, kind, NULL) != 1;
	if (!hash->failed)
		git_hash_take(hash, head, (size_t)length + 1);
}

void git_hash_take(struct git_hash *hash, const char *bytes, size_t size)
{
	hash->failed = hash->failed ||
		hash->EVP_DigestUpdate(hash->state, bytes, size) != 1;
}

bool git_hash_is_same(struct git_hash *hash)
{
	unsigned char digest[DIGEST_MOST];
	char id[2 * DIGEST_MOST + 1] = "";
	unsigned size = 0;

	if (hash->failed ||
		hash->EVP_DigestFinal_ex(hash->state, digest, &size) != 1)
		return false;
	for (unsigned i = 0; i < size; i++)
		(void)snprintf(id + (size_t)2 * i, 3, "%02x", digest[i]);
	return text_equal(id, hash->id);
}
