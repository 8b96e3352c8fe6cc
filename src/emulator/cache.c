/* SPDX-License-Identifier: MIT */
#include "emulator/cache.h"

#include "base/memory.h"
#include "os/clock.h"

#include <sodium.h>
#include <string.h>

static void update(
	crypto_generichash_state *state, const void *bytes, size_t size)
{
	const uint64_t length = size;

	crypto_generichash_update(
		state, (const unsigned char *)&length, sizeof(length));
	crypto_generichash_update(state, bytes, size);
}

static void update_query(
	crypto_generichash_state *state, const struct request *request)
{
	for (size_t i = 0; i < request->argument_count; i++) {
		const struct request_header *argument = &request->arguments[i];

		update(state, argument->name, strlen(argument->name));
		update(state, argument->value, strlen(argument->value));
	}
}

void cache_key(unsigned char out[CACHE_KEY_SIZE], const struct request *request,
	const char *provider_key)
{
	crypto_generichash_state state;
	const char *key = provider_key ? provider_key : "";
	const char *own = request_header(request, "cf-aig-cache-key");

	crypto_generichash_init(&state, NULL, 0, CACHE_KEY_SIZE);
	update(&state, request->path, strlen(request->path));
	update(&state, key, strlen(key));
	if (own) {
		update(&state, own, strlen(own));
	} else {
		update_query(&state, request);
		update(&state, request->body, request->body_size);
	}
	crypto_generichash_final(&state, out, CACHE_KEY_SIZE);
}

bool cache_find(const struct cache *cache,
	const unsigned char key[CACHE_KEY_SIZE], struct answer *answer)
{
	const int64_t now = clock_monotonic_ms();

	for (size_t i = 0; i < CACHE_ENTRIES; i++) {
		const struct cache_entry *entry = &cache->entries[i];

		if (!entry->body || now - entry->stored_ms > CACHE_TTL_MS ||
			memcmp(entry->key, key, CACHE_KEY_SIZE) != 0)
			continue;
		answer_text(answer, 200, entry->content_type, entry->body,
			entry->body_size);
		return true;
	}
	return false;
}

static void entry_clear(struct cache_entry *entry)
{
	memory_free(entry->body, entry->body_size);
	memory_free(entry->content_type, 0);
	*entry = (struct cache_entry){ 0 };
}

void cache_store(struct cache *cache, const unsigned char key[CACHE_KEY_SIZE],
	const struct answer *answer)
{
	struct cache_entry *entry = &cache->entries[cache->next];
	const char *type = answer_find(answer, "content-type");

	entry_clear(entry);
	memcpy(entry->key, key, CACHE_KEY_SIZE);
	entry->stored_ms = clock_monotonic_ms();
	entry->content_type = memory_text(type ? type : "application/json");
	entry->body =
		memory_copy(buf_cstring(&answer->body), answer->body.size);
	entry->body_size = answer->body.size;
	cache->next = (cache->next + 1) % CACHE_ENTRIES;
}

void cache_clear(struct cache *cache)
{
	for (size_t i = 0; i < CACHE_ENTRIES; i++)
		entry_clear(&cache->entries[i]);
	cache->next = 0;
}
