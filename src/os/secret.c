/* SPDX-License-Identifier: MIT */
#include "os/secret.h"

#include "base/memory.h"
#include "base/text.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

#define ARENA_BLOCK_SIZE 16384

void secret_init(struct secret *secret, size_t size)
{
	/* Cheap when it was done before; without it sodium_malloc crashes. */
	if (size == SIZE_MAX || sodium_init() < 0)
		memory_exhausted();
	secret->bytes = sodium_malloc(size + 1);
	if (!secret->bytes)
		memory_exhausted();
	memset(secret->bytes, 0, size + 1);
	secret->size = size;
}

void secret_copy(struct secret *secret, const void *bytes, size_t size)
{
	secret_init(secret, size);
	if (size)
		memcpy(secret->bytes, bytes, size);
}

const char *secret_reveal(const struct secret *secret)
{
	return secret->bytes ? (const char *)secret->bytes : "";
}

void secret_truncate(struct secret *secret, size_t size)
{
	if (size >= secret->size)
		return;
	sodium_memzero(secret->bytes + size, secret->size - size);
	secret->size = size;
}

bool secret_equal(const struct secret *a, const struct secret *b)
{
	return a->size == b->size &&
		(a->size == 0 ||
			sodium_memcmp(a->bytes, b->bytes, a->size) == 0);
}

void secret_release(struct secret *secret)
{
	sodium_free(secret->bytes);
	*secret = (struct secret){ 0 };
}

char *secret_arena_new(struct secret_arena *arena, size_t size)
{
	if (size == SIZE_MAX)
		memory_exhausted();
	size_t needed = size + 1;
	bool fits = arena->count &&
		needed <= arena->blocks[arena->count - 1].size - arena->used;

	if (!fits) {
		arena->blocks = memory_grow(
			arena->blocks, arena->count, sizeof(*arena->blocks));
		secret_init(&arena->blocks[arena->count],
			needed > ARENA_BLOCK_SIZE ? needed : ARENA_BLOCK_SIZE);
		arena->count++;
		arena->used = 0;
	}
	char *room =
		(char *)arena->blocks[arena->count - 1].bytes + arena->used;
	arena->used += needed;
	return room;
}

const char *secret_arena_add(
	struct secret_arena *arena, const void *bytes, size_t size)
{
	char *copy = secret_arena_new(arena, size);

	if (size)
		memcpy(copy, bytes, size);
	return copy;
}

void secret_arena_release(struct secret_arena *arena)
{
	for (size_t i = 0; i < arena->count; i++)
		secret_release(&arena->blocks[i]);
	memory_free(arena->blocks, 0);
	*arena = (struct secret_arena){ 0 };
}

void secret_mask(const char *value, size_t size, char out[SECRET_MASK_SIZE])
{
	static const char bullets[] = "••••••••";
	size_t shown = 0;

	if (size >= 12) {
		/* The last four characters, not bytes. */
		size_t at = size;
		for (int i = 0; i < 4 && at > 0; i++)
			at = text_cut(value, at - 1);
		shown = size - at;
	}
	memcpy(out, bullets, sizeof(bullets) - 1);
	if (shown > SECRET_MASK_SIZE - sizeof(bullets))
		shown = 0;
	if (shown)
		memcpy(out + sizeof(bullets) - 1, value + size - shown, shown);
	out[sizeof(bullets) - 1 + shown] = '\0';
}
