/* SPDX-License-Identifier: MIT */
/*
 * The gateway's cache: the same request with the same key within five minutes
 * is answered without asking the provider. A test call must not fall for it.
 */
#ifndef EMULATOR_CACHE_H
#define EMULATOR_CACHE_H

#include "emulator/answer.h"
#include "emulator/request.h"

#include <stdbool.h>
#include <stdint.h>

#define CACHE_ENTRIES 64
#define CACHE_TTL_MS 300000
#define CACHE_KEY_SIZE 32

struct cache_entry {
	unsigned char key[CACHE_KEY_SIZE];
	int64_t stored_ms; /* 0 where the entry is empty */
	char *content_type;
	char *body;
	size_t body_size;
};

struct cache {
	struct cache_entry entries[CACHE_ENTRIES];
	size_t next; /* the oldest, to be replaced */
};

/* A digest of path, provider key, query and body; of cf-aig-cache-key in place
 * of the last two where the client sends one. */
void cache_key(unsigned char out[CACHE_KEY_SIZE], const struct request *request,
	const char *provider_key);

/* Fills the answer where there is a fresh entry. */
bool cache_find(const struct cache *cache,
	const unsigned char key[CACHE_KEY_SIZE], struct answer *answer);

/* Keeps a copy of a whole 200. */
void cache_store(struct cache *cache, const unsigned char key[CACHE_KEY_SIZE],
	const struct answer *answer);

void cache_clear(struct cache *cache);

#endif
