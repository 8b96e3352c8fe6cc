/* SPDX-License-Identifier: MIT */
/*
 * Bytes that nobody may see, in memory that is guarded, kept out of core dumps
 * and wiped on release (sodium_malloc). printf cannot print a struct secret:
 * secret_reveal is the one way to the bytes, so that a grep shows every use.
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
	unsigned char *bytes; /* owned; followed by a NUL that is not counted */
	size_t size;
};

/* `size` zeroed bytes. Ends the program where no memory can be had. */
void secret_init(struct secret *secret, size_t size);

/* A copy. The caller wipes its own. */
void secret_copy(struct secret *secret, const void *bytes, size_t size);

/* The bytes, NUL-terminated; "" for an empty one. Borrowed. */
const char *secret_reveal(const struct secret *secret);

/* Shortens to `size` bytes, wiping the rest. */
void secret_truncate(struct secret *secret, size_t size);

/* Equal in size and bytes, compared in constant time. */
bool secret_equal(const struct secret *a, const struct secret *b);

/* Wipes and frees; the struct is a valid empty one afterwards. */
void secret_release(struct secret *secret);

/*
 * Many secrets in a few guarded blocks. What secret_arena_add returns stays
 * where it is until the arena is released.
 */
struct secret_arena {
	struct secret *blocks; /* owned; the last one is being filled */
	size_t count;
	size_t used; /* bytes used in the last block */
};

/* Room for `size` bytes and a NUL, zeroed. */
char *secret_arena_new(struct secret_arena *arena, size_t size);

/* A NUL-terminated copy. */
const char *secret_arena_add(
	struct secret_arena *arena, const void *bytes, size_t size);

void secret_arena_release(struct secret_arena *arena);

/*
 * How a secret is shown everywhere but in `secret reveal`, `render` and `run`:
 * bullets and the last four characters, or bullets alone where it is shorter
 * than twelve. Writes at most SECRET_MASK_SIZE bytes with the NUL.
 */
#define SECRET_MASK_SIZE 48
void secret_mask(const char *value, size_t size, char out[SECRET_MASK_SIZE]);

#endif
