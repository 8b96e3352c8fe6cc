/* SPDX-License-Identifier: MIT */
/*
 * What is looked for, as hashes: every stretch of a secret that may not be
 * read, and the whole secrets. The hash is a polynomial over the bytes with a
 * random odd base, modulo 2^64: of equal stretches none is missed.
 */
#ifndef REDACT_INDEX_INTERNAL_H
#define REDACT_INDEX_INTERNAL_H

#include "redact/view_internal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Characters in a row that may not be read: no stretch is longer. */
#define STRETCH_MOST 10

struct stretch {
	uint64_t hash;
	uint32_t size;  /* 0: the place is free */
	uint32_t first; /* the first whole secret that begins so; 0: none */
};

struct whole {
	uint64_t hash;
	size_t size;
	size_t mask;   /* of the caller's masks */
	uint32_t next; /* another that begins alike; 0: none */
};

struct index {
	uint64_t base;
	struct stretch *stretches; /* owned, guarded; open addressing */
	size_t room;               /* a power of two, or 0 */
	size_t count;
	struct whole *wholes; /* owned, guarded; from number 1 on */
	size_t whole_room;
	size_t whole_count;
	bool sizes[STRETCH_MOST + 1]; /* that some stretch has */
	bool odd; /* some byte of a stretch is not printable ASCII */
};

void index_init(struct index *index);
void index_release(struct index *index);

/* A stretch of 1 to STRETCH_MOST bytes. */
void index_add(struct index *index, const unsigned char *bytes, size_t size);

/* A whole secret that begins with a stretch of `first` bytes. */
void index_add_whole(struct index *index, const unsigned char *bytes,
	size_t first, size_t size, size_t mask);

/* The hashes of all stretches of a view, each to be had in one step. */
struct sums {
	uint64_t *sums;   /* owned, wiped: of the first so many bytes */
	uint64_t *powers; /* owned: of the base */
	size_t size;
};

void sums_init(
	struct sums *sums, const struct index *index, const struct view *view);
void sums_release(struct sums *sums);

/* The stretch of `size` bytes at `at`; NULL where it is none of a secret's. */
const struct stretch *index_find(const struct index *index,
	const struct sums *sums, size_t at, size_t size);

/* The longest whole secret at `at`, which begins with the stretch found there;
 * NULL where none ends within the view. */
const struct whole *index_find_whole(const struct index *index,
	const struct sums *sums, size_t at, const struct stretch *stretch);

#endif
