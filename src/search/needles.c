/* SPDX-License-Identifier: MIT */
#include "search/needles_internal.h"

#include "base/memory.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define STRIDE_MOST 13
#define FILTER_BITS_LEAST 14
#define FILTER_BITS_MOST 21
#define NEEDLE_MOST ((size_t)1 << 24)

struct needles *needles_new(void)
{
	struct needles *needles = memory_new(sizeof(*needles));

	needles->stride = STRIDE_MOST;
	return needles;
}

static void drop_index(struct needles *needles)
{
	sodium_free(needles->blocks);
	sodium_free(needles->heads);
	sodium_free(needles->filter);
	needles->blocks = NULL;
	needles->heads = NULL;
	needles->filter = NULL;
}

void needles_free(struct needles *needles)
{
	if (!needles)
		return;
	drop_index(needles);
	free(needles->items);
	secret_arena_release(&needles->arena);
	free(needles);
}

size_t needles_count(const struct needles *needles)
{
	return needles->count;
}

/*
 * A whole needle has a block at every `size - 3` places, whichever comes first;
 * of a broken one the longer half has.
 */
static void narrow_stride(struct needles *needles, const struct needle *needle)
{
	size_t run = needle->breaks ? (needle->size + 1) / 2 : needle->size;

	if (run - BLOCK + 1 < needles->stride)
		needles->stride = run - BLOCK + 1;
}

static void add(struct needles *needles, const struct needle *needle)
{
	if (needle->size > NEEDLE_MOST)
		return;
	needles->items = memory_grow(
		needles->items, needles->count, sizeof(*needles->items));
	needles->items[needles->count++] = *needle;
	needles->block_count += needle->size - BLOCK + 1;
	if (needle->size > needles->longest)
		needles->longest = needle->size;
	narrow_stride(needles, needle);
	drop_index(needles);
}

struct adding {
	struct needles *needles;
	size_t first; /* of this value's */
	size_t tag;
	bool is_short;
};

static bool is_there(
	const struct adding *adding, const char *bytes, size_t size)
{
	const struct needles *needles = adding->needles;

	for (size_t i = adding->first; i < needles->count; i++)
		if (needles->items[i].size == size &&
			sodium_memcmp(needles->items[i].bytes, bytes, size) ==
				0)
			return true;
	return false;
}

static void add_spelt(
	void *context, enum spelling how, const char *bytes, size_t size)
{
	const struct adding *adding = context;

	if (how > SPELT_BASE64 || is_there(adding, bytes, size))
		return;
	add(adding->needles,
		&(struct needle){
			.bytes = secret_bytes(secret_arena_add(
				&adding->needles->arena, bytes, size)),
			.size = size,
			.tag = adding->tag,
			.spelling = how,
			.breaks = size >= SEARCH_BROKEN_LEAST,
			.whole = adding->is_short && how == SPELT_PLAIN });
}

bool needles_add_secret(
	struct needles *needles, size_t tag, const struct secret *value)
{
	struct adding adding = { needles, needles->count, tag,
		value->size < SEARCH_BROKEN_LEAST };
	const char *bytes = secret_reveal(value);

	if (value->size < SEARCH_SECRET_LEAST)
		return false;
	add_spelt(&adding, SPELT_PLAIN, bytes, value->size);
	spellings_each(bytes, value->size, add_spelt, &adding);
	return true;
}

void needles_add_word(
	struct needles *needles, size_t tag, const char *word, bool whole)
{
	const struct secret *copy =
		secret_arena_add(&needles->arena, word, strlen(word));

	if (copy->size >= SEARCH_WORD_LEAST)
		add(needles,
			&(struct needle){ .bytes = secret_bytes(copy),
				.size = copy->size,
				.tag = tag,
				.whole = whole });
}

/* Guarded, kept out of core dumps, wiped by sodium_free. */
static void *guarded(size_t count, size_t size)
{
	void *memory =
		sodium_init() < 0 ? NULL : sodium_allocarray(count, size);

	if (!memory)
		memory_exhausted();
	return memset(memory, 0, count * size);
}

static unsigned bits_for(size_t count)
{
	unsigned bits = 1;

	while (((size_t)1 << bits) < count && bits < 31)
		bits++;
	return bits;
}

/* Of a run, that of the place before is one longer ahead and one shorter
 * behind: needles that are one long run take no time, either. */
static void measure_run(const struct needle *needle, struct block *block)
{
	const unsigned char *at = needle->bytes + block->offset;
	const struct block *before = block - 1;

	if (memcmp(at, at + 1, BLOCK - 1) != 0)
		return;
	if (block->offset > 0 && at[-1] == *at && before->ahead > 0) {
		block->ahead = before->ahead - 1;
		block->behind = before->behind + 1;
		return;
	}
	while (block->offset + block->ahead < needle->size &&
		at[block->ahead] == *at)
		block->ahead++;
}

static void put_block(struct needles *needles, uint32_t number, uint32_t needle,
	uint32_t offset)
{
	struct block *block = &needles->blocks[number];
	uint32_t hash;

	memcpy(&block->key, needles->items[needle].bytes + offset, BLOCK);
	hash = block_hash(block->key);
	uint32_t *head = &needles->heads[hash >> (32 - needles->head_bits)];
	uint32_t bit = hash >> (32 - needles->filter_bits);
	block->needle = needle;
	block->offset = offset;
	measure_run(&needles->items[needle], block);
	block->next = *head;
	*head = number;
	needles->filter[bit / 8] =
		(unsigned char)(needles->filter[bit / 8] | 1u << bit % 8);
}

void needles_index(struct needles *needles)
{
	uint32_t number = 0;
	unsigned bits = bits_for(needles->block_count * 64);

	if (needles->blocks || needles->count == 0)
		return;
	needles->head_bits = bits_for(needles->block_count * 2);
	needles->filter_bits = bits < FILTER_BITS_LEAST ? FILTER_BITS_LEAST
		: bits > FILTER_BITS_MOST               ? FILTER_BITS_MOST
							: bits;
	/* Number 0 stands for none. */
	needles->blocks =
		guarded(needles->block_count + 1, sizeof(*needles->blocks));
	needles->heads = guarded(
		(size_t)1 << needles->head_bits, sizeof(*needles->heads));
	needles->filter = guarded((size_t)1 << needles->filter_bits >> 3, 1);
	for (uint32_t i = 0; i < needles->count; i++)
		for (uint32_t at = 0; at + BLOCK <= needles->items[i].size;
			at++)
			put_block(needles, ++number, i, at);
}
