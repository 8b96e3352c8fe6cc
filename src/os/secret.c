/* SPDX-License-Identifier: MIT */
#include "os/secret.h"

#include "base/memory.h"
#include "base/text.h"

#include <sodium.h>
#include <stdint.h>
#include <string.h>

/* What sodium_malloc puts beside the bytes. */
#define GUARD_SIZE 32

void secret_init(struct secret *secret, size_t size)
{
	/* Cheap when it was done before; without it sodium_malloc crashes. */
	if (size == SIZE_MAX || sodium_init() < 0)
		memory_exhausted();
	secret->guarded = sodium_malloc(size + 1);
	if (!secret->guarded)
		memory_exhausted();
	memset(secret->guarded, 0, size + 1);
	secret->size = size;
}

void secret_copy(struct secret *secret, const void *bytes, size_t size)
{
	secret_init(secret, size);
	if (size)
		memcpy(secret->guarded, bytes, size);
}

const char *secret_reveal(const struct secret *secret)
{
	return secret->guarded ? (const char *)secret->guarded : "";
}

const unsigned char *secret_bytes(const struct secret *secret)
{
	return secret->guarded;
}

unsigned char *secret_room(struct secret *secret)
{
	return secret->guarded;
}

void secret_truncate(struct secret *secret, size_t size)
{
	if (size >= secret->size)
		return;
	sodium_memzero(secret->guarded + size, secret->size - size);
	secret->size = size;
}

void secret_drop_front(struct secret *secret, size_t size)
{
	if (size == 0)
		return;
	memmove(secret->guarded, secret->guarded + size, secret->size - size);
	secret_truncate(secret, secret->size - size);
}

bool secret_equal(const struct secret *a, const struct secret *b)
{
	return a->size == b->size &&
		(a->size == 0 ||
			sodium_memcmp(a->guarded, b->guarded, a->size) == 0);
}

void secret_release(struct secret *secret)
{
	sodium_free(secret->guarded);
	*secret = (struct secret){ 0 };
}

/* Where the next struct secret can stand in the last block. */
static size_t next_place(const struct secret_arena *arena)
{
	const struct secret *block = &arena->blocks[arena->count - 1];
	size_t odd = (uintptr_t)(block->guarded + arena->used) %
		_Alignof(struct secret);

	return arena->used + (odd ? _Alignof(struct secret) - odd : 0);
}

/* Each page is locked, and most arenas need one. */
static void add_block(struct secret_arena *arena, size_t least)
{
	size_t pages = arena->count ? 4 : 1;
	size_t usual = pages * MEMORY_PAGE - GUARD_SIZE;

	arena->blocks = memory_grow(
		arena->blocks, arena->count, sizeof(*arena->blocks));
	secret_init(
		&arena->blocks[arena->count++], least > usual ? least : usual);
	arena->used = 0;
}

/* The struct stands in front of its bytes, a NUL behind them. */
struct secret *secret_arena_new(struct secret_arena *arena, size_t size)
{
	size_t needed = sizeof(struct secret) + size + 1;

	if (size > SIZE_MAX / 2)
		memory_exhausted();
	if (arena->count == 0 ||
		next_place(arena) + needed >
			arena->blocks[arena->count - 1].size)
		add_block(arena, needed + _Alignof(struct secret));
	size_t at = next_place(arena);
	unsigned char *place = arena->blocks[arena->count - 1].guarded + at;
	struct secret *secret = (struct secret *)(void *)place;
	*secret = (struct secret){ place + sizeof(*secret), size };
	arena->used = at + needed;
	return secret;
}

const struct secret *secret_arena_add(
	struct secret_arena *arena, const void *bytes, size_t size)
{
	struct secret *copy = secret_arena_new(arena, size);

	if (size)
		memcpy(copy->guarded, bytes, size);
	return copy;
}

void secret_arena_release(struct secret_arena *arena)
{
	for (size_t i = 0; i < arena->count; i++)
		secret_release(&arena->blocks[i]);
	memory_free(arena->blocks, 0);
	*arena = (struct secret_arena){ 0 };
}

void secret_mask(const struct secret *secret, char out[SECRET_MASK_SIZE])
{
	secret_mask_text(secret_reveal(secret), secret->size, out);
}

void secret_mask_text(
	const char *value, size_t size, char out[SECRET_MASK_SIZE])
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
