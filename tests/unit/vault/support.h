/* SPDX-License-Identifier: MIT */
/*
 * A folder of its own for each test, with its own memory of vaults; the vectors
 * of tests/vectors/vault; keys that are in them.
 */
#ifndef TEST_VAULT_SUPPORT_H
#define TEST_VAULT_SUPPORT_H

#include "base/buf.h"
#include "vault/vault.h"

#include <jansson.h>

/* Makes a folder and moves this process and XDG_STATE_HOME there. */
void enter_folder(void);
void leave_folder(void);

/* Path of a vector file. Static room, overwritten by the next call. */
const char *vector_path(const char *name);

/* The bytes of a file; fails the test where it cannot be read. Owned. */
char *slurp(const char *path, size_t *size);
void spit(const char *path, const void *bytes, size_t size);
void copy_file(const char *from, const char *to);
json_t *read_json(const char *path);

/* The vectors' identity of that name ("alice"), loaded from a 0600 copy. */
void load_vector_identity(const char *name, struct identity *identity);

/* What warnings were given, one a line. */
struct heard {
	struct buf text;
};
void hear(void *context, const char *message);

/* A vault of our own: one profile, `writer` as its first one, two secrets. */
void make_vault(
	const char *path, const char *profile, const struct identity *identity);

struct secret secret_of(const char *text);

/* The vault that these tests make in their folder. */
#define FILE_NAME "aigenv.json"

struct open_profile {
	struct identity identity;
	struct heard heard;
	struct vault *vault;
	struct opened *opened;
	struct error err;
};

/* As one of the vectors' people; what failed is in `err`. To be closed in both
 * cases. */
bool open_as(struct open_profile *one, const char *who, const char *profile,
	enum vault_purpose purpose, const char *trust);
void close_it(struct open_profile *one);

/* A vault of alice's in FILE_NAME, or one more profile of it. */
void make(const char *profile);

void put(struct opened *opened, const char *name, const char *text);

#endif
