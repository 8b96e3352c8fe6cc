/* SPDX-License-Identifier: MIT */
/*
 * Bytes that nobody may see, in memory that is guarded, kept out of core dumps
 * and wiped on release (sodium_malloc). A value is a struct secret all the way:
 * from the prompt, the source or the vault to the file, the header or the
 * child's environment that it is for. printf cannot print one, and JSON cannot
 * hold one.
 *
 * The bytes are reached by secret_reveal, secret_bytes and secret_room alone;
 * tests/secret_reveal.cmake counts who calls them.
 *
 * One allocation takes at least four pages: put values that belong together
 * into one struct secret_arena.
 */
#ifndef OS_SECRET_H
#define OS_SECRET_H

#include "base/attributes.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

struct secret {
	unsigned char *guarded; /* followed by a NUL that is not counted; for
				 * os/secret.c alone */
	size_t size;
};

/* `size` zeroed bytes. Ends the program where no memory can be had. */
void secret_init(struct secret *secret, size_t size);

/* A copy. The caller wipes its own. */
void secret_copy(struct secret *secret, const void *bytes, size_t size);

/* The value as text, NUL-terminated; "" for an empty one. Borrowed. */
const char *secret_reveal(const struct secret *secret);

/* A key's bytes. Borrowed. */
const unsigned char *secret_bytes(const struct secret *secret);

/* `size` bytes to be filled, by who makes the secret. Borrowed. */
unsigned char *secret_room(struct secret *secret);

/* Shortens to `size` bytes, wiping the rest. */
void secret_truncate(struct secret *secret, size_t size);

/* Drops its first bytes, at most as many as it has. */
void secret_drop_front(struct secret *secret, size_t size);

/* Equal in size and bytes, compared in constant time. */
bool secret_equal(const struct secret *a, const struct secret *b);

/* Wipes and frees; the struct is a valid empty one afterwards. */
void secret_release(struct secret *secret);

/*
 * Many secrets in a few guarded blocks. Each stays where it is until the arena
 * is released, and is never released alone.
 */
struct secret_arena {
	struct secret *blocks; /* owned; the last one is being filled */
	size_t count;
	size_t used; /* bytes used in the last block */
};

/* `size` zeroed bytes. */
struct secret *secret_arena_new(struct secret_arena *arena, size_t size);

/* A copy. */
const struct secret *secret_arena_add(
	struct secret_arena *arena, const void *bytes, size_t size);

void secret_arena_release(struct secret_arena *arena);

/*
 * How a secret is shown everywhere but in `secret reveal`, `render` and `run`:
 * bullets and the last four characters, or bullets alone where it is shorter
 * than twelve. Writes at most SECRET_MASK_SIZE bytes with the NUL.
 */
#define SECRET_MASK_SIZE 48
void secret_mask(const struct secret *secret, char out[SECRET_MASK_SIZE]);

/* The same of a secret that stands in a text from elsewhere. */
void secret_mask_text(
	const char *value, size_t size, char out[SECRET_MASK_SIZE]);

#endif
