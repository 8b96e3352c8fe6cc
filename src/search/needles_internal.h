/* SPDX-License-Identifier: MIT */
#ifndef SEARCH_NEEDLES_INTERNAL_H
#define SEARCH_NEEDLES_INTERNAL_H

#include "search/search.h"

#define BLOCK 4 /* bytes that are looked up */

struct needle {
	const unsigned char *bytes; /* in the arena */
	size_t size;
	size_t tag;
	enum spelling spelling;
	bool breaks; /* line ends may stand in it */
	bool whole;  /* no name byte beside it */
};

/* Four bytes of a needle; those with one hash follow each other. */
struct block {
	uint32_t key;
	uint32_t needle;
	uint32_t offset; /* of the four in it */
	uint32_t next;   /* number of another, from 1 on; 0: none */
};

struct needles {
	struct secret_arena arena;
	struct needle *items; /* owned */
	size_t count;
	size_t block_count;
	size_t longest;
	size_t stride; /* between two places that are looked up */
	/* Made by needles_index; guarded, as they have the bytes. */
	struct block *blocks; /* number 0 is none */
	uint32_t *heads;
	unsigned char *filter; /* a bit for each hash that some block has */
	unsigned head_bits, filter_bits;
};

/* Makes the tables; once, before anything is looked up. */
void needles_index(struct needles *needles);

static inline uint32_t block_hash(uint32_t key)
{
	return key * UINT32_C(0x9e3779b1);
}

#endif
